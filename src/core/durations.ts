import { badProfile, usage, type TsawsumeError } from '../errors';
import type { Chain } from './chain';
import { describeOrigin, type Sourced } from './names';
import type { RoleProfile } from './profile';
import type { Request } from './request';
import { describeSeconds } from './time';
import { quoted } from './words';

/** STS, AssumeRole: DurationSeconds. */
export const ROLE_SECONDS = { least: 900, most: 43_200 } as const;
/** STS, GetSessionToken: DurationSeconds. */
export const USER_SECONDS = { least: 900, most: 129_600 } as const;
/** IAM, role chaining: what a role may last when temporary keys ask for it. */
export const CHAINED_SECONDS = 3600;

interface Circumstances {
  /** The keys at the start are temporary. */
  readonly temporary: boolean;
  /** The chain needs a code. */
  readonly mfa: boolean;
  readonly longestOf: (roleArn: string) => number | undefined;
}

export interface Durations {
  /** What the role at this place of the chain asks for; undefined: AWS's default. */
  of(index: number): Sourced<number> | undefined;
  /** The code goes with AssumeRole itself, since a session token would cap the role at an hour. */
  readonly codeWithRole: boolean;
  readonly notes: readonly string[];
}

/** How long each role is asked for (semantics 14, 16). The command line and the settings speak of the last only. */
export function chooseDuration(chain: Chain, request: Request, now: Circumstances): Durations {
  const notes: string[] = [];
  const only = chain.roles.length === 1 && !now.temporary;
  const wished = chain.roles.map((role, index) => {
    const wish = wishOf(role, index === chain.roles.length - 1, request);
    return wish === undefined ? undefined : learned(role, wish, now, notes);
  });
  const codeWithRole = now.mfa && (now.temporary || (only && (wished[0]?.value ?? 0) > CHAINED_SECONDS));
  const chosen = wished.map((wish, index) => {
    const direct = index === 0 && !now.temporary && 'by' in chain.start && (!now.mfa || codeWithRole);
    if (direct || wish === undefined || wish.value <= CHAINED_SECONDS) return wish;
    notes.push(
      `${quoted(chain.roles[index]?.name ?? '')}: ${describeSeconds(wish.value)} was asked for (${describeOrigin(wish.from)}), but a role assumed with temporary keys lasts 1h at most, so 1h it is`,
    );
    return { value: CHAINED_SECONDS, from: `${describeOrigin(wish.from)}, capped: role chaining` };
  });
  return { of: (index) => chosen[index], codeWithRole, notes };
}

function wishOf(role: RoleProfile, isLast: boolean, request: Request): Sourced<number> | undefined {
  const wish = isLast
    ? (request.duration ?? role.durationSeconds ?? request.settingsDuration)
    : role.durationSeconds;
  if (wish !== undefined) checkRange(wish, ROLE_SECONDS, 'a role');
  return wish;
}

/** A role that refused a longer session before is asked for what it took then. */
function learned(
  role: RoleProfile,
  wish: Sourced<number>,
  now: Circumstances,
  notes: string[],
): Sourced<number> {
  const longest = now.longestOf(role.roleArn.value);
  if (longest === undefined || wish.value <= longest) return wish;
  notes.push(
    `${quoted(role.name)} gives ${describeSeconds(longest)} at most: it refused more before (--refresh asks it again)`,
  );
  return { value: longest, from: `${describeOrigin(wish.from)}, what the role took before` };
}

/** How long a user's own session is asked for, when the user is what was asked for; shared ones last AWS's default. */
export function userDuration(chain: Chain, request: Request): Sourced<number> | undefined {
  if (chain.roles.length > 0) return undefined;
  const wish = request.duration ?? chain.startProfile.durationSeconds;
  if (wish !== undefined) checkRange(wish, USER_SECONDS, 'a session token');
  return wish;
}

/** A web identity's role is opened by the token itself: no chain, up to the role's own maximum. */
export function webIdentityDuration(
  own: Sourced<number> | undefined,
  isLast: boolean,
  request: Request,
): Sourced<number> | undefined {
  const wish = isLast ? (request.duration ?? own ?? request.settingsDuration) : own;
  if (wish !== undefined) checkRange(wish, ROLE_SECONDS, 'a role');
  return wish;
}

function checkRange(wish: Sourced<number>, range: { least: number; most: number }, whose: string): void {
  if (wish.value >= range.least && wish.value <= range.most) return;
  throw outOfRange(wish, range, whose);
}

function outOfRange(
  wish: Sourced<number>,
  range: { least: number; most: number },
  whose: string,
): TsawsumeError {
  const message = `a duration of ${String(wish.value)} seconds is out of range for ${whose} (${describeOrigin(wish.from)})`;
  const hint = `ask for ${describeSeconds(range.least)} to ${describeSeconds(range.most)} (${String(range.least)} to ${String(range.most)} seconds)`;
  return typeof wish.from === 'string' && wish.from.startsWith('--')
    ? usage(message, hint)
    : badProfile(message, hint);
}
