import { describeSeconds, localTime } from '../core/time';
import type { World } from '../world';

/**
 * What a person reads when a shell has become somebody.
 * @param ofUser a user's own session, not a role's.
 * @param expiresAt milliseconds since the epoch.
 */
export const expiryLine = (
  ofUser: boolean,
  profile: string,
  expiresAt: number,
  world: Pick<World, 'now' | 'aheadOfUtc'>,
): string =>
  `${expiryLineUntil(ofUser, profile, expiresAt, world)}${describeSeconds((expiresAt - world.now()) / 1000)})`;

/** The same, up to the time that is left: what does not change with every run. */
export function expiryLineUntil(
  ofUser: boolean,
  profile: string,
  expiresAt: number,
  { aheadOfUtc }: Pick<World, 'aheadOfUtc'>,
): string {
  const what = ofUser ? 'Session token' : `[${profile}] Role credentials`;
  return `${what} will expire at ${localTime(expiresAt, aheadOfUtc(expiresAt))} (in `;
}
