import type { Settings } from '../core/settings';
import type { World } from '../world';

/** The fact that it was done. */
export const OFFERED = "offered to take over awsume's settings";

/** Says once, to who has settings of awsume's and none of ours, how to take them over. They are never just read. */
export async function offerImport(world: World, settings: Settings): Promise<void> {
  if (settings.file !== undefined) return;
  const path = world.awsumeSettings();
  if (path === undefined) return;
  const store = await world.store();
  if (store.recall(OFFERED) !== undefined) return;
  store.remember(OFFERED, { path });
  world.people.say(`awsume's settings in ${path} are not read; to take them over: tsawsume config import`);
}
