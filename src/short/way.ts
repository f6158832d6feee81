import { shortLine } from '../cli/short-line';
import { takeShortWay } from '../commands/short-way';
import { closeDiagnostics } from '../io/diagnostics';
import { stampOf } from '../io/file-state';
import { ownHomeOf } from '../io/own-home';
import { noteUse } from '../io/note-use';
import { keptText, quickStore } from '../io/quick-store';
import { openOutput } from '../io/terminal';
import { aheadIfSlow } from '../io/zone';
import { over } from './run';

/** Replaced by the build with package.json's version. */
declare const TSAWSUME_VERSION: string;

/**
 * A profile's name alone, or its `export`, where nothing has changed since it was last resolved.
 * @returns whether the line was such a one and the run is over; if not, nothing was done.
 */
export function isOver(): boolean {
  const { argv, env, platform } = process;
  const line = shortLine(argv.slice(2));
  const home = line === undefined ? undefined : ownHomeOf(env, platform);
  if (line === undefined || home === undefined) return false;
  return over((people) => {
    const now = Date.now();
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
        kept: (name) => keptText(home, name),
        stampOf,
        now: () => now,
        aheadOfUtc: (at) => aheadIfSlow(at, env['TZ']),
        noteUse: (profile) => noteUse(store.folder, profile, now),
      },
      line,
    );
  });
}
