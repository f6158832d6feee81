import type { SessionFlags } from '../core/request';
import type { World } from '../world';
import { prepare } from './session';

/** `tsawsume logout [PROFILE]`: forgets stored sessions, all of them or those of a profile's chain. */
export async function logout(world: World, named: string | undefined, flags: SessionFlags): Promise<void> {
  const store = await world.store();
  if (named === undefined) {
    tell(world, store.clear());
    (await world.locks()).sweep();
    return;
  }
  const { chain } = await prepare(world, named, flags);
  const profiles = new Set([chain.startProfile.name, ...chain.roles.map(({ name }) => name)]);
  const found = store.all().filter(({ profile }) => profiles.has(profile));
  for (const { key } of found) store.drop(key);
  tell(world, found.length);
}

const tell = (world: World, count: number): void =>
  world.people.say(
    count === 0
      ? 'no sessions were stored'
      : `forgot ${String(count)} stored session${count === 1 ? '' : 's'}; shells that hold one keep it until --unset`,
  );
