import { fstatSync, statSync, type Stats } from 'node:fs';
import type { FileState } from '../world';

const NO_PLAIN_FILE = 'no plain file';
const UNSEEN = 'not to be seen';

/**
 * Milliseconds that a file's times may stand still while it changes: a kernel counts them in ticks of up to 10, file
 * systems without parts of a millisecond (FAT, HFS+, ext3) in up to 2 seconds.
 */
const TICK = { fine: 100, coarse: 2_000 } as const;

/**
 * Of a file that is there. Its time of change (ctime) moves with every write and every renaming, and nobody can set it
 * back; within one tick of its clock it may stand still: who keeps a stamp waits until that is over. In milliseconds
 * with a fraction, as Node gives them at once: exact to a quarter of a microsecond, much less than a tick.
 */
function stateOf(path: string, stat: Stats): FileState {
  if (!stat.isFile()) return { path, stamp: NO_PLAIN_FILE };
  const { mtimeMs, ctimeMs, size, ino, dev } = stat;
  const tick = Number.isInteger(ctimeMs) ? TICK.coarse : TICK.fine;
  return {
    path,
    stamp: `${String(mtimeMs)} ${String(ctimeMs)} ${String(size)} ${String(ino)} ${String(dev)}`,
    settledAt: Math.max(mtimeMs, ctimeMs) + tick,
  };
}

/** By its descriptor, before it is read: what is written between is then a change to it. */
export const stateOfOpen = (path: string, fd: number): FileState => stateOf(path, fstatSync(fd));

/** Through symbolic links. One that can't be looked at is never the same as it was. */
export function stateOfPath(path: string): FileState {
  try {
    const stat = statSync(path, { throwIfNoEntry: false });
    return stat === undefined ? { path, stamp: '' } : stateOf(path, stat);
  } catch {
    return { path, stamp: UNSEEN, settledAt: Number.POSITIVE_INFINITY };
  }
}

export const isPlainFile = (state: FileState): boolean => isThere(state) && state.stamp !== NO_PLAIN_FILE;

/** Whatever it is. */
export const isThere = ({ stamp }: FileState): boolean => stamp !== '' && stamp !== UNSEEN;

/** What tells a file as it is now from what it was; empty: there is none. */
export const stampOf = (path: string): string => stateOfPath(path).stamp;
