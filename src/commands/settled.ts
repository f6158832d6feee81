import type { FileState } from '../world';

/** Milliseconds. A file that was changed so short a time ago may change again within the same tick of its clock. */
const SETTLED = 2_000;

/**
 * Whether the stamps of files tell them from whatever they become.
 * @param now milliseconds since the epoch.
 */
export const areSettled = (files: readonly FileState[], now: number): boolean =>
  files.every(({ changedAt }) => changedAt === undefined || changedAt <= now - SETTLED);
