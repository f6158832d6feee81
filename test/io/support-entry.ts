import { isCacheKey, isProfileName } from '../../src/core/names';
import type { CacheKey, ProfileName } from '../../src/core/names';
import type { StoredSession } from '../../src/core/ports';
import { Secret } from '../../src/core/secret';

export function cacheKey(digit: string): CacheKey {
  const key = digit.repeat(32);
  if (!isCacheKey(key)) throw new Error('not a key');
  return key;
}

export function profileName(name: string): ProfileName {
  if (!isProfileName(name)) throw new Error('not a name');
  return name;
}

export const T0 = Date.UTC(2026, 2, 1, 12);
export const HOUR = 3_600_000;

/** A session of one hour, fetched at T0. */
export function entry(changes: Partial<StoredSession> = {}): StoredSession {
  return {
    key: cacheKey('a'),
    inputs: {
      role: 'arn:aws:iam::123456789012:role/reader',
      duration: 3600,
      tags: ['a=b'],
      source: { id: 'AKIAEXAMPLE' },
    },
    kind: 'assume-role',
    profile: profileName('cli-role'),
    obtainedAt: T0,
    lifetimeSeconds: 3600,
    session: {
      accessKeyId: 'ASIAEXAMPLE',
      secretAccessKey: new Secret('secret/key+1'),
      sessionToken: new Secret('token=='),
      expiresAt: T0 + HOUR,
    },
    ...changes,
  };
}

/** A session with its secrets laid open, to compare. */
export function revealed(stored: StoredSession | undefined): unknown {
  return (
    stored && {
      ...stored,
      session: {
        ...stored.session,
        secretAccessKey: stored.session.secretAccessKey.reveal(),
        sessionToken: stored.session.sessionToken?.reveal(),
      },
    }
  );
}
