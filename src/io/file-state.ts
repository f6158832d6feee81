import { fstatSync, statSync, type BigIntStats } from 'node:fs';
import type { FileState } from '../world';

const NO_PLAIN_FILE = 'no plain file';
const UNSEEN = 'not to be seen';

/**
 * Of a file that is there. Its time of change (ctime) moves with every write and every renaming, and nobody can set it
 * back; within one tick of its clock, 4 ms as a rule, it may stand still: who keeps a stamp waits until that is over.
 */
const stateOf = (path: string, stat: BigIntStats): FileState =>
  stat.isFile()
    ? {
        path,
        stamp: `${stat.mtimeNs} ${stat.ctimeNs} ${stat.size} ${stat.ino} ${stat.dev}`,
        changedAt: Number(
          stat.ctimeNs > stat.mtimeNs ? stat.ctimeNs / 1_000_000n : stat.mtimeNs / 1_000_000n,
        ),
      }
    : { path, stamp: NO_PLAIN_FILE };

/** By its descriptor, before it is read: what is written between is then a change to it. */
export const stateOfOpen = (path: string, fd: number): FileState =>
  stateOf(path, fstatSync(fd, { bigint: true }));

/** Through symbolic links. One that can't be looked at is never the same as it was. */
export function stateOfPath(path: string): FileState {
  try {
    const stat = statSync(path, { bigint: true, throwIfNoEntry: false });
    return stat === undefined ? { path, stamp: '' } : stateOf(path, stat);
  } catch {
    return { path, stamp: UNSEEN, changedAt: Number.POSITIVE_INFINITY };
  }
}

export const isPlainFile = (state: FileState): boolean => isThere(state) && state.stamp !== NO_PLAIN_FILE;

/** Whatever it is. */
export const isThere = ({ stamp }: FileState): boolean => stamp !== '' && stamp !== UNSEEN;

/** What tells a file as it is now from what it was; empty: there is none. */
export const stampOf = (path: string): string => stateOfPath(path).stamp;
