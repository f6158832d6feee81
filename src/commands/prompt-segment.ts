import { parseInstant } from '../core/instant';
import { describeSeconds, isoSeconds } from '../core/time';
import type { Environment } from '../world';

/** Who a shell is, as its variables say. */
export interface ShellIdentity {
  readonly profile: string;
  readonly region: string | undefined;
  /** Milliseconds since the epoch, UTC. */
  readonly expiresAt: number | undefined;
}

/** @returns undefined when it is nobody of ours. */
export function shellIdentity(env: Environment): ShellIdentity | undefined {
  const profile = env['TSAWSUME_PROFILE'] ?? '';
  if (profile === '') return undefined;
  const region = env['AWS_REGION'] || env['AWS_DEFAULT_REGION'] || undefined;
  return { profile, region, expiresAt: parseInstant(env['AWS_CREDENTIAL_EXPIRATION'] ?? '') };
}

/** @param now milliseconds since the epoch. */
export const left = (expiresAt: number | undefined, now: number): string =>
  expiresAt === undefined ? '' : expiresAt <= now ? 'expired' : describeSeconds((expiresAt - now) / 1000);

/**
 * `status --format`: a line for a shell's prompt, which asks at every line; nothing when it is nobody. `{profile}`,
 * `{region}`, `{left}`, `{expires}`; anything else stays as it is.
 * @param now milliseconds since the epoch.
 */
export function promptSegment(format: string, env: Environment, now: number): string {
  const shell = shellIdentity(env);
  if (shell === undefined) return '';
  const text = format.replace(/\{(profile|region|left|expires)\}/g, (_, name: string) => {
    if (name === 'profile') return shell.profile;
    if (name === 'region') return shell.region ?? '';
    if (name === 'left') return left(shell.expiresAt, now);
    return shell.expiresAt === undefined ? '' : isoSeconds(shell.expiresAt);
  });
  return `${text}\n`;
}
