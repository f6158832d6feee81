import { describeExpiry } from '../core/time';
import type { World } from '../world';

/**
 * What a person reads when a shell has become somebody.
 * @param ofUser a user's own session, not a role's.
 * @param expiresAt milliseconds since the epoch.
 */
export function expiryLine(
  ofUser: boolean,
  profile: string,
  expiresAt: number,
  { now, aheadOfUtc }: Pick<World, 'now' | 'aheadOfUtc'>,
): string {
  const until = describeExpiry(expiresAt, now(), aheadOfUtc(expiresAt));
  return ofUser
    ? `Session token will expire at ${until}`
    : `[${profile}] Role credentials will expire at ${until}`;
}
