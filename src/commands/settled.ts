import type { FileState } from '../world';

/**
 * Whether the stamps of files tell them from whatever they become.
 * @param now milliseconds since the epoch.
 */
export const areSettled = (files: readonly FileState[], now: number): boolean =>
  files.every(({ settledAt }) => settledAt === undefined || settledAt <= now);
