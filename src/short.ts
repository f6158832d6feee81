import { plainProfile } from './cli/plain';
import { takeShortAnswer } from './commands/short-answer';
import { takeShortWay } from './commands/short-way';
import { tellError } from './commands/tell-error';
import { closeDiagnostics } from './io/diagnostics';
import { stateOfPath } from './io/file-state';
import { ownHomeOf } from './io/own-home';
import { quickStore } from './io/quick-store';
import { openOutput, openPeople } from './io/terminal';
import { aheadIfSlow } from './io/zone';

/** Replaced by the build with package.json's version. */
declare const TSAWSUME_VERSION: string;

/**
 * The whole program for the two lines that are run most, a profile's name and the question what may stand there, where
 * nothing has changed since they were last answered. It is so little that V8 compiles it faster than it would read
 * bytecode.
 * @param noteUse puts a profile in front of those that were used last; called when it is not there.
 * @returns whether the line was such a one and the run is over; if not, nothing was done.
 */
export function isShortRun(noteUse: (profile: string, home: string) => void): boolean {
  const { env, platform } = process;
  const argv = process.argv.slice(2);
  const word = plainProfile(argv);
  if (word === undefined && argv[0] !== 'complete') return false;
  const home = ownHomeOf(env, platform);
  const now = Date.now();
  const people = openPeople();
  try {
    const store = home === undefined ? undefined : quickStore(home, now);
    if (home === undefined || store === undefined) return false;
    closeDiagnostics();
    const ports = {
      ...store,
      env,
      out: openOutput(),
      people,
      now: () => now,
      aheadOfUtc: (at: number) => aheadIfSlow(at, env['TZ']),
      stampOf: (path: string) => stateOfPath(path).stamp,
    };
    if (word === undefined) return takeShortAnswer(ports, argv.slice(1), TSAWSUME_VERSION);
    return takeShortWay({ ...ports, store, noteUse: () => noteUse(word, home) }, word);
  } catch (error) {
    process.exitCode = tellError(error, people);
    return true;
  }
}
