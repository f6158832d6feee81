import { lstatSync, readFileSync, type Stats } from 'node:fs';
import type { CacheKey } from '../core/names';
import { isPrivate } from './private-stat';
import { isRecord, LARGEST, parseRecord } from './stored-entry';

/*
 * What of the store can be had with the fewest calls, for the run that begins and ends with it. Believes no file that
 * `openStore` does not, and mends nothing: whatever is not as it should be is absent here, and for that to deal with.
 */

/** Bytes. The names of half a million profiles. */
const LARGEST_TEXT = 16 * 1024 * 1024;

/** The keys of a stored session. */
export interface StoredKeys {
  readonly accessKeyId: unknown;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

/**
 * The keys under a key of the store, of which nothing but that they are whole is looked at: who asks has looked at the
 * very same before.
 * @param folder as of `soundFolder`.
 */
export function storedKeys(folder: string, key: CacheKey): StoredKeys | undefined {
  const text = privateText(`${folder}/${key}.json`);
  const session = text === undefined ? undefined : parseRecord(text)?.['session'];
  if (!isRecord(session)) return undefined;
  const { accessKeyId, secretAccessKey, sessionToken } = session;
  const areTexts = typeof secretAccessKey === 'string' && typeof sessionToken === 'string';
  return areTexts ? { accessKeyId, secretAccessKey, sessionToken } : undefined;
}

/** A way or a completion's answer, by its file's name. @param folder as of `soundFolder`. */
export const keptText = (folder: string, name: string): string | undefined =>
  privateText(`${folder}/${name}`, LARGEST_TEXT);

/** The folder of the sessions, where it is as it should be. @param home `~/.tsawsume`. */
export function soundFolder(home: string | undefined): string | undefined {
  const folder = `${home ?? ''}/cache`;
  const stat = home === undefined ? undefined : look(folder);
  return stat?.isDirectory() === true && isPrivate(stat) ? folder : undefined;
}

/**
 * By its name, which costs a third of a descriptor's calls: nobody but us can put another file in its place, since the
 * folder is ours and closed. Bytes that are no UTF-8 are replaced, and then it is not twice the same.
 */
export function privateText(path: string, largest = LARGEST): string | undefined {
  const stat = look(path);
  if (stat?.isFile() !== true || !isPrivate(stat) || stat.size > largest) return undefined;
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // Gone since, by another run's `logout`, or not to be read, even by us.
    return undefined;
  }
}

/** A link itself. Undefined for whatever can't be looked at, too: a part of its path may be a file, or closed to us. */
function look(path: string): Stats | undefined {
  try {
    return lstatSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}
