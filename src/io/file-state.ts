import { fstatSync, statSync, type BigIntStats } from 'node:fs';
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
 * back; within one tick of its clock it may stand still: who keeps a stamp waits until that is over.
 */
function stateOf(path: string, stat: BigIntStats): FileState {
  if (!stat.isFile()) return { path, stamp: NO_PLAIN_FILE };
  const { mtimeNs, ctimeNs, size, ino, dev } = stat;
  const changed = ctimeNs > mtimeNs ? ctimeNs : mtimeNs;
  const tick = ctimeNs % 1_000_000n === 0n ? TICK.coarse : TICK.fine;
  return {
    path,
    stamp: `${mtimeNs} ${ctimeNs} ${size} ${ino} ${dev}`,
    settledAt: Number(changed / 1_000_000n) + tick,
  };
}

/** By its descriptor, before it is read: what is written between is then a change to it. */
export const stateOfOpen = (path: string, fd: number): FileState =>
  stateOf(path, fstatSync(fd, { bigint: true }));

/** Through symbolic links. One that can't be looked at is never the same as it was. */
export function stateOfPath(path: string): FileState {
  try {
    const stat = statSync(path, { bigint: true, throwIfNoEntry: false });
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
