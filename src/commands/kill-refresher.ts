import { leaving } from '../core/identity';
import { isRefresherOf, ownRefresher } from '../core/refresher-name';
import { quoted } from '../core/words';
import type { World } from '../world';
import { changeShell, refuseBareTerminal } from './change-shell';

/**
 * `tsawsume --kill-refresher [PROFILE]`: removes what `--auto-refresh` wrote, for one profile or for all; this shell is
 * nobody again when it lived on one of them. The stored sessions stay: `logout` forgets those.
 */
export async function killRefresher(
  world: World,
  profile: string | undefined,
  flags: { readonly showCommands?: boolean },
): Promise<void> {
  const show = flags.showCommands === true;
  const meant = (name: string): boolean =>
    profile === undefined || name === profile || isRefresherOf(name, profile);
  const own = ownRefresher(world.env);
  const ours = own !== undefined && meant(own);
  if (ours) refuseBareTerminal(world, show);
  const managed = await world.managedProfiles({ config: undefined, credentials: undefined });
  const removed = await managed.remove(
    'config',
    ({ name, values }) => values.has('credential_process') && meant(name),
  );
  if (ours) changeShell(world, leaving(world.env), show);
  for (const { name } of removed) world.people.say(`removed the profile ${quoted(name)}`);
  if (removed.length === 0) world.people.say('nothing was renewing itself');
}
