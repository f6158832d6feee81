import type { Uptime } from '../core/believed';
import type { CacheKey } from '../core/names';
import type { SessionStore, StoredSession } from '../core/ports';
import { isSame } from '../core/same';
import type { Environment } from '../world';
import { KeyringTrouble, openKeyring, type Keyring } from './keyring';
import { openMarks, type KeyringMarks } from './keyring-marks';
import { LITTER_AGE, type FileStore } from './session-store';
import { formatEntry, isBelievable, parseEntry, type StoredEntry } from './stored-entry';
import { readUptime } from './uptime';

export interface KeyringStoreOptions {
  readonly keyring: Keyring;
  readonly marks: KeyringMarks;
  /** Milliseconds since the epoch, UTC. */
  readonly now: () => number;
  readonly uptime: () => Uptime;
  /** Told once a run, in one line, that and why sessions are kept in files. */
  readonly warn: (line: string) => void;
}

/** The machine's own keyring in front of the files. @param machine.home `~/.tsawsume`, or where `TSAWSUME_HOME` says. */
export function keyringStore(
  file: FileStore,
  machine: Pick<KeyringStoreOptions, 'now' | 'warn'> & { readonly home: string; readonly env: Environment },
): SessionStore {
  const { home, env, now, warn } = machine;
  const keyring = openKeyring(`tsawsume ${home}`, env);
  return openKeyringStore(file, { keyring, marks: openMarks(home), now, warn, uptime: readUptime });
}

/**
 * Sessions in the keyring, by the rules of the files: whole, of these inputs, of believable times. Where the keyring can't
 * be had the files take its place, for the rest of the run; what is in them moves over when it can be. Facts are no
 * secret, and stay in files.
 */
export function openKeyringStore(file: FileStore, options: KeyringStoreOptions): SessionStore {
  const { keyring, marks, now, uptime, warn } = options;
  let usable = true;
  let trouble: string | undefined;
  /** Under which stamp a key had nothing that could be used. */
  const missed = new Map<CacheKey, string>();

  /** Undefined where there is no keyring, which is then said once and not tried again. */
  function tried<T>(use: () => T, tell = warn): T | undefined {
    if (!usable) return undefined;
    try {
      return use();
    } catch (error) {
      usable = false;
      if (error instanceof KeyringTrouble) {
        trouble = `the keyring can't be used (${error.message}): sessions are kept in files of 0600`;
        tell(trouble);
      }
      // Else not even an empty file can be made, and the files will say so.
      return undefined;
    }
  }

  function put(entry: StoredEntry): boolean {
    const { key } = entry.stored;
    const done = tried(() => {
      const known = marks.stamp(key) !== undefined;
      // Before it is there, so that `logout` finds all that may be; and after, for those who have looked in between.
      marks.put(key);
      try {
        keyring.set(key, formatEntry(entry));
      } catch (error) {
        if (!known && error instanceof KeyringTrouble && error.done === 'no') marks.remove(key);
        throw error;
      }
      marks.put(key);
      return true;
    });
    if (done === true) file.drop(key);
    return done === true;
  }

  function load(keys: readonly CacheKey[]): readonly StoredEntry[] {
    if (keys.length === 0) return [];
    const texts = tried(() => keyring.get(keys)) ?? [];
    return keys.flatMap((key, index) => parseEntry(texts[index] ?? '', key) ?? []);
  }

  /** Whether they are gone. */
  function remove(keys: readonly CacheKey[]): boolean {
    const gone = tried(() => {
      if (keys.length > 0) keyring.remove(keys);
      return true;
    });
    if (gone === true) for (const key of keys) marks.remove(key);
    return gone === true;
  }

  const believable = (entry: StoredEntry): boolean => isBelievable(entry, now(), uptime());

  /** What was stored before there was a keyring, or while there was none. */
  function moveFromFiles(sessions: readonly StoredSession[]): void {
    for (const { key } of sessions) {
      const entry = file.entry(key);
      if (entry === undefined || !put(entry)) return;
    }
  }

  return {
    ...file,
    read(key, inputs) {
      const inFile = file.read(key, inputs);
      if (inFile !== undefined) {
        moveFromFiles([inFile]);
        return inFile;
      }
      // Who waits for another run looks again and again, and each question to the keyring is a process.
      const stamp = marks.stamp(key);
      if (stamp === undefined || missed.get(key) === stamp) return undefined;
      const [entry] = load([key]);
      if (entry !== undefined && !isSame(entry.stored.inputs, inputs)) remove([key]);
      else if (entry !== undefined && believable(entry)) return entry.stored;
      missed.set(key, stamp);
      return undefined;
    },
    write(stored) {
      if (!put({ stored, uptime: uptime() })) {
        file.write(stored);
        return;
      }
      moveFromFiles(file.all());
      // Here and not in `sweep`: the keyring has just answered, and each question to it is a process.
      const old = marks.olderThan(now() - LITTER_AGE);
      const alive = new Set(load(old).flatMap((entry) => (believable(entry) ? entry.stored.key : [])));
      remove(old.filter((key) => !alive.has(key)));
    },
    drop(key) {
      file.drop(key);
      if (marks.stamp(key) !== undefined) remove([key]);
    },
    all() {
      const inFiles = file.all();
      const keys = marks.all().filter((key) => inFiles.every((one) => one.key !== key));
      return [...inFiles, ...load(keys).flatMap((entry) => (believable(entry) ? entry.stored : []))];
    },
    trouble() {
      tried(
        () => keyring.get(['none']),
        () => undefined,
      );
      return trouble;
    },
    clear() {
      const inFiles = new Set(file.all().map(({ key }) => key));
      const marked = marks.all();
      const gone = remove(marked);
      const others = marked.filter((key) => !inFiles.has(key)).length;
      if (!gone && marked.length > 0)
        warn(`${sessions(marked.length)} may be in the keyring still: log out again when it answers`);
      return file.clear() + (gone ? others : 0);
    },
  };
}

const sessions = (count: number): string => `${String(count)} session${count === 1 ? '' : 's'}`;
