import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

const named = process.env['TSAWSUME_BIN'];
const executable = named === undefined ? undefined : resolve(named);
if (executable !== undefined && !existsSync(executable))
  throw new Error(`TSAWSUME_BIN is ${executable}, which is not there: npm run build:binary makes it`);

/** Whether the program under test is the single executable, which starts without Node and without files of its own. */
export const IS_EXECUTABLE = executable !== undefined;

/** The program under test, as words: the build of this checkout, or the executable that TSAWSUME_BIN names. */
export const PROGRAM: readonly string[] =
  executable === undefined
    ? [process.execPath, join(import.meta.dirname, '../../bin/tsawsume.js')]
    : [executable];

/**
 * What runs a script as the program is run: by Node, or by the Bun that is the executable. For parts of the program that
 * have to be a process of their own.
 */
export const RUNTIME: readonly string[] =
  executable === undefined ? [process.execPath] : ['env', 'BUN_BE_BUN=1', executable];

/** Words as a shell takes them, for paths without a quotation mark. */
export const quoted = (words: readonly string[]): string => words.map((word) => `'${word}'`).join(' ');
