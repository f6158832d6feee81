import { isUtf8 } from 'node:buffer';
import * as fs from 'node:fs';
import type { Uptime } from '../core/believed';
import { isCacheKey, type CacheKey } from '../core/names';
import type { Inputs, SessionStore, StoredSession } from '../core/ports';
import { isSame } from '../core/same';
import { cacheFolder, ENTRY_NAME, removeName, removeStored, WAY_NAME } from './cache-folder';
import { isPrivate } from './private-stat';
import type { CacheFolder } from './cache-folder';
import { errorCode } from './error-code';
import { isAbsent } from './is-absent';
import { replaceFile, whatFailed } from './private-file';
import {
  factName,
  formatEntry,
  formatFact,
  isBelievable,
  LARGEST,
  parseEntry,
  parseFact,
} from './stored-entry';
import type { StoredEntry } from './stored-entry';
import { list } from './temp-names';
import { readUptime } from './uptime';

const { O_NOFOLLOW, O_NONBLOCK, O_RDONLY } = fs.constants;

/** Sessions rarely live longer: only files this old are worth a look for expired ones, in milliseconds. */
export const LITTER_AGE = 2 * 86_400_000;

export interface StoreOptions {
  /** `~/.tsawsume`, or where `TSAWSUME_HOME` says; undefined where there is no home. */
  readonly home: string | undefined;
  /** Milliseconds since the epoch, UTC. */
  readonly now: () => number;
  /** Told once a run, in one line, that and why nothing can be stored. */
  readonly warn: (line: string) => void;
  /** What setting the clock does not touch; the machine's own when left out. */
  readonly uptime?: () => Uptime;
}

export interface FileStore extends SessionStore {
  /** The whole entry, whether or not its times are believable. */
  entry(key: CacheKey): StoredEntry | undefined;
  /** A way or a completion's answer, by its file's name. Silently, as it is a convenience. */
  keep(name: string, text: string): void;
}

/** The sessions and facts under `home`/cache. Touches nothing until it is asked for something. */
export function openStore(options: StoreOptions): FileStore {
  const { home, now, warn } = options;
  const machineUptime = options.uptime ?? readUptime;
  const folder = home === undefined ? undefined : cacheFolder(home);
  let warned = false;
  let swept = false;

  function unstored(why: string): void {
    if (warned) return;
    warned = true;
    warn(`sessions can't be stored: ${why}`);
  }

  /** The folder, if there is one that can be believed. */
  function sound(): CacheFolder | undefined {
    if (folder?.isSound() !== true) return undefined;
    if (!swept) folder.removeLeftovers(now());
    swept = true;
    return folder;
  }

  /** @param unkept told why not; undefined: nobody is. */
  function put(name: string, format: () => string, unkept: ((why: string) => void) | undefined): void {
    if (folder === undefined) {
      unkept?.('there is no home folder.');
      return;
    }
    try {
      folder.prepare('tmp');
      replaceFile(`${folder.path}/${name}`, format(), folder.temp(), 0o600, {
        // What is lost with the power is asked for again, and so is what is not twice the same then.
        mayGo: true,
      });
    } catch (error) {
      const at = errorCode(error) === '' ? '' : `${folder.path}: `;
      unkept?.(`${at}${whatFailed(error)}.`);
    }
  }

  function remove(name: string): void {
    const from = sound();
    if (from === undefined) return;
    const path = `${from.path}/${name}`;
    try {
      fs.unlinkSync(path);
    } catch (error) {
      if (errorCode(error) === 'ENOENT' || removeName(path)) return;
      unstored(`${from.path}: ${whatFailed(error)}.`);
    }
  }

  function load(key: CacheKey): StoredEntry | undefined {
    const from = sound();
    return from && readChecked(`${from.path}/${key}.json`, (text) => parseEntry(text, key));
  }

  function believable(entry: StoredEntry | undefined): StoredSession | undefined {
    return entry && isBelievable(entry, now(), machineUptime()) ? entry.stored : undefined;
  }

  function sweep(): void {
    const from = sound();
    if (from === undefined) return;
    const old = list(from.path)
      .filter((name) => ENTRY_NAME.test(name) || WAY_NAME.test(name))
      .filter((name) => isOlder(`${from.path}/${name}`, now() - LITTER_AGE));
    for (const name of old) if (isOver(name)) remove(name);
  }

  /** Of a session, whether it has ended. A way is noted anew with each: an old one leads to none, or is noted once more. */
  function isOver(name: string): boolean {
    const [, key = ''] = ENTRY_NAME.exec(name) ?? [];
    if (!isCacheKey(key)) return true;
    const entry = load(key);
    return entry !== undefined && entry.stored.session.expiresAt < now();
  }

  return {
    entry: load,
    read(key, inputs) {
      const entry = load(key);
      if (entry === undefined || isSame(entry.stored.inputs, inputs)) return believable(entry);
      // The key is a hash of the inputs: this can't be what was written under it.
      remove(`${key}.json`);
      return undefined;
    },
    write(entry) {
      put(`${entry.key}.json`, () => formatEntry({ stored: entry, uptime: machineUptime() }), unstored);
    },
    drop: (key) => remove(`${key}.json`),
    sweep,
    all() {
      const keys = list(sound()?.path ?? '').map((name) => ENTRY_NAME.exec(name)?.[1] ?? '');
      return keys.filter(isCacheKey).flatMap((key) => believable(load(key)) ?? []);
    },
    clear() {
      const from = sound();
      return from === undefined ? 0 : removeStored(from.path);
    },
    trouble: () => undefined,
    recall: (fact) => recall(sound(), fact),
    remember: (fact, value, how) =>
      put(factName(fact), () => formatFact(fact, value), how === 'silently' ? undefined : unstored),
    keep: (name, text) => put(name, () => text, undefined),
    forget: (fact) => remove(factName(fact)),
  };
}

