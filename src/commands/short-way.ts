import { becoming } from '../core/identity';
import type { CacheKey } from '../core/names';
import type { SessionStore, StoredSession } from '../core/ports';
import { recentProfiles } from '../core/recent';
import { parseWay, stillHolds, wayName } from '../core/short-way';
import { lifeLeft } from '../core/stored-sessions';
import { isBourne } from '../shells/bourne';
import { posix } from '../shells/posix';
import type { World } from '../world';
import { expiryLine } from './expiry-line';

/** What of the machine the short way needs. */
export interface ShortWayPorts extends Pick<World, 'env' | 'out' | 'people' | 'now' | 'aheadOfUtc'> {
  readonly store: Pick<SessionStore, 'recall'> & { entry(key: CacheKey): StoredSession | undefined };
  /** This program's. */
  readonly version: string;
  /** The text of a kept way. */
  readonly kept: (name: string) => string | undefined;
  /** What tells a file as it is now from what it was; empty: there is none. */
  readonly stampOf: (path: string) => string;
  /** Puts a profile in front of those that were used last. */
  noteUse(): void;
}

/**
 * `tsawsume PROFILE` once more, where nothing that leads there has changed since it was resolved: does what `assume`
 * does, without reading AWS's files. Throws `refused` as that does.
 * @returns false when that way can't be gone, and nothing was done.
 */
export function takeShortWay(ports: ShortWayPorts, word: string): boolean {
  const { env, out, store, stampOf } = ports;
  const shell = env['TSAWSUME_SHELL'] ?? '';
  if (shell === '' ? out.isTerminal : !isBourne(shell)) return false;
  const text = ports.kept(wayName(word));
  const way = text === undefined ? undefined : parseWay(text, word);
  if (way?.version !== ports.version || !stillHolds(way, env, stampOf)) return false;
  const entry = store.entry(way.key);
  if (entry === undefined || JSON.stringify(entry.inputs) !== way.inputs) return false;
  if (lifeLeft(entry, ports.now()) <= way.minTtlSeconds * 1000) return false;
  const { session } = entry;
  out.write(posix.render(becoming({ profile: way.profile, session, region: way.region }, env)));
  if (recentProfiles(store)[0] !== way.profile) ports.noteUse();
  ports.people.say(expiryLine(way.ofUser, way.profile, session.expiresAt, ports));
  return true;
}
