import * as fs from 'node:fs';
import { basename, dirname } from 'node:path';
import type { Lock, Locks } from '../core/ports';
import { refused, TsawsumeError } from '../errors';
import { decode } from './aws-files';
import { cannotWrite, replaceFile, resolveTarget } from './private-file';
import { removeDeadTemps, tempSuffix } from './temp-names';

export interface EditPorts {
  readonly locks: Locks;
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

/** How long others of us are waited for; each needs some milliseconds. */
const PATIENCE_MS = 30_000;
/** Programs that know no lock empty a file and fill it again: it is only believed when it has been still for so long. */
const STILL_MS = 20;
const MOST_TRIES = 200;

/**
 * Changes a text file of the user's: under a lock among our processes, read anew inside it, replaced in one step, through
 * symlinks, with its mode and owner; one that is not there yet is made, 0600. Somebody else's change in the meantime is
 * seen, and the edit made anew on top of it.
 * @param edit gets the bytes, and gives those to be written; what it throws ends it all, with nothing changed.
 * @throws refused, when the file can't be read or written; profile, when it is no text.
 */
export async function editFile(
  path: string,
  ports: EditPorts,
  edit: (bytes: Buffer) => Buffer,
): Promise<void> {
  makeFolderOf(path);
  const target = resolveTarget(path);
  const lock = await acquire(`edit ${target}`, path, ports);
  try {
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      const before = await readStill(target, path, ports);
      const after = edit(before.bytes);
      if (before.bytes.equals(after) || replace(target, path, before, after, ports.now())) return;
    }
  } finally {
    lock.release();
  }
  throw refused(`can't write ${path}: another program keeps changing it`, 'try again when that has ended');
}

/** What a look at the file gives: its bytes, none where there is no file, no lock taken. @throws as `editFile`. */
export function lookAt(path: string): Buffer {
  // To what writes a file a folder that is missing is an error; who only looks finds nothing.
  if (!fs.existsSync(dirname(path))) return Buffer.alloc(0);
  return read(resolveTarget(path), path).bytes;
}

async function acquire(name: string, path: string, { locks, now, sleep }: EditPorts): Promise<Lock> {
  const until = now() + PATIENCE_MS;
  for (;;) {
    const lock = locks.tryAcquire(name);
    if (lock !== undefined) return lock;
    const holder = locks.holder(name);
    if (now() > until)
      throw refused(
        `can't write ${path}: another tsawsume (pid ${String(holder?.pid ?? 'unknown')}) has been writing it for ${String(PATIENCE_MS / 1000)}s`,
        'continue it (fg) or end it, then try again',
      );
    await sleep(5 + Math.random() * 20);
  }
}

interface Seen {
  readonly bytes: Buffer;
  /** Absent: there is no file. */
  readonly stat: fs.BigIntStats | undefined;
}

async function readStill(target: string, path: string, { now, sleep }: EditPorts): Promise<Seen> {
  for (let tries = 0; ; tries += 1) {
    const seen = read(target, path);
    if (seen.stat === undefined) return seen;
    const age = now() - Number(seen.stat.mtimeMs);
    // A time in the future is somebody's clock, not a write.
    if (age < 0 || age >= STILL_MS || tries === MOST_TRIES) return seen;
    await sleep(STILL_MS - age);
  }
}

function read(target: string, path: string): Seen {
  try {
    const fd = openIfThere(target);
    if (fd === undefined) return { bytes: Buffer.alloc(0), stat: undefined };
    try {
      const stat = fs.fstatSync(fd, { bigint: true });
      const bytes = fs.readFileSync(fd);
      decode(path, bytes);
      return { bytes, stat };
    } finally {
      fs.closeSync(fd);
    }
  } catch (error) {
    throw error instanceof TsawsumeError ? error : cannotWrite(path, error);
  }
}

function openIfThere(target: string): number | undefined {
  return fs.lstatSync(target, { throwIfNoEntry: false }) === undefined
    ? undefined
    : fs.openSync(target, fs.constants.O_RDONLY | (fs.constants.O_NONBLOCK || 0));
}

/** Somebody who knows no lock was quicker. */
class Changed extends Error {}

function replace(target: string, path: string, { stat }: Seen, after: Buffer, now: number): boolean {
  const prefix = `.${basename(target).slice(0, 60)}.tsawsume-`;
  const temp = `${dirname(target)}/${prefix}${tempSuffix()}`;
  const last = (): void => {
    const found = fs.lstatSync(target, { throwIfNoEntry: false, bigint: true });
    const same = (key: 'ino' | 'size' | 'mtimeNs' | 'ctimeNs'): boolean => found?.[key] === stat?.[key];
    if (!same('ino') || !same('size') || !same('mtimeNs') || !same('ctimeNs')) throw new Changed();
  };
  try {
    removeDeadTemps(dirname(target), prefix, now);
    if (stat === undefined) replaceFile(target, after, temp, 0o600, { last });
    else {
      const owner = { uid: Number(stat.uid), gid: Number(stat.gid) };
      replaceFile(target, after, temp, Number(stat.mode) & 0o777, { owner, last });
    }
    return true;
  } catch (error) {
    if (error instanceof Changed) return false;
    throw cannotWrite(path, error);
  }
}

/** `~/.aws`, where the AWS CLI would make it, too; not its parents. */
function makeFolderOf(path: string): void {
  try {
    if (fs.lstatSync(dirname(path), { throwIfNoEntry: false }) === undefined)
      fs.mkdirSync(dirname(path), 0o700);
  } catch (error) {
    throw cannotWrite(path, error);
  }
}
