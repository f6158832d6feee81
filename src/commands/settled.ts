import type { FileState } from '../world';

/**
 * Whether the stamps of files tell them from whatever they become.
 * @param startedAt when the run began, milliseconds since the epoch: what changed since then may not be what was read.
 */
export const areSettled = (files: readonly FileState[], startedAt: number): boolean =>
  files.every(({ settledAt }) => settledAt === undefined || settledAt <= startedAt);
