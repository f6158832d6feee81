import { plainProfile } from '../cli/plain';
import { assumeShortly, type ShortShell } from '../commands/short-assume';
import { noteUse } from '../io/note-use';
import { aheadIfSlow } from '../io/zone';
import { openShortWay } from './ports';
import { over, people } from './run';

/**
 * A profile's name alone, where nothing has changed since it was last resolved.
 * @returns whether the line was such a one and the run is over; if not, nothing was done.
 */
export function becomeShortly(shell: ShortShell): boolean {
  const { argv, env } = process;
  const profile = plainProfile(argv.slice(2));
  if (profile === undefined) return false;
  return over(() => {
    const ports = openShortWay(env);
    if (ports === undefined) return false;
    const aheadOfUtc = (at: number): number | undefined => aheadIfSlow(at, env['TZ']);
    const note = (used: string): void => noteUse(ports.folder, used, ports.now());
    return assumeShortly({ ...ports, people, aheadOfUtc, noteUse: note }, profile, shell);
  });
}
