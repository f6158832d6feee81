import * as fs from 'node:fs';
import type { Holder } from '../core/ports';
import { isPrivate } from './private-stat';
import { errorCode } from './error-code';
import { isAbsent } from './is-absent';
import { judge, parseIdentity, UNKNOWN_PATIENCE } from './process-identity';
import type { Liveness, ProcessIdentity } from './process-identity';

const { O_NOFOLLOW, O_NONBLOCK, O_RDONLY } = fs.constants;

/** `f` or `a` for what the holder does, the token of the term, the identity of the holder. */
const FORM = /^([fa]) ([0-9a-f]{32}) (\S+)\n$/;
const LONGEST = 256;

export interface LockRecord {
  /** Names the term: as long as the first file of a lock carries this token, it is that term. */
  readonly token: string;
  /** Absent in a record that a power cut has torn: its process died with the machine. */
  readonly owner?: ProcessIdentity;
  readonly doing: Holder['doing'];
  /** When it was last written, milliseconds since the epoch. */
  readonly writtenAt: number;
}

export const formatRecord = (token: string, identity: string): string => `f ${token} ${identity}\n`;

/** What the first byte of a record says; written over in place, so that it can only ever change one's own record. */
export const doingByte = (doing: Holder['doing']): string => (doing === 'asking' ? 'a' : 'f');

/**
 * @returns undefined when there is none.
 * @throws NodeJS.ErrnoException when there is something that can't be read, or that is not ours.
 */
export function readRecord(path: string): LockRecord | undefined {
  if (isAbsent(path)) return undefined;
  let fd: number;
  try {
    fd = fs.openSync(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
  try {
    const stat = fs.fstatSync(fd);
    if (!stat.isFile() || !isPrivate(stat)) throw new Error('not a lock of ours');
    const bytes = Buffer.alloc(LONGEST);
    const text = bytes.toString('latin1', 0, fs.readSync(fd, bytes, 0, LONGEST, 0));
    const [, doing, token, identity] = FORM.exec(text) ?? [];
    const owner = parseIdentity(identity ?? '');
    const writtenAt = stat.mtimeMs;
    if (token === undefined || owner === undefined) {
      return { token: `torn${stat.ino}x${Math.trunc(writtenAt)}`, doing: 'fetching', writtenAt };
    }
    return { token, owner, doing: doing === 'a' ? 'asking' : 'fetching', writtenAt };
  } finally {
    fs.closeSync(fd);
  }
}

/** Whether the holder still lives. Who can't be looked up is believed dead when silent for `UNKNOWN_PATIENCE`. */
export function livenessOf(record: LockRecord, now: number): Liveness {
  const liveness = record.owner === undefined ? 'dead' : judge(record.owner);
  if (liveness !== 'unknown') return liveness;
  return Math.abs(now - record.writtenAt) > UNKNOWN_PATIENCE ? 'dead' : 'unknown';
}
