import { expect, it } from 'vitest';
import { ROWS } from '../rows';
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
