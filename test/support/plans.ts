import { resolveChain, type Chain } from '../../src/core/chain';
import { makePlan, type Knowledge } from '../../src/core/make-plan';
import type { FetchedStep, Plan, Step } from '../../src/core/plan';
import { profilesOf } from '../../src/core/profiles';
import { makeRequest, type Request, type SessionFlags } from '../../src/core/request';
import type { Settings } from '../../src/core/settings';
import { files } from './profile-files';

/** What decides a plan, as a user writes it. */
export interface Wish {
  readonly config?: string;
  readonly credentials?: string;
  /** Absent: `x`. */
  readonly profile?: string;
  readonly flags?: SessionFlags;
  readonly env?: Readonly<Record<string, string>>;
  readonly settings?: Settings;
  readonly policy?: string;
  readonly machine?: string;
  /** What each role took before, in seconds, by its ARN. */
  readonly longest?: Readonly<Record<string, number>>;
  readonly startIsTemporary?: boolean;
}

export const arn = (role: string): string => `arn:aws:iam::123456789012:role/${role}`;
export const SERIAL = 'arn:aws:iam::123456789012:mfa/me';
/** A user `u` with keys, for the credentials file. */
export const USER = '[u]\naws_access_key_id = AKIAUSER\naws_secret_access_key = user/secret\n';
export const TEMPORARY = `${USER}aws_session_token = user/token\n`;
/** `[profile NAME]`, a role of that name over a source. */
export const role = (name: string, source: string, more = ''): string =>
  `[profile ${name}]\nrole_arn = ${arn(name)}\nsource_profile = ${source}\n${more}\n`;

export const profilesIn = ({ config = '', credentials = USER }: Wish) =>
  profilesOf(...files(config, credentials));

export function requestOf(wish: Wish): Request {
  return makeRequest(wish.profile ?? 'x', wish.flags ?? {}, wish.env ?? {}, wish.settings ?? {}, {
    machine: wish.machine ?? 'host',
    policy: wish.policy === undefined ? undefined : { text: wish.policy, where: '--session-policy' },
    given: undefined,
    user: () => 'me',
    meant: (name) => name,
  });
}

export function chainOf(wish: Wish): Chain {
  const request = requestOf(wish);
  return resolveChain(profilesIn(wish), request.profile, request.role);
}

export function planOf(wish: Wish): Plan {
  const knowledge: Knowledge = {
    longestOf: (asked) => wish.longest?.[asked],
    ...(wish.startIsTemporary === undefined ? {} : { startIsTemporary: wish.startIsTemporary }),
  };
  return makePlan(profilesIn(wish), chainOf(wish), requestOf(wish), knowledge);
}

/** The fetched steps of a plan. */
export const fetched = (plan: Plan): readonly FetchedStep[] =>
  plan.steps.filter((step): step is FetchedStep => step.kind !== 'root');

/** A step in a word: `keys`, `session+code`, `x+code 7200`. */
export function sketch(step: Step): string {
  if (step.kind === 'root') return step.root.by === 'machine' ? step.root.source.value : step.root.by;
  const name = step.kind === 'get-session-token' ? 'session' : step.profile;
  const code = step.kind !== 'web-identity' && step.mfa !== undefined ? '+code' : '';
  const seconds = step.duration === undefined ? '' : ` ${String(step.duration.value)}`;
  return `${name}${code}${seconds}`;
}

export const sketchOf = (wish: Wish): readonly string[] => planOf(wish).steps.map(sketch);
