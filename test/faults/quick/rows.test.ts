import { describe, expect, it } from 'vitest';
import { ROWS } from '../rows';
import { replaced, report, resultOf, type Ended } from '../support/results';
import { faultFiles, rowsOfTitles, textOf } from '../support/titles';

/** The table says of every fault which tests make it; these see to it that none of them is a promise. */
it('every row is there, once, in its order', () => {
  expect(ROWS.map(({ number }) => number)).toEqual(Array.from({ length: 46 }, (_, index) => index + 1));
});

it('every row has a test here or elsewhere', () => {
  const here = new Set(faultFiles().flatMap((file) => rowsOfTitles(textOf(file))));
  const bare = ROWS.filter(({ number, elsewhere }) => !here.has(number) && elsewhere.length === 0);
  expect(bare.map(({ number }) => number)).toEqual([]);
});

it('every test that the table names exists', () => {
  const gone = ROWS.flatMap(({ number, elsewhere }) =>
    elsewhere.filter(([file, title]) => !textOf(file).includes(title)).map((one) => [number, ...one]),
  );
  expect(gone).toEqual([]);
});

it('every test file of the faults is for a row', () => {
  const known = new Set(ROWS.map(({ number }) => number));
  const others = faultFiles().filter((file) => {
    const rows = rowsOfTitles(textOf(file));
    return !file.endsWith('/rows.test.ts') && (rows.length === 0 || rows.some((row) => !known.has(row)));
  });
  expect(others).toEqual([]);
});

describe('docs/faults.md', () => {
  const row = {
    number: 3,
    fault: 'a | b',
    required: 'c',
    elsewhere: [['test/x.test.ts', 'of %i KB']],
  } as const;
  const test = (title: string, state: Ended['state'] = 'passed', file = 'test/faults/y.test.ts'): Ended => ({
    file,
    title,
    state,
    printed: [`${title} done`],
  });
  const other = test('big > of 4 KB', 'passed', 'test/x.test.ts');

  it.each<[string, readonly Ended[], readonly string[]]>([
    ['passes by all of its tests', [test('rows 1, 3: one'), other], []],
    ['takes no other row’s', [test('row 33: one'), test('of 4 KB'), other], []],
    [
      'does not with one that failed',
      [test('row 3: one', 'failed'), other],
      ['failed: test/faults/y.test.ts: row 3: one'],
    ],
    [
      'nor with one that was skipped',
      [test('row 3: one', 'skipped'), other],
      ['skipped: test/faults/y.test.ts: row 3: one'],
    ],
    ['nor with one that was not run', [test('row 3: one')], ['not run: test/x.test.ts: of %i KB']],
  ])('a row %s', (_, tests, against) => {
    expect(resultOf(row, tests).against).toEqual(against);
  });

  it('a row without a test has not passed', () => {
    expect(resultOf({ ...row, elsewhere: [] }, []).against).toEqual(['no test of it was run']);
  });

  it('is a table with what the tests printed, and what did not pass below it', () => {
    const results = [resultOf(row, [test('row 3: one', 'failed'), other, other])];
    expect(report(results, 'docs').split('\n')).toEqual([
      '**0 of 1 rows passed.**',
      '',
      expect.stringMatching(/^\| # \|/),
      expect.stringMatching(/^\|---/),
      '| 3 | a \\| b | c | **failed** (2 passed, 1 not) | row 3: one done; 2 × big \\> of 4 KB done | [y](../test/faults/y.test.ts), [x](../test/x.test.ts) |',
      '',
      'What did not pass:',
      '',
      '- 3: failed: test/faults/y.test.ts: row 3: one',
    ]);
  });

  it('has the marks that the table stands between', () => {
    const document = textOf('docs/faults.md');
    const made = replaced(document, 'NEW');
    expect(made).toContain('begin -->\n\nNEW\n\n<!--');
    expect(replaced(made, 'NEW')).toBe(made);
    expect(() => replaced('nothing', 'NEW')).toThrow('has not the lines');
  });
});
