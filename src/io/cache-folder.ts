import * as fs from 'node:fs';
import { refused } from '../errors';
import { errorCode } from './error-code';
import { isAbsent } from './is-absent';
import { isOwn, isPrivate } from './private-stat';
import { list, removeDeadTemps, tempSuffix } from './temp-names';

const { O_DIRECTORY, O_NOFOLLOW, O_RDONLY } = fs.constants;

/** Entries, ways, and what else is remembered, facts, uses and a completion's answers: the only names that are ever read or removed. */
export const ENTRY_NAME = /^([0-9a-f]{32})\.json$/;
const FACT_NAME = /^(?:fact-[0-9a-f]{16}\.json|(?:answer|use)-[0-9a-f]{16}\.txt)$/;
export const WAY_NAME = /^way-[\w.!~*'()%-]+\.txt$/;

/** The folder of secrets: `cache` with its `tmp`, `locks` and `keyring`. Made when first written to, never before. */
export interface CacheFolder {
  readonly path: string;
  /** Whether what lies in it may be believed. A folder that others could write to is closed to them, and emptied. */
  isSound(): boolean;
  /** Makes what is missing. Throws an error whose message a person can read when it can't be trusted or made. */
  prepare(subfolder: 'tmp' | 'locks' | 'keyring'): void;
  /** A new path in `tmp`, after `prepare('tmp')`. */
  temp(): string;
  /** Removes what killed runs left in `tmp`: one listing of a folder that is nearly always empty. */
  removeLeftovers(now: number): void;
}

/** @param home `~/.tsawsume`, or where `TSAWSUME_HOME` says. */
export function cacheFolder(home: string): CacheFolder {
  const path = `${home}/cache`;
  return {
    path,
    isSound: () => stateOf(path) === 'sound',
    prepare(subfolder) {
      const state = stateOf(path);
      if (state === 'refused') throw refused(`${path} is not a folder of our own`);
      if (state === 'absent') {
        // Not its parents: a home that does not exist is not ours to make.
        makeFolder(home);
        makeFolder(path);
      }
      makeSubfolder(`${path}/${subfolder}`);
    },
    temp: () => `${path}/tmp/${tempSuffix()}`,
    removeLeftovers(now) {
      if (isPlainFolder(`${path}/tmp`)) removeDeadTemps(`${path}/tmp`, '', now);
    },
  };
}

type FolderState = 'absent' | 'sound' | 'refused';

function stateOf(path: string): FolderState {
  let stat: fs.Stats | undefined;
  try {
    // Not stat: a symlink in its place would lead anywhere.
    stat = fs.lstatSync(path, { throwIfNoEntry: false });
  } catch (error) {
    return errorCode(error) === 'ENOTDIR' ? 'absent' : 'refused';
  }
  if (stat === undefined) return 'absent';
  if (!stat.isDirectory() || !isOwn(stat)) return 'refused';
  if (isPrivate(stat)) return 'sound';
  return closeToOthers(path) ? 'sound' : 'refused';
}

/** Others could have read, replaced or removed anything in it: nothing in it is believed any more. */
function closeToOthers(path: string): boolean {
  try {
    // By descriptor, so that it is the folder that was looked at, whatever has taken its place since.
    const fd = fs.openSync(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
    try {
      if (!isOwn(fs.fstatSync(fd))) return false;
      fs.fchmodSync(fd, 0o700);
    } finally {
      fs.closeSync(fd);
    }
    removeStored(path);
    return !list(path).some(isStored);
  } catch {
    return false;
  }
}

const isStored = (name: string): boolean =>
  [ENTRY_NAME, WAY_NAME, FACT_NAME].some((names) => names.test(name));

/** Removes every entry and fact; links, never what they lead to. Gives the number of entries removed. */
export function removeStored(path: string): number {
  let entries = 0;
  for (const name of list(path).filter(isStored)) {
    if (removeName(`${path}/${name}`) && ENTRY_NAME.test(name)) entries += 1;
  }
  return entries;
}

/** Takes a name out of its folder: a file, a link, an empty folder. */
export function removeName(path: string): boolean {
  try {
    fs.unlinkSync(path);
    return true;
  } catch {
    try {
      fs.rmdirSync(path);
      return true;
    } catch {
      return false;
    }
  }
}

/** Makes a folder of ours, closed to all others from its birth; one that is there is left as it is. */
export function makeFolder(path: string): void {
  if (!isAbsent(path)) return;
  try {
    fs.mkdirSync(path, 0o700);
    // umask can only have taken bits away; without the owner's own we could not use it.
    fs.chmodSync(path, 0o700);
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
  }
}

function makeSubfolder(path: string): void {
  const stat = fs.lstatSync(path, { throwIfNoEntry: false });
  if (stat?.isDirectory() === true && isOwn(stat)) {
    if (!isPrivate(stat)) fs.chmodSync(path, 0o700);
    return;
  }
  // Our folder holds nothing else by this name: whatever it is, it is in the way.
  if (stat !== undefined) fs.unlinkSync(path);
  makeFolder(path);
}

function isPlainFolder(path: string): boolean {
  try {
    return fs.lstatSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
  } catch {
    return false;
  }
}
