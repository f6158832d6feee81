import { tellError } from '../commands/tell-error';
import { openPeople } from '../io/terminal';
import type { People } from '../world';

/*
 * The lines that are run most, each a file of its own in the build, which `bin` tries before it loads the program: a
 * kB costs 0.04 ms, and so little that V8 compiles it faster than it would read bytecode.
 */

/** Runs one, as `main` runs the program: an error is told, and decides the exit code. Gives whether the run is over. */
export function over(run: (people: People) => boolean): boolean {
  const people = openPeople();
  try {
    return run(people);
  } catch (error) {
    process.exitCode = tellError(error, people);
    return true;
  }
}
