/** A test that is elsewhere, where its subject is: its file, and a part of its title as it is written there. */
export type Elsewhere = readonly [file: string, title: string];

export interface Row {
  readonly number: number;
  readonly fault: string;
  readonly required: string;
  /** Besides those under test/faults whose titles begin with the row's number. */
  readonly elsewhere: readonly Elsewhere[];
}

const row = (number: number, fault: string, required: string, ...elsewhere: readonly Elsewhere[]): Row => ({
  number,
  fault,
  required,
  elsewhere,
});

/** Every fault that tsawsume is to survive. `npm run test:faults` runs all that is named here. */
export const ROWS: readonly Row[] = [
  row(
    1,
    'hostile values in the text that a shell evals',
    'nothing runs, the bytes come back equal',
    ['test/shells/quoting.test.ts', 'come out byte for byte with LC_ALL=%s'],
    ['test/shells/hook-posix.test.ts', 'sets and unsets, and runs nothing of a value'],
    ['test/shells/hook-fish.test.ts', 'sets and unsets, and runs nothing of a value'],
  ),
  row(
    2,
    'hostile names of profiles, roles and regions, from the file to the shell',
    'nothing runs; refused or literal',
    ['test/acceptance/auto-refresh.test.ts', 'hostile names and folders reach the process as they are'],
  ),
  row(3, 'CR, LF or NUL in a value', 'refused; stdout empty; the value is not shown'),
  row(4, 'the five characters that PowerShell takes for a quote', 'doubled', [
    'test/shells/forms.test.ts',
    'doubles %j',
  ]),
  row(
    5,
    'sections and keys named __proto__, constructor, toString',
    'plain names; no prototype touched',
    ['test/io/ini-properties.test.ts', 'names of prototypes are plain names'],
    ['test/shells/forms.test.ts', 'holds names that are dear to objects as plain names'],
  ),
  row(6, '50 processes at once, nothing stored', '1 call, one key, 50 times exit 0'),
  row(
    7,
    '50 at once with MFA: one at a terminal, 49 without',
    '1 prompt, 1 GetSessionToken, 50 times exit 0',
  ),
  row(8, '10 roles, 5 processes each, one MFA device', '1 GetSessionToken, 10 AssumeRole', [
    'test/acceptance/concurrency.test.ts',
    '10 roles × 5 processes, one of them with a code',
  ]),
  row(9, "the lock's holder killed during its call", '1 call more a kill; the others done within 2 s'),
  row(
    10,
    'a stale lock, a pid used again, a reboot',
    'taken over in under 1 s; never two holders',
    ['test/io/lock.test.ts', 'a line of the dead, a torn record, a torn line'],
    ['test/io/lock-model.test.ts', 'never two holders, and never none for long'],
    ['test/io/lock-stress.test.ts', 'stale locks that all come for at once: never two, and each is had'],
    ['test/io/process-identity.test.ts', 'another boot is dead, elsewhere is unknown'],
  ),
  row(
    11,
    'the holder stopped, or waiting for a code',
    'the waiter names its pid, and gives up in bounded time',
    ['test/core/waiting.test.ts', 'says once, after a second, who is waited for and what they do'],
    ['test/io/lock.test.ts', 'killed: free at once; stopped or asking: others can see it, and do not get in'],
  ),
  row(12, 'the holder cancelled', 'the next at a terminal asks; those without fail within 1 s', [
    'test/acceptance/concurrency.test.ts',
    'the one at the terminal cancels: those without one fail with 4, and no call was made',
  ]),
  row(13, 'SIGKILL anywhere in a write of the store', 'nothing corrupt, nothing left after the next run', [
    'test/io/cache-folder.test.ts',
    'a busy writer killed again and again',
  ]),
  row(14, "SIGKILL at every system call of a write of AWS's files", 'the old bytes or the new', [
    'test/acceptance/output-profile.test.ts',
    'killed at any moment: the old bytes or the new, and the next run tidies up',
  ]),
  row(
    15,
    'no space at open, write, short write, fsync, rename',
    "the old file kept; of the store, the credentials delivered with one warning; of AWS's files, one error; nothing left",
    ['test/io/private-file.test.ts', '%s with %s: old bytes, an error, no temp'],
    [
      'test/io/cache-folder.test.ts',
      'that is full, before or after its folders were made: one warning, nothing left',
    ],
  ),
  row(
    16,
    'a read-only HOME, no HOME, a HOME of somebody else',
    'works unstored, one warning',
    ['test/io/cache-folder.test.ts', 'that is read-only: one warning'],
    ['test/io/cache-folder.test.ts', 'no home, a home in no folder, a file for a home'],
  ),
  row(17, 'no file may grow; few files may be open', 'one line, or success'),
  row(
    18,
    '50 times --output-profile at once, beside a loop of aws configure set',
    'all kept, every other byte as it was',
    ['test/acceptance/output-profile.test.ts', 'fifty processes: every profile is kept'],
  ),
  row(
    19,
    'comments, case, CRLF, duplicate sections, nested values, no final newline',
    'only our own section changes',
    ['test/io/managed-sections.test.ts', 'a new one stands at the end, every byte before it as it was'],
    ['test/io/managed-sections.test.ts', 'one among others changes, and only its own lines'],
  ),
  row(
    20,
    'the credentials file is a symlink: of two hops, dangling, a loop',
    'the link stays; a loop is one line',
    [
      'test/acceptance/output-profile.test.ts',
      'through one link and through forty, also dangling ones; a loop is one line',
    ],
    [
      'test/io/private-file.test.ts',
      'through links of two hops, relative, absolute and dangling: the links stay',
    ],
  ),
  row(
    21,
    'a path of the store is a symlink, FIFO, folder or device',
    'refused, no hang',
    ['test/io/broken-entries.test.ts', 'a FIFO, an empty folder, a device: no hang'],
    ['test/io/broken-entries.test.ts', 'a link, also a dangling one; what it leads to stays'],
    ['test/io/cache-folder.test.ts', 'a link, a FIFO, a file in its place'],
  ),
  row(
    22,
    'files of the store 0644 or 0666, its folder 0777, another owner',
    'not read; fetched anew; repaired',
    ['test/io/broken-entries.test.ts', 'mode %o'],
    ['test/io/broken-entries.test.ts', 'another owner'],
    ['test/io/cache-folder.test.ts', 'open to others (%o): closed and emptied'],
  ),
  row(
    23,
    'umask 0, 077, 0777',
    '0700 and 0600 from birth',
    ['test/io/private-file.test.ts', 'umask %s: 0600 from birth, as the kernel saw it'],
    ['test/io/cache-folder.test.ts', 'umask %o: 0700 and 0600, and it works'],
  ),
  row(
    24,
    'a corrupt store: empty, cut off, wrong types, 50 MB, bad UTF-8',
    'a miss, 1 call, healed',
    ['test/io/broken-entries.test.ts', 'any value of another type, any value left out'],
    ['test/io/broken-entries.test.ts', 'any bytes, bytes that are no UTF-8, 50 MB, a million brackets'],
  ),
  row(25, 'the clock hours and days off, other time zones, summer time', 'nothing expired is ever served'),
  row(26, 'any input of a stored session changed', 'never a stale hit', [
    'test/core/plan-keys.test.ts',
    'any two different texts of a wish have different keys, equal ones the same',
  ]),
  row(27, 'an MFA code used twice', 'refused here, no call, says how long to wait', [
    'test/acceptance/flows-mfa.test.ts',
    'a spent one is refused here, without a call, and says how long to wait',
  ]),
  row(
    28,
    'a wrong, short or alphabetic code; an end of the input',
    'three prompts at most; only six digits are ever sent',
    [
      'test/acceptance/prompt.test.ts',
      'asks three times at most, sends only six digits, and then leaves the shell as it was',
    ],
    ['test/acceptance/flows-mfa.test.ts', '%j is never sent'],
    ['test/io/prompt.test.ts', '%s cancels'],
  ),
  row(29, 'a code is needed, and there is no terminal', 'exit 4 in under 1 s, one line and what to do'),
  row(
    30,
    'INT, TERM, HUP, QUIT, TSTP at the prompt',
    'the terminal restored exactly',
    ['test/io/prompt.test.ts', '%s ends it by that signal, with the terminal restored'],
    ['test/io/prompt.test.ts', 'as a signal stops it with the modes restored, and CONT asks on'],
    ['test/io/prompt.test.ts', 'SIGINT cancels'],
  ),
  row(
    31,
    'no connection, a reset, a name that is nowhere, a slow answer',
    '3 s to connect, 10 s for an answer, 3 tries at most, says that it waits; no code is sent twice',
    ['test/acceptance/failures-network.test.ts', '%s: one line, so many calls and no more'],
    ['test/acceptance/failures-network.test.ts', 'no answer at all: says that it waits'],
    ['test/acceptance/failures-network.test.ts', 'a name that is nowhere'],
    ['test/acceptance/failures-code.test.ts', 'no answer: once, and bounded'],
  ),
  row(32, '5xx, throttling, Retry-After 1, 3600 and junk', 'obeyed up to 20 s; 4 calls at most', [
    'test/acceptance/failures-network.test.ts',
    '%s: done after all',
  ]),
  row(
    33,
    'AccessDenied, ExpiredToken, InvalidClientTokenId, a clock that is off',
    'no blind retry; profile, step and remedy; a dead stored source is fetched anew once',
    ['test/acceptance/flows.test.ts', 'ExpiredToken: is dropped, and fetched anew once'],
    ['test/acceptance/failures-code.test.ts', 'that the correction does not mend'],
  ),
  row(34, 'junk XML, a body of 10 MB, a redirect', 'one line; not followed', [
    'test/acceptance/failures-network.test.ts',
    '%s: one line, so many calls and no more',
  ]),
  row(
    35,
    'a certificate that nobody vouches for, also with NODE_TLS_REJECT_UNAUTHORIZED=0',
    'refused; AWS_CA_BUNDLE and ca_bundle work',
    ['test/acceptance/failures-tls.test.ts', 'AWS_CA_BUNDLE vouches for it'],
    ['test/acceptance/failures-tls.test.ts', 'ca_bundle of the profile does, too'],
  ),
  row(
    36,
    'a proxy with a password, one that is down, 407, NO_PROXY',
    'obeyed; its password is never shown',
    ['test/acceptance/failures-tls.test.ts', 'with a password: every call goes through it'],
    ['test/acceptance/failures-tls.test.ts', 'that wants another password: one line'],
    ['test/acceptance/failures-tls.test.ts', 'that is down: one line, without its password'],
    ['test/acceptance/failures-tls.test.ts', 'NO_PROXY goes past it'],
  ),
  row(
    37,
    '100,000 generated files',
    'no trace, no hang over 200 ms, one line with file:line',
    ['test/io/ini-properties.test.ts', 'nothing throws, and every problem is one line that names one'],
    ['test/io/ini-properties.test.ts', 'time grows with the text and no faster'],
  ),
  row(38, 'BOM, CRLF, NUL, UTF-16, bad UTF-8, a line of 1 MB', 'works, or file:line'),
  row(39, 'a chain: a loop, itself, a missing link, a hundred roles', 'one line that names the chain', [
    'test/core/chain.test.ts',
    'a hundred roles are a chain like any other',
  ]),
  row(40, 'session tokens of 4, 16 and 100 KB', 'equal bytes', [
    'test/sandbox/signature.test.ts',
    'tokens of %i KB',
  ]),
  row(41, 'the locales C, tr_TR and ja_JP.eucJP', 'the same bytes'),
  row(
    42,
    'leaks: argv, stderr, --debug, NODE_DEBUG, set -x, history, diagnostic reports',
    'secrets on stdout and in 0600 files only',
    [
      'test/shells/hook-posix.test.ts',
      'shows no secret to -x and -v, says nothing of its own, and leaves them on',
    ],
    ['test/acceptance/flows-mfa.test.ts', 'is not kept in clear anywhere under HOME'],
  ),
  row(
    43,
    "terminal escapes in names and in STS's messages",
    'no control byte reaches the terminal',
    ['test/acceptance/failures-network.test.ts', 'what STS says cannot write to the terminal'],
    ['test/acceptance/list.test.ts', 'spells hostile names out'],
  ),
  row(
    44,
    'stdout closed or full',
    'not exit 0; the old environment stays',
    ['test/io/streams.test.ts', 'that is full is a failure, told in one line'],
    ['test/io/streams.test.ts', 'that nobody reads is a failure'],
  ),
  row(
    45,
    'one bad profile among good ones',
    'the good ones work; doctor, list and explain name the bad one',
    ['test/acceptance/list.test.ts', 'shows a bad profile among the good ones, with file:line'],
    ['test/acceptance/doctor.test.ts', 'names each bad profile with its file and line, and what to do'],
  ),
  row(
    46,
    'the supply chain',
    'the package: no dependencies, no install scripts, only files on its list',
    ['test/package/contents.test.ts', 'has no dependencies'],
    ['test/package/contents.test.ts', 'runs no script when it is installed'],
    ['test/package/contents.test.ts', 'holds the program, its papers, and nothing else'],
  ),
];
