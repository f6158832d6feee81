import { ownRefresher } from '../core/refresher-name';
import type { SessionFlags } from '../core/request';
import type { World } from '../world';
import type { Become } from './session';

/**
 * The profile that is meant: the one that was named; without a name, the one a person picks at the terminal.
 * Undefined leaves it to AWS_PROFILE, or `default`: where the flags or the environment say it (semantics 13), and
 * where there is no terminal that can show a list.
 */
export async function chosenProfile(
  world: World,
  named: string | undefined,
  flags: SessionFlags,
): Promise<string | undefined> {
  const isOther =
    flags.roleArn !== undefined || flags.sourceProfile !== undefined || flags.json !== undefined;
  if (named !== undefined || isOther) return named;
  if (isSaid(world.env) || world.env['TERM'] === 'dumb' || !world.hasTerminal()) return undefined;
  const { pickProfile } = await import('./pick-profile');
  return pickProfile(world, flags);
}

const isSaid = (env: World['env']): boolean =>
  ((env['AWS_PROFILE'] ?? '') !== '' && ownRefresher(env) === undefined) ||
  (env['AWS_DEFAULT_PROFILE'] ?? '') !== '';

/** The profile that a shell became stands in front the next time; a role that only flags name is no profile. */
export function noteChoice(world: World, { identity }: Become, flags: SessionFlags): void {
  if (flags.roleArn === undefined && flags.json === undefined) world.noteUse(identity.profile);
}
