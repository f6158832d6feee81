import { becoming } from '../core/identity';
import { MIN_TTL_SECONDS } from '../core/request';
import { isBourne } from '../shells/bourne';
import { posix } from '../shells/posix';
import type { People, World } from '../world';
import { expiryLine } from './expiry-line';
import { goShortWay, type ShortWayPorts } from './short-way';

type Ports = ShortWayPorts &
  Pick<World, 'out' | 'aheadOfUtc' | 'noteUse'> & { readonly people: Pick<People, 'say'> };

/**
 * `tsawsume PROFILE` by the short way: does what `assume` does, and throws `refused` as it does.
 * @returns false when that way can't be gone, and nothing was done.
 */
export function assumeShortly(ports: Ports, profile: string): boolean {
  const { env, out, people } = ports;
  if (!isForShell(env['TSAWSUME_SHELL'] ?? '', out)) return false;
  const end = goShortWay(ports, profile, MIN_TTL_SECONDS);
  if (end === undefined) return false;
  const { way, session } = end;
  out.write(posix.render(becoming({ profile: way.profile, session, region: way.region }, env)));
  ports.noteUse(way.profile);
  people.say(expiryLine(way.ofUser, way.profile, session.expiresAt, ports));
  return true;
}

/** Whether there is somebody to take the code: its function, or an eval, which captures it. */
const isForShell = (shell: string, out: World['out']): boolean =>
  shell === '' ? !out.isTerminal : isBourne(shell);
