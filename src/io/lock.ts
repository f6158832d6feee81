import * as fs from 'node:fs';
import { checksum } from '../core/checksum';
import type { Holder, Lock, Locks } from '../core/ports';
import { cacheFolder, removeName } from './cache-folder';
import type { CacheFolder } from './cache-folder';
import { errorCode } from './error-code';
import { doingByte, formatRecord, livenessOf, readRecord } from './lock-record';
import type { LockRecord } from './lock-record';
import { formatIdentity, ownIdentity } from './process-identity';
import { randomHex } from './random';
import { list } from './temp-names';

/**
 * Locks between the processes of one user, with nothing but files, such that a holder that dies is replaced at once
 * and there are never two.
 *
 * A lock named K is the file `K`, and while it is there, that is one *term*, named by the random token inside. Its
 * maker holds the lock. When the maker dies, the next holder makes `K.<token>.1`; when that one dies, the next makes
 * `K.<token>.2`, and so on: the *line* of the term. Every file is written in full elsewhere and then hard-linked to
 * its name, so it appears complete, and only where there is nothing yet. To take the lock:
 *
 *   1. read `K`. Absent: link a new `K` with a token of one's own. If that succeeds the lock is ours, else start over.
 *   2. follow the line to its last file. Is its maker alive, the lock is held.
 *   3. link the next file of the line. Taken: somebody was quicker, start over.
 *   4. read `K` again. Does it carry the token of step 1, the lock is ours. Else unlink our file and start over.
 *
 * To release: unlink `K`, which ends the term; then unlink the line.
 *
 * Why there are never two holders. (a) Within a term no file of the line is removed, except by a living maker who
 * gives up its own in step 4 and does not hold. So two processes can't both have made number n and hold. (b) Number
 * n + 1 is made only by one who saw the maker of n dead; the dead stay dead; so whoever holds as n + 1 knows all
 * before it to be dead. One holder a term, then. (c) A term begins only while there is no `K`, and `K` is unlinked
 * only by its term's holder, as the act of letting go. So terms do not overlap. (d) What remains is one who fell
 * asleep between steps 2 and 3, and links a file into the line of a term that has ended meanwhile and whose line has
 * been removed: tokens are never used twice, so step 4 finds another token or none. And if step 4 does find the
 * token, the term had not ended when we linked, and (a) and (b) hold. `lock-model.test.ts` walks every interleaving.
 *
 * Death at any point: before the link, a temp file is left, which the next run removes. After the link, a file whose
 * maker is dead is in the line, or is the first: the next one links after it. Between the unlinks of a release, a
 * line without its term: nobody looks at it, `sweep` removes it. There is no instant at which a file is half
 * written or half replaced; one byte of one's own record changes in place (what the holder does). A record torn by a
 * power cut has no readable maker, and the maker died with the power: it is replaced like one of the dead.
 *
 * Who holds it is a pid with the start of its process, the boot and the pid namespace, so neither a pid used again
 * nor a reboot keeps a lock. A holder in another pid namespace or on another host (a home on a network) can't be
 * looked up: it is believed alive until its record is 15 minutes old, and replaced then. Only there two holders are
 * possible, when it was merely slow; the worst that follows is one request more. It notices on release that it has
 * been replaced, and leaves the lock alone. On NFS `link` is exclusive on the server, and a lost answer to it is
 * recognised by the link count; what another host did may be seen some seconds late, which costs time, not safety.
 */
export function openLocks(options: { readonly home: string | undefined; readonly now: () => number }): Locks {
  const { home, now } = options;
  if (home === undefined)
    return { tryAcquire: () => LOCKS_NOTHING, holder: () => undefined, sweep: () => undefined };
  const folder = cacheFolder(home);
  const own = new Set<string>();
  return {
    tryAcquire(name) {
      try {
        folder.prepare('tmp');
        folder.prepare('locks');
        const first = firstFile(folder, name);
        const lock = acquire(folder, first, now);
        if (lock !== undefined) own.add(first);
        return lock;
      } catch {
        // No place for files, no hard links, a file system gone bad: the run goes on, as one that can't store either.
        return LOCKS_NOTHING;
      }
    },
    holder(name) {
      try {
        return folder.isSound() ? holderOf(firstFile(folder, name), now()) : undefined;
      } catch {
        return undefined;
      }
    },
    sweep() {
      if (folder.isSound()) sweepLocks(folder, own, now);
    },
  };
}

const LOCKS_NOTHING: Lock = { doing: () => undefined, release: () => undefined };

/** A name may hold anything; a file's name may not. Two names that met would wait for each other, and do no more. */
const firstFile = (folder: CacheFolder, name: string): string =>
  `${folder.path}/locks/${checksum(name)}${checksum(name, 1)}`;

/** Where the line of a term ends: the number of its last file, 0 for `K` itself, and the record in it. */
interface Line {
  readonly token: string;
  readonly length: number;
  readonly last: LockRecord;
}

const inLine = (first: string, token: string, number: number): string => `${first}.${token}.${number}`;

function readLine(first: string): Line | undefined {
  let last = readRecord(first);
  if (last === undefined) return undefined;
  const { token } = last;
  for (let length = 0; ; length += 1) {
    const next = readRecord(inLine(first, token, length + 1));
    if (next === undefined) return { token, length, last };
    last = next;
  }
}

