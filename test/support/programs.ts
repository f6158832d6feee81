import { spawnSync } from 'node:child_process';

/**
 * Whether a program that npm does not bring is not on this machine: its tests are then skips that can be seen. With
 * TSAWSUME_REQUIRE_SHELLS=1, as .ci/run sets it once it has installed them, they run and fail.
 */
export const isNotThere = (program: string): boolean =>
  process.env['TSAWSUME_REQUIRE_SHELLS'] !== '1' &&
  spawnSync('sh', ['-c', 'command -v "$1"', 'sh', program]).status !== 0;
