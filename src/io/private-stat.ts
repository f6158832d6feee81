import type { Stats } from 'node:fs';

/** Group and others have no business here. */
const NOT_OURS_ALONE = 0o077;

/** Whether this process may believe what it finds: its own, and closed to all others. Windows knows no such bits. */
export function isPrivate(stat: Stats): boolean {
  return isOwn(stat) && (process.geteuid === undefined || (stat.mode & NOT_OURS_ALONE) === 0);
}

export function isOwn(stat: Stats): boolean {
  return process.geteuid === undefined || stat.uid === process.geteuid();
}
