import { badProfile } from '../errors';

/** Which rules split a command line: botocore uses Python's `shlex` everywhere but on Windows. */
export type SplitRules = 'posix' | 'windows';

const unclosed = (): Error =>
  badProfile(
    'a quotation mark is not closed',
    'close it; one that stands for itself needs a backslash before it',
  );

/**
 * Splits a `credential_process` into the program and its arguments exactly as the AWS CLI does (botocore's
 * `compat_shell_split`), so that a line that works there works here. Nothing else of a shell happens: no variables,
 * no `~`, no globs, no comments.
 *
 * posix: white space separates; '…' is literal; inside "…" a backslash escapes only `"` and `\`; outside quotes it
 * escapes any character. windows: only `"` quotes, and a backslash is itself unless it leads up to a `"`.
 *
 * @throws badProfile when a quotation mark is not closed, or a backslash ends the line (posix). The line itself is not
 *   in the message: arguments may hold a secret.
 */
export function splitCommandLine(line: string, rules: SplitRules): string[] {
  return rules === 'windows' ? splitWindows(line) : splitPosix(line);
}

/**
 * The line that splits into these words, for a `credential_process` in AWS's files. SDKs in JavaScript, Go and Rust hand
 * it to a shell instead, to which it means the same. No white space stands before a `#` or `;`, since that would begin a
 * comment in those files.
 */
export function joinCommandLine(words: readonly string[], rules: SplitRules): string {
  return words.map(rules === 'windows' ? quoteForC : quoteForShlex).join(' ');
}

/** What stands for itself everywhere: quotes around it would only hide what a person wants to read. */
const PLAIN = /^[\w@%+=:,./-]+$/;

function quoteForShlex(word: string): string {
  if (PLAIN.test(word)) return word;
  return `'${word.replaceAll("'", String.raw`'\''`).replace(/(\s)(?=[#;])/g, "$1''")}'`;
}

/** As Windows programs read their line: backslashes count only before a `"`. */
function quoteForC(word: string): string {
  if (/^[\w@+=:,./\\-]+$/.test(word)) return word;
  const escaped = word.replace(/(\\*)"/g, '$1$1\\"').replace(/\\+$/, '$&$&');
  return `"${escaped.replace(/(\s)([#;])/g, '$1"$2"')}"`;
}

function splitPosix(line: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  let quote = '';
  for (let i = 0; i < line.length; i += 1) {
    const c = line.charAt(i);
    if (c === '\\' && quote !== "'") {
      i += 1;
      if (i === line.length)
        throw quote === ''
          ? badProfile('a backslash ends the command', 'write what it escapes, or remove it')
          : unclosed();
      const next = line.charAt(i);
      const kept = quote === '"' && next !== '"' && next !== '\\' ? '\\' : '';
      word = (word ?? '') + kept + next;
    } else if (quote !== '') {
      if (c === quote) quote = '';
      else word = (word ?? '') + c;
    } else if (c === '"' || c === "'") {
      quote = c;
      word ??= '';
    } else if (/[ \t\r\n]/.test(c)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else {
      word = (word ?? '') + c;
    }
  }
  if (quote !== '') throw unclosed();
  if (word !== undefined) words.push(word);
  return words;
}

function splitWindows(line: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  let quoted = false;
  // Backslashes before a `"` count by twos; an odd one makes the `"` literal. Other runs of them are themselves.
  for (const [piece] of line.matchAll(/\\*"|\\+|[ \t]|[^\\" \t]+/g)) {
    if (piece.endsWith('"')) {
      const slashes = piece.length - 1;
      word = (word ?? '') + '\\'.repeat(Math.floor(slashes / 2));
      if (slashes % 2 === 1) word += '"';
      else quoted = !quoted;
    } else if ((piece === ' ' || piece === '\t') && !quoted) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else {
      word = (word ?? '') + piece;
    }
  }
  if (quoted) throw unclosed();
  if (word !== undefined) words.push(word);
  return words;
}