function holderOf(first: string, now: number): Holder | undefined {
  const record = readLine(first)?.last;
  if (record?.owner === undefined) return undefined;
  const liveness = livenessOf(record, now);
  if (liveness === 'dead') return undefined;
  return { pid: record.owner.pid, doing: record.doing, stopped: liveness === 'stopped' };
}

/** Each start over means that somebody else got on; after this many they may have the lock. */
const MOST_ROUNDS = 20;

function acquire(folder: CacheFolder, first: string, now: () => number): Lock | undefined {
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const line = readLine(first);
    if (line && livenessOf(line.last, now()) !== 'dead') return undefined;
    const lock = line ? joinLine(folder, first, line) : startTerm(folder, first);
    if (lock) return lock;
  }
  return undefined;
}

function startTerm(folder: CacheFolder, first: string): Lock | undefined {
  const token = randomHex(16);
  const fd = linkRecord(folder, first, token);
  return fd === undefined ? undefined : heldLock(first, token, 0, fd);
}

function joinLine(folder: CacheFolder, first: string, { token, length }: Line): Lock | undefined {
  const own = inLine(first, token, length + 1);
  const fd = linkRecord(folder, own, token);
  if (fd === undefined) return undefined;
  let current: string | undefined;
  try {
    current = readRecord(first)?.token;
  } finally {
    // Also when reading failed: who does not hold must not stay in line.
    if (current !== token) {
      fs.closeSync(fd);
      removeName(own);
    }
  }
  return current === token ? heldLock(first, token, length + 1, fd) : undefined;
}

/** @returns the descriptor of our record, or undefined when the name was taken. */
function linkRecord(folder: CacheFolder, path: string, token: string): number | undefined {
  const temp = folder.temp();
  const { O_CREAT, O_EXCL, O_NOFOLLOW, O_WRONLY } = fs.constants;
  const fd = fs.openSync(temp, O_CREAT | O_EXCL | O_WRONLY | O_NOFOLLOW, 0o600);
  let linked = false;
  try {
    fs.fchmodSync(fd, 0o600);
    // Its torn namesake's token would not pass for one of ours; the line's names carry the term's, not this one.
    fs.writeFileSync(
      fd,
      formatRecord(token.startsWith('torn') ? NO_TERM : token, formatIdentity(ownIdentity())),
    );
    linked = tryLink(temp, path, fd);
  } finally {
    removeName(temp);
    if (!linked) fs.closeSync(fd);
  }
  return linked ? fd : undefined;
}

const NO_TERM = '0'.repeat(32);

function tryLink(temp: string, path: string, fd: number): boolean {
  try {
    fs.linkSync(temp, path);
    return true;
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
    // On NFS a request whose answer was lost is sent again, and then finds its own work.
    return fs.fstatSync(fd).nlink === 2;
  }
}

function heldLock(first: string, token: string, number: number, fd: number): Lock {
  let held = true;
  return {
    doing(what) {
      if (!held) return;
      try {
        fs.writeSync(fd, doingByte(what), 0, 'latin1');
      } catch {
        // It only tells others how long to wait.
        return;
      }
    },
    release() {
      if (!held) return;
      held = false;
      try {
        if (isStillOurs(first, token, number, fd)) endTerm(first, token, number);
      } catch {
        // What we can't look at we leave: when this process ends it is judged dead.
        return;
      } finally {
        fs.closeSync(fd);
      }
    },
  };
}

/** Not so when we could not be looked up, were silent for long, and have been replaced; or when `cache` was removed. */
function isStillOurs(first: string, token: string, number: number, fd: number): boolean {
  const stat = fs.fstatSync(fd);
  if (stat.nlink === 0) return false;
  // A term that is one's own begins with the very file that is open here: no need to read what is in it.
  if (number === 0 ? !isFile(first, stat) : readRecord(first)?.token !== token) return false;
  return readRecord(inLine(first, token, number + 1)) === undefined;
}

function isFile(path: string, { ino, dev }: fs.Stats): boolean {
  const there = fs.lstatSync(path, { throwIfNoEntry: false });
  return there?.ino === ino && there.dev === dev;
}

function endTerm(first: string, token: string, length: number): void {
  fs.unlinkSync(first);
  for (let number = 1; number <= length; number += 1) removeName(inLine(first, token, number));
}

/**
 * Removes the lock files that are nobody's: terms whose holder is dead, by taking and releasing them like anybody
 * else; and lines without their term, which never comes back. Locks that are held stay.
 * @param own the first files of locks that this process took: no look at them is needed.
 */
function sweepLocks(folder: CacheFolder, own: ReadonlySet<string>, now: () => number): void {
  const locks = `${folder.path}/locks`;
  try {
    const names = list(locks).filter((name) => !own.has(`${locks}/${name}`));
    if (names.length === 0) return;
    folder.prepare('tmp');
    folder.prepare('locks');
    for (const name of names.filter((one) => /^[0-9a-f]{32}$/.test(one))) {
      acquire(folder, `${locks}/${name}`, now)?.release();
    }
    for (const name of names) {
      const [, first, token] = /^([0-9a-f]{32})\.([0-9a-z]+)\.\d+$/.exec(name) ?? [];
      if (first && token && readRecord(`${locks}/${first}`)?.token !== token) removeName(`${locks}/${name}`);
    }
  } catch {
    // They hold no secret and nobody waits for them.
    return;
  }
}
