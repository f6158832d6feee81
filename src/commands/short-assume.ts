import { becoming } from '../core/identity';
import { MIN_TTL_SECONDS } from '../core/request';
import type { Shell } from '../shells/shell';
import type { People, World } from '../world';
import { expiryLine } from './expiry-line';
import { goShortWay, type ShortWayPorts } from './short-way';

type Ports = ShortWayPorts &
  Pick<World, 'out' | 'aheadOfUtc' | 'noteUse'> & { readonly people: Pick<People, 'say'> };

/** A shell, or several that take the same code. */
export interface ShortShell {
  readonly render: Shell['render'];
  /** Whether there is somebody to take it. @param name what TSAWSUME_SHELL says; '' where there is no function. */
  isFor(name: string, out: World['out']): boolean;
}

/**
 * `tsawsume PROFILE` by the short way: does what `assume` does, and throws `refused` as it does.
 * @returns false when that way can't be gone, and nothing was done.
 */
export function assumeShortly(ports: Ports, profile: string, shell: ShortShell): boolean {
  const { env, out, people } = ports;
  if (!shell.isFor(env['TSAWSUME_SHELL'] ?? '', out)) return false;
  const end = goShortWay(ports, profile, MIN_TTL_SECONDS);
  if (end === undefined) return false;
  const { way, session } = end;
  out.write(shell.render(becoming({ profile: way.profile, session, region: way.region }, env)));
  ports.noteUse(way.profile);
  people.say(expiryLine(way.ofUser, way.profile, session.expiresAt, ports));
  return true;
}
