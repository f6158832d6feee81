import { plainProfile } from './cli/plain';
import { takeShortWay } from './commands/short-way';
import { tellError } from './commands/tell-error';
import { closeDiagnostics } from './io/diagnostics';
import { stateOfPath } from './io/file-state';
import { ownHomeOf } from './io/own-home';
import { quickStore } from './io/quick-store';
import { openOutput, openPeople } from './io/terminal';
import { aheadIfSlow } from './io/zone';

/**
 * The whole program for the one word that is typed twenty times a day, where nothing has changed since it was last
 * resolved. It is so little that V8 compiles it faster than it would read bytecode.
 * @param noteUse puts a profile in front of those that were used last; called when it is not there.
 * @returns whether the line was such a word and the run is over; if not, nothing was done.
 */
export function isShortWay(noteUse: (profile: string, home: string) => void): boolean {
  const { argv, env, platform } = process;
  const word = plainProfile(argv.slice(2));
  const home = word === undefined ? undefined : ownHomeOf(env, platform);
  return word !== undefined && home !== undefined && shortWay(word, home, () => noteUse(word, home));
}

/** @param home `~/.tsawsume`. */
function shortWay(word: string, home: string, noteUse: () => void): boolean {
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
