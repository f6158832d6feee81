import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../../..');
const FOLDER = 'test/faults';

/** A title as it stands in a test file: behind `it(`, `describe.each(…)(` and their likes, or on a line of its own. */
const TITLE = /(?:^|\()\s*(['"`])rows? (\d+(?:, \d+)*): /gm;

/** Which rows the tests of a file are for: their titles begin with `row 3: ` or `rows 3, 4: `. */
export function rowsOfTitles(source: string): readonly number[] {
  return [...source.matchAll(TITLE)].flatMap(([, , numbers = '']) => numbers.split(', ').map(Number));
}

export const textOf = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

/** The test files of the faults, from the top of the checkout. */
export function faultFiles(): readonly string[] {
  return readdirSync(join(ROOT, FOLDER), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => `${FOLDER}/${name}`)
    .sort();
}
