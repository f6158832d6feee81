import { existsSync, fstatSync, statSync, utimesSync, writeSync } from 'node:fs';
import { leadsThere, parseWay, wayName, type Line, type ShortWay } from '../core/short-way';
import { describeSeconds } from '../core/time';
import { closeDiagnostics } from '../io/diagnostics';
import { stampOf } from '../io/file-state';
import { ownHomeOf } from '../io/own-home';
import { keptText, soundFolder, storedKeys } from '../io/quick-store';
import { readUptime } from '../io/uptime';
import type { Outcome, Unwritten } from './outcome';

/** Replaced by the build: package.json's version, and a hash of all sources. */
declare const TSAWSUME_SOURCES: string;

interface End {
  readonly folder: string;
  readonly way: ShortWay;
  readonly stdout: string;
}

/**
 * The same line as before, where nothing has changed that decides what it writes: `tsawsume PROFILE` and `export`.
 * Whatever is not just as it was is for the long way: that of a write, too, of which nothing went out.
 */
export function take(): Outcome {
  const now = Date.now();
  const end = find(now);
  if (end === undefined) return 'not taken';
  const { folder, way, stdout } = end;
  const written = write(1, stdout);
  if (written === 0) return 'not taken';
  const left: Unwritten[] = [];
  if (written < Buffer.byteLength(stdout)) left.push({ fd: 1, text: stdout, written });
  if (way.told !== null) {
    const { line, expiresAt, used } = way.told;
    touch(`${folder}/${used}`, now / 1000);
    const stderr = `${line}${describeSeconds((expiresAt - now) / 1000)})\n`;
    const told = left.length > 0 ? 0 : write(2, stderr);
    if (told < Buffer.byteLength(stderr)) left.push({ fd: 2, text: stderr, written: told });
  }
  return left.length === 0 ? 'over' : left;
}

/** Undefined whenever anything is in doubt, or fails. */
function find(now: number): End | undefined {
  const { argv, env, platform } = process;
  try {
    const line: Line = [env['TSAWSUME_SHELL'] ?? '', ...argv.slice(2)];
    const name = wayName(line);
    const folder = soundFolder(ownHomeOf(env, platform));
    if (name === undefined || folder === undefined) return undefined;
    const text = keptText(folder, name);
    const way = text === undefined ? undefined : parseWay(text, line, TSAWSUME_SOURCES);
    if (way === undefined || !leadsThere(way, env, stampOf, now, readUptime())) return undefined;
    if (way.hidden && mayBeTerminal()) return undefined;
    if (way.told !== null && !existsSync(`${folder}/${way.told.used}`)) return undefined;
    closeDiagnostics();
    const keys = storedKeys(folder, way.key);
    if (keys?.accessKeyId !== way.accessKeyId) return undefined;
    const [before, between, after] = way.text;
    const stdout = before + keys.secretAccessKey + between + keys.sessionToken + after;
    return { folder, way, stdout };
  } catch {
    return undefined;
  }
}

/** Whether stdout is more than a pipe, a file, or the device that takes everything. */
function mayBeTerminal(): boolean {
  const stat = fstatSync(1);
  return stat.isCharacterDevice() && stat.rdev !== statSync('/dev/null').rdev;
}

/** How many bytes went out: nearly always all of them at once, and else it is for others to go on. */
function write(fd: number, text: string): number {
  try {
    return writeSync(fd, text);
  } catch {
    return 0;
  }
}

/** @param seconds since the epoch. */
function touch(path: string, seconds: number): void {
  try {
    utimesSync(path, seconds, seconds);
  } catch {
    // Gone since, by another run's `logout`; or not to be touched, even by us. It is a convenience.
    return;
  }
}
