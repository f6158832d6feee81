import { takeShortWay } from './commands/short-way';
import { tellError } from './commands/tell-error';
import { closeDiagnostics } from './io/diagnostics';
import { stateOfPath } from './io/file-state';
import { quickStore } from './io/quick-store';
import { openOutput, openPeople } from './io/terminal';
import { aheadIfSlow } from './io/zone';

/** Replaced by the build with package.json's version. */
declare const TSAWSUME_VERSION: string;

/**
 * The whole program for the one word that is typed twenty times a day, where nothing has changed since it was last
 * resolved. It is so little that V8 compiles it faster than it would read bytecode.
 * @param home `~/.tsawsume`.
 * @param noteUse puts a profile in front of those that were used last; called when it is not there.
 * @returns whether the run is over; if not, nothing was done.
 */
export function shortWay(word: string, home: string, noteUse: (profile: string) => void): boolean {
  const now = Date.now();
  const { env } = process;
  const people = openPeople();
  try {
    const store = quickStore(home, now);
    if (store === undefined) return false;
    closeDiagnostics();
    return takeShortWay(
      {
        env,
        version: TSAWSUME_VERSION,
        out: openOutput(),
        people,
        store,
        now: () => now,
        aheadOfUtc: (at) => aheadIfSlow(at, env['TZ']),
        stampOf: (path) => stateOfPath(path).stamp,
        noteUse,
      },
      word,
    );
  } catch (error) {
    process.exitCode = tellError(error, people);
    return true;
  }
}
