import { foundDevice, mfaOfChain } from './chain-device';
import { makeRootStep, rootInputs } from './root';
import type { Chain } from './chain';
import type { Sourced, MfaSerial } from './names';
import type { FetchedStep, Plan, RootStep, WebIdentityStep } from './plan';
import type { Profiles, UsableProfile } from './profile';
import type { Request } from './request';
import { assumeRoleStep, sessionTokenStep, webIdentityStep, type Link } from './steps';
import { exportedRegion, stsRegion, stsTarget } from './target';
import { chooseDuration, userDuration } from './durations';
import { usage } from '../errors';
import { quoted } from './words';

/** What is known from outside the files and the wishes. */
export interface Knowledge {
  /** The longest session a role took when it refused a longer one, in seconds. */
  readonly longestOf: (roleArn: string) => number | undefined;
  /** Set once the start of the chain was seen to hold temporary keys, which no file can tell of a process. */
  readonly startIsTemporary?: boolean;
  /** The device that IAM named for the first role, which was refused without a code; asked when no profile has one. */
  readonly foundDevice?: () => MfaSerial | undefined;
}

/**
 * The steps that lead to the identity (semantics 9, 14–17). Pure: the same chain, wishes and knowledge give the same
 * plan. Throws `usage` or `profile` for a wish that AWS would refuse whatever happens.
 */
export function makePlan(profiles: Profiles, chain: Chain, request: Request, knowledge: Knowledge): Plan {
  const near: UsableProfile[] = [...chain.roles].reverse();
  if (!near.includes(chain.startProfile)) near.push(chain.startProfile);
  refuseUnheard(chain, request);
  const lastArn = chain.roles.at(-1)?.roleArn.value ?? startArn(chain);
  const region = exportedRegion(profiles, near, request);
  const target = stsTarget(chain.asked, stsRegion(region, request, lastArn), request);
  const notes: string[] = [];

  const temporary = knowledge.startIsTemporary ?? isKnownTemporary(chain, request);
  const mfa =
    mfaOfChain(chain, request, temporary, notes) ??
    (temporary ? undefined : foundDevice(chain, request, knowledge.foundDevice));
  const duration = chooseDuration(chain, request, {
    temporary,
    mfa: mfa !== undefined,
    longestOf: knowledge.longestOf,
  });
  notes.push(...duration.notes);

  const [first, ...rest] = begin(chain, request, target);
  const steps: [RootStep | WebIdentityStep, ...FetchedStep[]] = [first, ...rest];
  let link: Link = first.kind === 'root' ? rootInputs(first.root, request) : { after: first.key };

  // One code for all roles of the user, unless a wish or the keys make that impossible (semantics 14).
  const shared = mfa !== undefined && !temporary && !duration.codeWithRole;
  if (shared) {
    const ownTarget = stsTarget(chain.asked, userRegion(profiles, chain, request, lastArn), request);
    const step = sessionTokenStep(chain, mfa, userDuration(chain, request), link, ownTarget);
    steps.push(step);
    link = { after: step.key };
  }
  chain.roles.forEach((role, index) => {
    const codeHere = !shared && index === 0 ? mfa : undefined;
    const isLast = index === chain.roles.length - 1;
    const step = assumeRoleStep(role, {
      request,
      isLast,
      link,
      target,
      mfa: codeHere,
      duration: duration.of(index),
      shared,
      first: index === 0,
    });
    steps.push(step);
    link = { after: step.key };
  });
  return { profile: chain.asked.name, steps, region, target, notes };
}

/** A wish that would go to nobody must not seem granted: a session without its policy can do more than was asked. */
function refuseUnheard(chain: Chain, request: Request): void {
  if (chain.roles.length > 0) return;
  const roleless = 'by' in chain.start;
  const wishes: readonly (readonly [string, boolean])[] = [
    ['--session-policy', roleless && request.policy !== undefined],
    ['--session-policy-arns', roleless && request.policyArns.length > 0],
    ['--session-tags', request.tags.length > 0],
    ['--source-identity', request.sourceIdentity !== undefined],
  ];
  const unheard = wishes.find(([, stands]) => stands)?.[0];
  if (unheard === undefined) return;
  throw usage(
    `${unheard} goes with AssumeRole, and profile ${quoted(chain.asked.name)} ${roleless ? 'is no role' : 'is opened by a token, which brings its own'}`,
    'leave it out, or name a role',
  );
}

function begin(chain: Chain, request: Request, target: Plan['target']): [RootStep | WebIdentityStep] {
  const { start } = chain;
  if ('by' in start) return [makeRootStep(start)];
  const isLast = chain.roles.length === 0;
  return [webIdentityStep(start, { request, isLast, target })];
}

const startArn = (chain: Chain): string | undefined =>
  'by' in chain.start ? undefined : chain.start.roleArn.value;

/** Whether the keys at the start are known to be temporary: those can't ask for a session token (STS). */
function isKnownTemporary(chain: Chain, request: Request): boolean {
  const { start } = chain;
  if (!('by' in start)) return true;
  if (start.by === 'keys' || start.by === 'json') return start.temporary;
  if (start.by === 'process') return false;
  return start.source.value === 'Environment' ? request.environment.temporary : true;
}

/**
 * The user's own session is shared by roles of many regions, so its region must not follow the role's: it is the
 * start's own, or a role in another region would ask for another code.
 */
function userRegion(profiles: Profiles, chain: Chain, request: Request, arn: string | undefined): Sourced {
  const wishes = { ...request, region: undefined };
  return stsRegion(exportedRegion(profiles, [chain.startProfile], wishes), wishes, arn);
}
