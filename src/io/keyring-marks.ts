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
  has(key: CacheKey): boolean;
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
  const timeOf = (key: CacheKey): number | undefined =>
    fs.lstatSync(of(key), { throwIfNoEntry: false })?.mtimeMs;
  const all = (): readonly CacheKey[] => list(folder).filter(isCacheKey);
  return {
    all,
    has: (key) => all().includes(key),
    olderThan: (then) => all().filter((key) => (timeOf(key) ?? then) < then),
    put(key) {
      cache.prepare('keyring');
      fs.rmSync(of(key), { force: true });
      fs.writeFileSync(of(key), '', { mode: 0o600, flag: 'wx' });
    },
    remove: (key) => void removeName(of(key)),
  };
}
