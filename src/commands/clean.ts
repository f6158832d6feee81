import { parseInstant } from '../core/instant';
import { quoted } from '../core/words';
import type { World } from '../world';
import { givenPaths, type FileFlags } from './aws-files';

/** `tsawsume --clean`: removes the profiles of `--output-profile` that have expired, and nothing else. */
export async function clean(world: World, flags: FileFlags): Promise<void> {
  const managed = await world.managedProfiles(givenPaths(world, flags, await world.settings()));
  const now = world.now();
  const removed = await managed.remove('credentials', ({ values }) => {
    // A time that is none, or has no zone, says nothing.
    const at = parseInstant(values.get('expiration') ?? '');
    return at !== undefined && at <= now;
  });
  for (const { name, values } of removed)
    world.people.say(`removed the profile ${quoted(name)}: it expired at ${values.get('expiration') ?? ''}`);
  if (removed.length === 0) world.people.say('no profile that tsawsume wrote has expired');
}
