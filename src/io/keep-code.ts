import * as fs from 'node:fs';
import { makeFolder } from './cache-folder';
import { pack, type CodeFolder, type KeptCode } from './kept-code';
import { replaceFile } from './private-file';
import { isPrivate } from './private-stat';
import { list, removeDeadTemps, tempSuffix } from './temp-names';

/** One of our files and what is to be kept of it. */
export interface Keep extends KeptCode {
  readonly file: string;
}

/** What was written so long ago is as likely as not of a version or of a Node that is gone, milliseconds. */
const OLD = 30 * 24 * 3_600_000;

/**
 * Keeps what V8 made of our files, for later runs to read. A full disk, a folder that is not ours or may not be
 * written: then nothing is kept, the next run compiles again, and nobody needs to hear of it.
 * @param now milliseconds since the epoch.
 */
export function keepCode(
  { home, path, build, runtime }: CodeFolder,
  all: readonly Keep[],
  now: number,
): void {
  try {
    if (!isPrivate(fs.lstatSync(home))) return;
    makeFolder(path);
    const stat = fs.lstatSync(path);
    if (!stat.isDirectory() || !isPrivate(stat)) return;
    removeDeadTemps(path, 'tmp-', now);
    removeOld(path, now);
    // Not synced: a file that the power took with it is told by its two copies, and costs a compilation.
    for (const keep of all)
      replaceFile(`${path}/${keep.file}${runtime}`, pack(keep, build), `${path}/tmp-${tempSuffix()}`, 0o600, {
        mayGo: true,
      });
  } catch {
    return;
  }
}

function removeOld(path: string, now: number): void {
  for (const name of list(path)) {
    if (!name.includes('@')) continue;
    const stat = fs.lstatSync(`${path}/${name}`);
    if (stat.isFile() && now - stat.mtimeMs > OLD) fs.unlinkSync(`${path}/${name}`);
  }
}
