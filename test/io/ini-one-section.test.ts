import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readConfigFile, readCredentialsFile } from '../../src/io/ini';

describe('one section by its name', () => {
  // Few words, so that names, values and comments meet each other all the time.
  const word = fc.constantFrom(
    'a',
    'b',
    'default',
    'profile',
    'a b',
    'ab',
    '__proto__',
    '\uFFFD',
    '[',
    ']',
    '"a"',
    '',
  );
  const head = fc
    .tuple(
      fc.constantFrom('', ' ', '\t', 'x'),
      fc.constantFrom('', 'profile ', 'profile  ', 'profile', 'sso-session ', 'services '),
      word,
      fc.constantFrom('', ' ', '] # c', '] junk', '\r'),
      fc.constantFrom(']', ']', ']', ''),
    )
    .map(([indent, prefix, title, tail, close]) => `${indent}[${prefix}${title}${tail}${close}`);
  const line = fc.oneof(
    head,
    fc.tuple(word, word).map(([k, v]) => `${k} = ${v}`),
    word,
    fc.constant('  more'),
  );
  const file = fc
    .tuple(
      fc.array(line, { maxLength: 14 }),
      fc.constantFrom('\n', '\r\n', '\n\n'),
      fc.constantFrom('', '\n'),
    )
    .map(([lines, eol, end]) => lines.join(eol) + end);
  const NAMES = [
    'a',
    'b',
    'default',
    'profile',
    'a b',
    'ab',
    '__proto__',
    '\uFFFD',
    '',
    'nobody',
    ']',
    '"a"',
    '\n',
  ];

  it.each([
    ['config', readConfigFile],
    ['credentials', readCredentialsFile],
  ])('is the same, in the %s file, to who asks for it alone and to who has seen them all', (_, read) => {
    fc.assert(
      fc.property(file, (all) => {
        const seen = read('f', all);
        const known = seen.profiles.names();
        for (const each of [...NAMES, ...known]) {
          const alone = read('f', all).profiles;
          expect([each, alone.has(each)]).toEqual([each, known.includes(each)]);
          expect(alone.get(each)).toEqual(seen.profiles.get(each));
        }
      }),
      { numRuns: 4_000, examples: [['[sso-session default]\n[default]']] },
    );
  });

  it.each([
    ['config', readConfigFile],
    ['credentials', readCredentialsFile],
  ])('the names of the %s file are the same, in the same order, to who has read every line', (_, read) => {
    // Mostly of plain headers, so that the quick look at them is taken as often as not.
    const plain = fc.constantFrom('[a]', '[profile a]', '[default]', '[profile default]', '[sso-session a]');
    const most = fc
      .tuple(
        fc.array(fc.oneof({ weight: 6, arbitrary: plain }, line), { maxLength: 12 }),
        fc.constantFrom('\n', '\r\n'),
      )
      .map(([lines, eol]) => lines.join(eol));
    fc.assert(
      fc.property(fc.oneof(most, file), (all) => {
        const quick = read('f', all);
        const slow = read('f', all);
        // Needs the whole index.
        slow.strays();
        expect(quick.profiles.names()).toEqual(slow.profiles.names());
      }),
      { numRuns: 6_000 },
    );
  });

  it('also where its name stands in more lines than are looked at one by one', () => {
    const many = `[profile x]\nregion = dev\n${'source_profile = dev\n'.repeat(600)}[profile dev]\nregion = r\n`;
    const { profiles } = readConfigFile('f', many);
    expect(profiles.get('dev')?.origin).toEqual({ file: 'f', line: 603 });
    expect([profiles.has('dev'), profiles.has('de'), profiles.names()]).toEqual([true, false, ['x', 'dev']]);
  });
});
