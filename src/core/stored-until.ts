import type { ProfileRow } from './describe-profile';
import type { StoredSession } from './ports';

/**
 * Until when a profile's own session is stored, milliseconds UTC. A session of a role that the profile does not name
 * any more is not its own.
 */
export function storedUntil(
  row: ProfileRow,
  stored: ReadonlyMap<string, readonly StoredSession[]>,
): number | undefined {
  const own = (stored.get(row.profile) ?? []).filter(({ kind, inputs }) =>
    kind === 'get-session-token' ? row.roleArn === undefined : inputs['roleArn'] === row.roleArn,
  );
  return own.reduce<number | undefined>(
    (latest, { session }) => Math.max(latest ?? 0, session.expiresAt),
    undefined,
  );
}

/** Stored sessions by the profile they were fetched for. A Map: a profile may be called `__proto__`. */
export function byProfile(sessions: readonly StoredSession[]): ReadonlyMap<string, readonly StoredSession[]> {
  const map = new Map<string, StoredSession[]>();
  for (const session of sessions) {
    const same = map.get(session.profile);
    if (same === undefined) map.set(session.profile, [session]);
    else same.push(session);
  }
  return map;
}
