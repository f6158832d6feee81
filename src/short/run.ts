import { tellError } from '../commands/tell-error';
import { tellLine } from '../io/tell-line';

/*
 * The lines that are run most, each a file of its own in the build, which `bin` tries before it loads the program: a
 * kB costs 0.08 ms, and so little that V8 compiles it as fast as it would read bytecode.
 */

/** People without colours, and without the flags that ask for more: a line that has any takes the long way. */
const people = {
  say: (line: string): void => tellLine(line),
  warn: (line: string): void => tellLine(`tsawsume: ${line}`),
  debug: (): void => undefined,
};

/** Runs one, as `main` runs the program: an error is told, and decides the exit code. Gives whether the run is over. */
export function over(run: () => boolean): boolean {
  try {
    return run();
  } catch (error) {
    process.exitCode = tellError(error, people);
    return true;
  }
}
