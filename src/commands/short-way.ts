import { becoming } from '../core/identity';
import type { CacheKey } from '../core/names';
import type { StoredSession } from '../core/ports';
import { parseWay, stillHolds, wayName } from '../core/short-way';
import { lifeLeft } from '../core/stored-sessions';
import { isBourne } from '../shells/bourne';
import { json } from '../shells/json';
import { posix } from '../shells/posix';
import { credentialProcess } from '../shells/process';
import type { Shell } from '../shells/shell';
import type { World } from '../world';
import { expiryLine } from './expiry-line';

/** What of the machine the short way needs. */
export interface ShortWayPorts extends Pick<World, 'env' | 'out' | 'people' | 'now' | 'aheadOfUtc'> {
  readonly store: { entry(key: CacheKey): StoredSession | undefined };
  /** This program's. */
  readonly version: string;
  /** The text of a kept way. */
  readonly kept: (name: string) => string | undefined;
  /** What tells a file as it is now from what it was; empty: there is none. */
  readonly stampOf: (path: string) => string;
  /** Puts a profile in front of those that were used last. */
  noteUse(profile: string): void;
}

/** The forms of `export` that have it: for shells, for programs, and for the AWS SDKs. */
export const SHORT_FORMATS = ['env', 'json', 'process'] as const;
export type ShortFormat = (typeof SHORT_FORMATS)[number];
const FORMATS: Readonly<Record<ShortFormat, Shell>> = { env: posix, json, process: credentialProcess };

/** A line that needs no parser: a profile's name, or what is written into a `credential_process`. */
export interface ShortLine {
  readonly profile: string;
  /** Undefined: the shell becomes it. */
  readonly format: ShortFormat | undefined;
  /** Seconds that the session must have left. */
  readonly minTtlSeconds: number;
}

/**
 * `tsawsume PROFILE` or `export PROFILE` once more, where nothing that leads there has changed since it was resolved:
 * does what they do, without reading AWS's files. Throws `refused` as they do.
 * @returns false when that way can't be gone, and nothing was done.
 */
export function takeShortWay(ports: ShortWayPorts, { profile, format, minTtlSeconds }: ShortLine): boolean {
  const { env, out, store, stampOf } = ports;
  const shell = env['TSAWSUME_SHELL'] ?? '';
  // What a function captured to eval would have to be code that prints it.
  if (format === undefined ? !isForShell(shell, out) : shell !== '') return false;
  const text = ports.kept(wayName(profile));
  const way = text === undefined ? undefined : parseWay(text, profile);
  if (way?.version !== ports.version || !stillHolds(way, env, stampOf)) return false;
  const entry = store.entry(way.key);
  if (entry === undefined || JSON.stringify(entry.inputs) !== way.inputs) return false;
  if (lifeLeft(entry, ports.now()) <= minTtlSeconds * 1000) return false;
  const { session } = entry;
  const shown = format === undefined ? posix : FORMATS[format];
  out.write(shown.render(becoming({ profile: way.profile, session, region: way.region }, env)));
  if (format !== undefined) return true;
  ports.noteUse(way.profile);
  ports.people.say(expiryLine(way.ofUser, way.profile, session.expiresAt, ports));
  return true;
}

/** Whether there is somebody to take the code: its function, or an eval, which captures it. */
const isForShell = (shell: string, out: World['out']): boolean =>
  shell === '' ? !out.isTerminal : isBourne(shell);
