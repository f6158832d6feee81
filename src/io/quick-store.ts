import { lstatSync, readFileSync, type Stats } from 'node:fs';
import type { CacheKey } from '../core/names';
import type { StoredSession } from '../core/ports';
import { isPrivate } from './private-stat';
import { isBelievable, LARGEST, parseEntry } from './stored-entry';
import { readUptime } from './uptime';

/** Bytes. The names of half a million profiles. */
const LARGEST_TEXT = 16 * 1024 * 1024;

/** What of the store can be had with the fewest calls, for the run that begins and ends with it. */
export interface QuickStore {
  /** Where the sessions are: there, and ours alone. */
  readonly folder: string;
  /** The entry, if its times are believable, whatever it was stored for. */
  entry(key: CacheKey): StoredSession | undefined;
}

/**
 * Believes what `openStore` believes, and mends nothing: whatever is not as it should be is absent here, and for that to
 * deal with.
 * @param home `~/.tsawsume`.
 * @param now milliseconds since the epoch.
 * @returns undefined when the folder itself is not as it should be.
 */
export function quickStore(home: string, now: number): QuickStore | undefined {
  const folder = soundFolder(home);
  if (folder === undefined) return undefined;
  return {
    folder,
    entry: (key) => {
      const text = privateText(`${folder}/${key}.json`);
      const entry = text === undefined ? undefined : parseEntry(text, key);
      return entry !== undefined && isBelievable(entry, now, readUptime()) ? entry.stored : undefined;
    },
  };
}

/** A way or a completion's answer, by its file's name. */
export function keptText(home: string, name: string): string | undefined {
  const folder = soundFolder(home);
  return folder === undefined ? undefined : privateText(`${folder}/${name}`, LARGEST_TEXT);
}

/** The folder of the sessions, where it is as it should be. */
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
