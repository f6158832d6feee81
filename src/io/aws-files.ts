import { closeSync, constants, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { underHome } from '../core/home-path';
import { keysOf, profilesOf } from '../core/profiles';
import { badProfile } from '../errors';
import type { AwsFiles, Environment, FileState } from '../world';
import { isPlainFile, stateOfOpen, stateOfPath } from './file-state';
import { readConfigFile, readCredentialsFile } from './ini';

/** Paths that the command line or the settings give; they win over the environment's. */
export interface GivenPaths {
  readonly config?: string | undefined;
  readonly credentials?: string | undefined;
}

/** Where AWS's two files are, whether or not they exist. Undefined: there is no HOME, and nothing names a file. */
export interface AwsFilePaths {
  readonly config: string | undefined;
  readonly credentials: string | undefined;
}

/**
 * Given paths > `AWS_CONFIG_FILE` and `AWS_SHARED_CREDENTIALS_FILE` > `~/.aws`; each file by itself; a leading `~/`
 * is HOME; an empty variable is no variable (semantics 1).
 * @throws profile, when a path begins with `~/` and there is no HOME.
 */
export function awsFilePaths(given: GivenPaths, env: Environment, home: string | undefined): AwsFilePaths {
  const place = (named: string | undefined, fallback: string): string | undefined => {
    if (named !== undefined && named !== '') return underHome(named, home);
    return home === undefined || home === '' ? undefined : join(home, '.aws', fallback);
  };
  return {
    config: place(given.config || env['AWS_CONFIG_FILE'], 'config'),
    credentials: place(given.credentials || env['AWS_SHARED_CREDENTIALS_FILE'], 'credentials'),
  };
}

/**
 * Both files, read now and once; their profiles are parsed when they are asked for. A missing file is an empty one.
 * @param look told of each as it was when it was read.
 * @throws profile, naming the file, when it can't be read or is no text in UTF-8.
 */
export function readAwsFiles(
  given: GivenPaths,
  env: Environment,
  home: string | undefined,
  look: (state: FileState) => void = () => undefined,
): AwsFiles {
  const paths = awsFilePaths(given, env, home);
  const config = readConfigFile(paths.config ?? '', textOf(paths.config, look));
  const credentials = readCredentialsFile(paths.credentials ?? '', textOf(paths.credentials, look));
  return {
    paths,
    profiles: profilesOf(config, credentials),
    keysOf: (name) => keysOf(config, credentials, name),
  };
}

/** The usual way to say "no such file, please". Any other device is refused. */
const NO_FILE = '/dev/null';

function textOf(path: string | undefined, look: (state: FileState) => void): string {
  if (path === undefined) return '';
  if (path === NO_FILE) {
    look(stateOfPath(path));
    return '';
  }
  const bytes = bytesOf(path, look);
  return bytes === undefined ? '' : decode(path, bytes);
}

function bytesOf(path: string, look: (state: FileState) => void): Buffer | undefined {
  let fd: number | undefined;
  try {
    // Without O_NONBLOCK the opening of a FIFO waits for a writer that may never come.
    fd = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK || 0));
    const state = stateOfOpen(path, fd);
    look(state);
    if (isPlainFile(state)) return readFileSync(fd);
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOENT') {
      look({ path, stamp: '' });
      return undefined;
    }
    throw badProfile(
      `can't read ${path}: ${REASONS.get(code) ?? code}`,
      'make it a file that you can read, or name another',
    );
  } finally {
    if (fd !== undefined) closeSync(fd);
  }
  throw badProfile(
    `can't read ${path}: it is not a regular file`,
    'make it a file that you can read, or name another',
  );
}

const REASONS: ReadonlyMap<string, string> = new Map([
  ['EACCES', 'permission denied'],
  ['EPERM', 'permission denied'],
  ['EISDIR', 'it is a directory'],
  ['ELOOP', 'its symbolic links go in a circle'],
  ['ENOTDIR', 'a part of its path is not a directory'],
  ['ENXIO', 'it is not a regular file'],
  ['ENAMETOOLONG', 'the path is too long'],
]);

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : 'unknown error';
}

const UTF8_HINT = 'save the file as UTF-8 (Windows editors may call UTF-16 "Unicode")';

/**
 * UTF-8, with or without a byte-order mark. Bytes that are not UTF-8 become U+FFFD, which the grammar tolerates in
 * comments and nowhere else; a NUL, as in UTF-16, spoils the whole file.
 */
export function decode(path: string, bytes: Buffer): string {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) {
    throw badProfile(`${path}:1: the file is in UTF-16`, UTF8_HINT);
  }
  const nul = bytes.indexOf(0);
  if (nul !== -1) {
    const line = bytes.subarray(0, nul).toString('latin1').split('\n').length;
    throw badProfile(`${path}:${line}: a NUL byte, which no text holds`, UTF8_HINT);
  }
  const text = bytes.toString('utf8');
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}
