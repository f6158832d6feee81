import * as fs from 'node:fs';
import { isCacheKey, type CacheKey } from '../core/names';
import { cacheFolder, removeName } from './cache-folder';
import { list } from './temp-names';

/**
 * Which sessions are in the keyring: most keyrings can't say. An empty file each, named by the key, so that processes
 * that store at the same time do not undo each other's. No secret, and nothing is believed because of it.
 */
export interface KeyringMarks {
  all(): readonly CacheKey[];
  /** Another text after each `put`; undefined: it is not among them. */
  stamp(key: CacheKey): string | undefined;
  /** Those that were last put there before then, milliseconds since the epoch. */
  olderThan(then: number): readonly CacheKey[];
  /** @throws NodeJS.ErrnoException where nothing can be written. */
  put(key: CacheKey): void;
  remove(key: CacheKey): void;
}

/** @param home `~/.tsawsume`, or where `TSAWSUME_HOME` says. */
export function openMarks(home: string): KeyringMarks {
  const cache = cacheFolder(home);
  const folder = `${cache.path}/keyring`;
  const of = (key: CacheKey): string => `${folder}/${key}`;
  const statOf = (key: CacheKey): fs.Stats | undefined => {
    try {
      return fs.lstatSync(of(key), { throwIfNoEntry: false });
    } catch {
      // A folder that may not be looked into holds nothing for us.
      return undefined;
    }
  };
  const all = (): readonly CacheKey[] => list(folder).filter(isCacheKey);
  return {
    all,
    stamp(key) {
      const stat = statOf(key);
      return stat && `${String(stat.ino)} ${String(stat.mtimeMs)}`;
    },
    olderThan: (then) => all().filter((key) => (statOf(key)?.mtimeMs ?? then) < then),
    put(key) {
      cache.prepare('keyring');
      fs.writeFileSync(of(key), '', { mode: 0o600 });
    },
    remove: (key) => void removeName(of(key)),
  };
}
