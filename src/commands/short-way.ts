import type { CacheKey } from '../core/names';
import type { StoredSession } from '../core/ports';
import { parseWay, stillHolds, wayName, type ShortWay } from '../core/short-way';
import { lifeLeft } from '../core/stored-sessions';
import type { World } from '../world';

/** What of the machine the short way needs. */
export interface ShortWayPorts extends Pick<World, 'env' | 'now'> {
  readonly store: { entry(key: CacheKey): StoredSession | undefined };
  /** This program's. */
  readonly version: string;
  /** The text of a kept way. */
  readonly kept: (name: string) => string | undefined;
  /** What tells a file as it is now from what it was; empty: there is none. */
  readonly stampOf: (path: string) => string;
}

export interface ShortWayEnd {
  readonly way: ShortWay;
  readonly session: StoredSession['session'];
}

/**
 * Where `tsawsume PROFILE` leads once more, if nothing that leads there has changed since it was resolved: without reading
 * AWS's files.
 * @param minTtlSeconds that the session must have left.
 * @returns undefined when that way can't be gone.
 */
export function goShortWay(
  ports: ShortWayPorts,
  profile: string,
  minTtlSeconds: number,
): ShortWayEnd | undefined {
  const text = ports.kept(wayName(profile));
  const way = text === undefined ? undefined : parseWay(text, profile);
  if (way?.version !== ports.version || !stillHolds(way, ports.env, ports.stampOf)) return undefined;
  const entry = ports.store.entry(way.key);
  if (entry === undefined || JSON.stringify(entry.inputs) !== way.inputs) return undefined;
  return lifeLeft(entry, ports.now()) <= minTtlSeconds * 1000 ? undefined : { way, session: entry.session };
}
