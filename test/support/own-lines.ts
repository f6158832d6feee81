import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { World } from './harness';
import { untilSettled } from './settled';

/** AWS's config of a world's home. */
export const configOf = (world: World): string => join(world.home.path, '.aws/config');

/** Waits until AWS's two files have been left alone long enough for what was read of them to be noted. */
export const settled = (world: World): Promise<void> =>
  untilSettled(configOf(world), join(world.home.path, '.aws/credentials'));

/** Writes a private file anew, as another text. */
export const rewrite = (path: string, to: (text: string) => string): void =>
  writeFileSync(path, to(readFileSync(path, 'utf8')), { mode: 0o600 });
