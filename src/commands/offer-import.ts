import type { Settings } from '../core/settings';
import type { World } from '../world';

const OFFERED = "offered to take over awsume's settings";

/** Says once, to who has settings of awsume's and none of ours, how to take them over. They are never just read. */
export function offerImport(world: World, settings: Settings): void {
  if (settings.file !== undefined) return;
  const path = world.awsumeSettings();
  if (path === undefined || world.store().recall(OFFERED) !== undefined) return;
  world.store().remember(OFFERED, { path });
  world.people.say(`awsume's settings in ${path} are not read; to take them over: tsawsume config import`);
}
