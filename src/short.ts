import { plainProfile } from './cli/plain';
import { promptSegment } from './commands/prompt-segment';
import { takeShortAnswer } from './commands/short-answer';
import { takeShortWay } from './commands/short-way';
import { tellError } from './commands/tell-error';
import { closeDiagnostics } from './io/diagnostics';
import { stateOfPath } from './io/file-state';
import { ownHomeOf } from './io/own-home';
import { quickStore } from './io/quick-store';
import { openOutput, openPeople } from './io/terminal';
import { aheadIfSlow } from './io/zone';
import type { People } from './world';

/** Replaced by the build with package.json's version. */
declare const TSAWSUME_VERSION: string;

/**
 * The whole program for the lines that are run most: a profile's name and the question what may stand there, where
 * nothing has changed since they were last answered, and the one of a prompt. It is so little that V8 compiles it
 * faster than it would read bytecode.
 * @param noteUse puts a profile in front of those that were used last; called when it is not there.
 * @returns whether the line was such a one and the run is over; if not, nothing was done.
 */
export function isShortRun(noteUse: (profile: string, home: string) => void): boolean {
  const people = openPeople();
  try {
    const argv = process.argv.slice(2);
    return isPrompt(argv) || isKnown(argv, people, noteUse);
  } catch (error) {
    process.exitCode = tellError(error, people);
    return true;
  }
}

/** `status --format TEXT`, run plainly. */
function isPrompt([verb, flag, format, ...rest]: readonly string[]): boolean {
  const { env } = process;
  if (verb !== 'status' || flag !== '--format' || format === undefined || rest.length > 0) return false;
  if (env['TSAWSUME_SHELL']) return false;
  openOutput().write(promptSegment(format, env, Date.now()));
  return true;
}

function isKnown(
  argv: readonly string[],
  people: People,
  noteUse: (profile: string, home: string) => void,
): boolean {
  const { env, platform } = process;
  const word = plainProfile(argv);
  if (word === undefined && argv[0] !== 'complete') return false;
  const home = ownHomeOf(env, platform);
  const now = Date.now();
  const store = home === undefined ? undefined : quickStore(home, now);
  if (home === undefined || store === undefined) return false;
  closeDiagnostics();
  const ports = {
    env,
    out: openOutput(),
    people,
    now: () => now,
    aheadOfUtc: (at: number) => aheadIfSlow(at, env['TZ']),
    stampOf: (path: string) => stateOfPath(path).stamp,
  };
  if (word !== undefined) return takeShortWay({ ...ports, store, noteUse: () => noteUse(word, home) }, word);
  return takeShortAnswer({ ...ports, answer: store.answer }, argv.slice(1), TSAWSUME_VERSION);
}
