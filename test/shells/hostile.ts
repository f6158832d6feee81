import fc from 'fast-check';

/** What has gone wrong in a quoting once, somewhere. Each would make a file called `canary` if it were run. */
// prettier-ignore
const FRAGMENTS = [
  '$(touch canary)', '`touch canary`', ';touch canary;', '&& touch canary', '| touch canary', '${IFS}',
  '$IFS$9', '(touch canary)', '; touch canary #', "'; touch canary; '", '"; touch canary; "',
  "\\'; touch canary; \\'", "'", "''", '"', '\\', '\\\\', "\\'", '$', '$$', '$!', '!!', '!history', '!$',
  '`', '*', '?', '[a-z]', '{a,b}', '~', '~root', '=ls', '#', '%', '%PATH%', '%s%n', '^', '&', '|', '<',
  '>', '>canary', '-', '--', '-n', '-e', '\\n', '\\x41', '\\0', '\\u0041', '\\c', '\t', ' ', '  ',
  '\u001b[2J', '\u0007', '\u0001', '\u007f', '\u202e', '\u2066', '\u2018', '\u2019', '\u201a', '\u201b',
  '\u201c', '\uff02', '\uff07', '\u0085', '\u2028', '\u00a0', '\ufeff', '\ufffd', '\uf500', '\uf6aa',
  '\ufdd1', '\u{10ffff}', '\u{1f511}', 'é', '中', "'#", "'##", "r#'", '{$x}', '($env)', '//',
] as const;

const character = fc.string({ unit: 'binary', minLength: 1, maxLength: 1 });

/** NUL, CR and LF never come this far: `emission` refuses them. */
const spoken = (text: string): boolean => !/[\0\r\n]/.test(text);

const hostile = fc
  .array(
    fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...FRAGMENTS) }, { weight: 2, arbitrary: character }),
    {
      maxLength: 8,
    },
  )
  .map((parts) => parts.join(''))
  .filter(spoken);

/** The same values on every run of one seed: the fragments alone first, then mixtures, and two long ones. */
export function hostileValues(count: number, seed: number): readonly string[] {
  const mixed = fc.sample(hostile, { numRuns: count - FRAGMENTS.length - 2, seed });
  return [...FRAGMENTS, "'".repeat(15_000), 'Fwo/+= \\'.repeat(12_500), ...mixed];
}
