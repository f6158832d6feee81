import * as fs from 'node:fs';
import { formatIdentity, judge, ownIdentity, parseIdentity, UNKNOWN_PATIENCE } from './process-identity';
import { randomHex } from './random';

/**
 * The end of a temp file's name: whose it is, so that others can tell when nobody needs it any more. Two names of one
 * process are hardly ever the same; and a temp file is made with O_EXCL, or not at all.
 */
export const tempSuffix = (): string => `${formatIdentity(ownIdentity())}.${randomHex(8)}`;

/**
 * Removes the temp files of processes that died before they could. Where there are none, as nearly always, this is
 * one listing of the folder. Never throws: what can't be removed now is removed by a later run.
 * @param prefix what the names begin with, before `tempSuffix`; '' when the folder holds nothing but temp files.
 * @param now milliseconds since the epoch.
 */
export function removeDeadTemps(folder: string, prefix: string, now: number): void {
  for (const name of list(folder)) {
    if (!name.startsWith(prefix)) continue;
    const path = `${folder}/${name}`;
    try {
      if (isDead(name.slice(prefix.length), path, prefix === '', now)) fs.unlinkSync(path);
    } catch {
      continue;
    }
  }
}

function isDead(suffix: string, path: string, allOurs: boolean, now: number): boolean {
  const [, identity] = /^([0-9a-f-]+)\.[0-9a-f]{16}$/.exec(suffix) ?? [];
  const owner = identity === undefined ? undefined : parseIdentity(identity);
  if (owner === undefined && !allOurs) return false;
  const liveness = owner === undefined ? 'unknown' : judge(owner);
  if (liveness !== 'unknown') return liveness === 'dead';
  return Math.abs(now - fs.lstatSync(path).mtimeMs) > UNKNOWN_PATIENCE;
}

/** The names in a folder; none when it can't be listed. */
export function list(folder: string): readonly string[] {
  try {
    return fs.readdirSync(folder);
  } catch {
    return [];
  }
}
