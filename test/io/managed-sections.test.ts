import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AwsFile, SectionValues } from '../../src/core/managed';
import { readConfigFile, readCredentialsFile } from '../../src/io/ini';
import { putSection, removeSections, sectionsOf } from '../../src/io/ini/managed';
import { joinCommandLine, splitCommandLine } from '../../src/core/command-line';

const NAME = 'ours';
const session = (id: string, region: string | undefined): SectionValues => [
  ['manager', 'tsawsume'],
  ['aws_access_key_id', id],
  ['aws_session_token', 'token/+=='],
  ['aws_security_token', undefined],
  ['region', region],
];
const latin1 = (bytes: Buffer): string => bytes.toString('latin1');

/** Lines as people write them, and as they do not; none opens a section of our name. */
const line = fc.oneof(
  fc.constantFrom(
    '',
    '   ',
    '# a comment',
    '; another [ours]',
    '[default]',
    '[Work]  # mine',
    '[profile work]',
    '[profile "foo bar"]',
    '  [indented]',
    '[broken',
    '[ours2]',
    '[ ourS ]',
    '[]',
    'aws_access_key_id = AKIA1',
    'AWS_Secret_Access_Key=sec/ret # not mine',
    'manager = tsawsume-no',
    'manager = awsume',
    's3 =',
    '  max_queue_size = 10',
    '\tmanager = tsawsume',
    'junk',
    '= nothing',
    'name = é à \u00a0',
    '\ufeff',
  ),
  fc.string({ maxLength: 12 }).map((text) => text.replace(/[\n[]/g, '')),
);
const file = fc
  .tuple(
    fc.array(fc.tuple(line, fc.constantFrom('\n', '\n', '\r\n')), { maxLength: 25 }),
    fc.boolean(),
    fc.boolean(),
    fc.uint8Array({ maxLength: 3 }),
  )
  .map(([lines, ended, bom, noise]) => {
    const text = lines.map((pair) => pair.join('')).join('');
    const bytes = Buffer.from((bom ? '\ufeff' : '') + (ended ? text : text.replace(/\r?\n$/, '')));
    // Bytes that are no UTF-8 are tolerated where they stand, so they have to stay.
    const comment = Buffer.concat([
      Buffer.from('# '),
      Buffer.from(noise.filter((byte) => byte >= 0x80)),
      Buffer.from('\n'),
    ]);
    return noise.length > 0 && !bom ? Buffer.concat([comment, bytes]) : bytes;
  });
const kind = fc.constantFrom<AwsFile>('config', 'credentials');

const read = (bytes: Buffer, which: AwsFile) => {
  const text = bytes.toString('utf8').replace(/^\ufeff/, '');
  return which === 'config' ? readConfigFile('f', text) : readCredentialsFile('f', text);
};
const valuesOf = (bytes: Buffer, which: AwsFile, name: string) =>
  [...(read(bytes, which).profiles.get(name)?.properties ?? [])].map(([key, { value }]) => [key, value]);

describe('sections of our own in a file of other people', () => {
  test('a new one stands at the end, every byte before it as it was; removed, the file is as it was', () => {
    fc.assert(
      fc.property(file, kind, (before, which) => {
        const after = putSection(before, which, NAME, session('ASIA1', 'eu-west-1'));
        // A last line without a line break gets one; nothing else is added before our header.
        expect(latin1(after).startsWith(latin1(before))).toBe(true);
        expect(valuesOf(after, which, NAME)).toEqual([
          ['manager', 'tsawsume'],
          ['aws_access_key_id', 'ASIA1'],
          ['aws_session_token', 'token/+=='],
          ['region', 'eu-west-1'],
        ]);
        for (const name of read(before, which).profiles.names())
          expect(valuesOf(after, which, name)).toEqual(valuesOf(before, which, name));
        expect(latin1(putSection(after, which, NAME, session('ASIA1', 'eu-west-1')))).toBe(latin1(after));
        const { bytes, removed } = removeSections(after, which, ({ name }) => name === NAME);
        expect(latin1(bytes)).toBe(latin1(before));
        expect(removed.map(({ name }) => name)).toEqual([NAME]);
      }),
      { numRuns: 5_000 },
    );
  });

  test('one among others changes, and only its own lines; other names come and go in any order', () => {
    fc.assert(
      fc.property(file, file, kind, (before, behind, which) => {
        const own = latin1(putSection(Buffer.from(''), which, NAME, session('ASIA1', 'eu-west-1')));
        const rest = latin1(behind).replace(/^\xef\xbb\xbf/, '');
        // What follows begins with a header of its own, so that none of it is in our section.
        const whole = `${latin1(before)}\n${own}[after]\n${rest}`;
        const bytes = Buffer.from(whole, 'latin1');
        const changed = putSection(bytes, which, NAME, session('ASIA2', undefined));
        expect(latin1(changed)).toBe(whole.replace('ASIA1', 'ASIA2').replace('region = eu-west-1\n', ''));
        const two = ['b', 'a'].reduce(
          (all, name) => putSection(all, which, name, session('X', 'r')),
          changed,
        );
        const none = ['b', 'a'].reduce(
          (all, gone) => removeSections(all, which, ({ name }) => name === gone).bytes,
          two,
        );
        expect(latin1(none)).toBe(latin1(changed));
      }),
      { numRuns: 2_000 },
    );
  });

  test('the lines that a person put into our section stay, in their places', () => {
    const before =
      '[ours] # mine\r\n  manager = tsawsume\r\n# note\r\n  REGION = old ; why\r\n  output = json\r\n  aws_access_key_id = A\r\n  aws_access_key_id = B\r\n\r\n# next\r\n[x]\r\n';
    const after = putSection(Buffer.from(before), 'credentials', NAME, session('ASIA1', 'new'));
    expect(after.toString()).toBe(
      '[ours] # mine\r\n  manager = tsawsume\r\n# note\r\n  region = new\r\n  output = json\r\n  aws_access_key_id = ASIA1\r\naws_session_token = token/+==\r\n\r\n# next\r\n[x]\r\n',
    );
  });

  test('duplicates of ours become one, and what stands between them stays', () => {
    const one = '[ours]\nmanager = tsawsume\naws_access_key_id = A\n';
    const after = putSection(
      Buffer.from(`${one}[x]\nk = v\n\n${one}# end\n`),
      'credentials',
      NAME,
      session('B', undefined),
    );
    expect(after.toString()).toBe(
      '[ours]\nmanager = tsawsume\naws_access_key_id = B\naws_session_token = token/+==\n[x]\nk = v\n# end\n',
    );
  });

  test.each(['a]', ' a', 'a ', 'profile x', 'sso-session x', 'a\nb', 'a # b', '\x1b[2J'])(
    'a name that no header can carry is refused: %j',
    (name) => {
      const put = (): Buffer => putSection(Buffer.from('[x]\n'), 'credentials', name, session('A', 'r'));
      expect(put).toThrow(/can't be written/);
    },
  );

  test.each(['a #b', 'a\nregion = b', 'a\r', ' a', '\ud800'])(
    'a value that would not be read back is refused: %j',
    (value) => {
      expect(() => putSection(Buffer.from(''), 'credentials', NAME, session('A', value))).toThrow(
        /can't be written/,
      );
    },
  );

  test('a marker inside a nested value, in another case or of awsume, is none', () => {
    for (const marker of [
      's3 =\n  manager = tsawsume',
      'manager = Tsawsume',
      'manager = awsume',
      '# manager = tsawsume',
    ]) {
      const [section] = sectionsOf(Buffer.from(`[ours]\n${marker}\n`), 'credentials');
      expect(section?.managed).toBe(false);
    }
  });
});

describe('a credential_process line', () => {
  test.each(['posix', 'windows'] as const)('any words come back, %s, and none begins a comment', (rules) => {
    const word = fc.string({
      minLength: 1,
      maxLength: 12,
      unit: fc.constantFrom('a', ' ', '#', ';', "'", '"', '\\', '$', '\t', 'é'),
    });
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 5 }), (words) => {
        const line = joinCommandLine(words, rules);
        expect(splitCommandLine(line, rules)).toEqual(words);
        expect(line).not.toMatch(/\s[#;]/);
      }),
      { numRuns: 5_000 },
    );
  });
});