function recall(from: CacheFolder | undefined, fact: string): Inputs | undefined {
  return from && readChecked(`${from.path}/${factName(fact)}`, (text) => parseFact(text, fact));
}

/**
 * Reads one file with the care a secret needs: no link is followed, no FIFO waited for, and only what is ours and
 * closed to others is believed. What can't be believed is removed, so that the next run does not stumble over it.
 */
function readChecked<T>(path: string, parse: (text: string) => T | undefined): T | undefined {
  if (isAbsent(path)) return undefined;
  let fd: number;
  try {
    fd = fs.openSync(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  } catch (error) {
    // A link, a socket, a file without our own bits. Not ENOENT, and not EMFILE or EIO, which say nothing about it.
    if (['ELOOP', 'EMLINK', 'ENXIO', 'EACCES', 'EPERM'].includes(errorCode(error))) removeName(path);
    return undefined;
  }
  try {
    const stat = fs.fstatSync(fd);
    const whole =
      stat.isFile() && isPrivate(stat) && stat.size <= LARGEST ? readText(fd, stat.size) : undefined;
    const value = whole === undefined ? undefined : parse(whole);
    if (value === undefined) removeIfStill(path, stat);
    return value;
  } catch {
    return undefined;
  } finally {
    fs.closeSync(fd);
  }
}

function readText(fd: number, size: number): string | undefined {
  const bytes = Buffer.alloc(size);
  const length = fs.readSync(fd, bytes, 0, size, 0);
  // Bytes that are no UTF-8 would be replaced in silence, within a secret as elsewhere.
  return length === size && isUtf8(bytes) ? bytes.toString('utf8') : undefined;
}

/** Only the very file that was looked at: another run may just have put a good one in its place. */
function removeIfStill(path: string, seen: fs.Stats): void {
  const stat = fs.lstatSync(path, { throwIfNoEntry: false });
  if (stat?.ino === seen.ino && stat.dev === seen.dev) removeName(path);
}

function isOlder(path: string, than: number): boolean {
  try {
    return fs.lstatSync(path).mtimeMs < than;
  } catch {
    return false;
  }
}
