import * as fs from 'node:fs';
import { basename, dirname, isAbsolute } from 'node:path';
import { refused } from '../errors';
import { errorCode } from './error-code';
import { removeDeadTemps, tempSuffix } from './temp-names';

const { O_CREAT, O_DIRECTORY, O_EXCL, O_NOFOLLOW, O_RDONLY, O_WRONLY } = fs.constants;

/**
 * Replaces a file in one step: whoever looks, and whatever dies when, sees the old bytes or the new bytes, all of
 * them. `path` itself is replaced, so a symlink there would be, too: see `resolveTarget`.
 * @param temp a path on the same file system that nobody else uses; gone afterwards, also on failure.
 * @param mode the permissions of the new file, from its first instant.
 * @param more.owner who it is to belong to, where we may give it away; where not, its group gets no rights.
 * @param more.last runs when all is written, before the new file takes the old one's place: to throw is to keep that.
 * @param more.mayGo a power cut may take it, or a part of it, and the old one too: for files that tell by themselves whether
 *   they are whole, and can be had again. Syncing takes 0.7 ms to 10, by the disk.
 * @throws NodeJS.ErrnoException; the old file is then untouched.
 */
export function replaceFile(
  path: string,
  content: string | Uint8Array,
  temp: string,
  mode = 0o600,
  more: { readonly owner?: Owner; readonly last?: () => void; readonly mayGo?: boolean } = {},
): void {
  // Private at birth whatever the umask; the wished mode only once it is whole.
  const fd = fs.openSync(temp, O_CREAT | O_EXCL | O_WRONLY | O_NOFOLLOW, 0o600);
  try {
    try {
      fillPrivately(fd, content, mode, more);
    } finally {
      fs.closeSync(fd);
    }
    more.last?.();
    fs.renameSync(temp, path);
  } catch (error) {
    removeQuietly(temp);
    throw error;
  }
  if (more.mayGo !== true) syncFolder(dirname(path));
}

export interface Owner {
  readonly uid: number;
  readonly gid: number;
}

function fillPrivately(
  fd: number,
  content: string | Uint8Array,
  mode: number,
  { owner, mayGo }: { readonly owner?: Owner; readonly mayGo?: boolean },
): void {
  // umask may have taken away even the owner's bits.
  fs.fchmodSync(fd, 0o600);
  const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : content;
  // Loops until all is written; writeSync would not.
  fs.writeFileSync(fd, bytes);
  // A full disk was seen to end a write early without an error: never rename what is not whole.
  if (fs.fstatSync(fd).size !== bytes.length) throw shortWrite();
  const wished = owner === undefined || giveTo(fd, owner) ? mode : mode & ~0o070;
  if (wished !== 0o600) fs.fchmodSync(fd, wished);
  if (mayGo === true) return;
  try {
    fs.fsyncSync(fd);
  } catch (error) {
    // Some file systems have no fsync; that is no reason to keep nothing.
    if (!['EINVAL', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP'].includes(errorCode(error))) throw error;
  }
}

/** False when its group could not be kept. */
function giveTo(fd: number, { uid, gid }: Owner): boolean {
  const born = fs.fstatSync(fd);
  if (born.uid === uid && born.gid === gid) return true;
  for (const owner of [uid, born.uid]) {
    try {
      fs.fchownSync(fd, owner, gid);
      return true;
    } catch {
      // Only root gives files away; a group of our own we may set.
      continue;
    }
  }
  return false;
}

function shortWrite(): Error {
  return Object.assign(new Error('EIO: not all of the file could be written'), { code: 'EIO' });
}

/** So that the rename outlives a power cut; not every system lets a folder be synced, and none needs it to go on. */
function syncFolder(path: string): void {
  try {
    const fd = fs.openSync(path, O_RDONLY | O_DIRECTORY);
    try {
      fs.fsyncSync(fd);
    } finally {
      fs.closeSync(fd);
    }
  } catch {
    return;
  }
}

function removeQuietly(path: string): void {
  try {
    fs.unlinkSync(path);
  } catch {
    return;
  }
}

/**
 * Writes a file that a user named (`export --output`): whole or not at all, 0600, through symlinks to the file they
 * lead to. The temp lies beside it, since only there a rename is sure to work; one that a killed run left is removed
 * by the next write of the same file.
 * @throws TsawsumeError `refused`, for a loop of links and for anything that is not a plain file.
 */
export function writePrivateFile(path: string, text: string): void {
  const target = resolveTarget(path);
  const prefix = `.${basename(target).slice(0, 60)}.tsawsume-`;
  try {
    removeDeadTemps(dirname(target), prefix, Date.now());
    replaceFile(target, text, `${dirname(target)}/${prefix}${tempSuffix()}`);
  } catch (error) {
    throw cannotWrite(path, error);
  }
}

/** The kernel's own limit, path_resolution(7). */
const MOST_LINKS = 40;

/**
 * The file that writing to `path` would write to: symlinks followed as the kernel does, the last of them may dangle.
 * @throws TsawsumeError `refused`, when that is no plain file, in no folder, or at the end of no chain of links.
 */
export function resolveTarget(path: string): string {
  let at = path;
  for (let links = 0; links <= MOST_LINKS; links += 1) {
    const folder = realFolder(path, at);
    const candidate = `${folder === '/' ? '' : folder}/${basename(at)}`;
    const found = look(path, at.endsWith('/') ? `${candidate}/` : candidate);
    if (found === undefined || found.isFile()) return candidate;
    if (!found.isSymbolicLink()) {
      throw refused(
        `can't write ${path}: it is not a plain file`,
        'Name a file, or a path where there is nothing yet.',
      );
    }
    const next = fs.readlinkSync(candidate);
    at = isAbsolute(next) ? next : `${folder}/${next}`;
  }
  throw refused(
    `can't write ${path}: its symbolic links go round in a circle`,
    'Remove the link, or name another file.',
  );
}

function realFolder(path: string, at: string): string {
  try {
    return fs.realpathSync.native(dirname(at));
  } catch (error) {
    throw cannotWrite(path, error);
  }
}

function look(path: string, candidate: string): fs.Stats | undefined {
  try {
    return fs.lstatSync(candidate, { throwIfNoEntry: false });
  } catch (error) {
    throw cannotWrite(path, error);
  }
}

export function cannotWrite(path: string, error: unknown): Error {
  const hint =
    errorCode(error) === 'ENOENT' ? 'Its folder does not exist: make it, or name another file.' : undefined;
  return refused(`can't write ${path}: ${whatFailed(error)}`, hint, { cause: error });
}

/** Node's message without the paths, which repeat themselves and name the temp: `ENOSPC: no space left on device`. */
export function whatFailed(error: unknown): string {
  if (!(error instanceof Error)) return 'it failed';
  return error.message.replace(/, [a-z]+(?: '.*)?$/s, '');
}
