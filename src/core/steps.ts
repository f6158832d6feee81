import type { Chain } from './chain';
import { webIdentityDuration } from './durations';
import { fingerprint } from './fingerprint';
import type { Sourced } from './names';
import type { AssumeRoleStep, GetSessionTokenStep, MfaDevice, StsTarget, WebIdentityStep } from './plan';
import type { Inputs } from './ports';
import type { RoleProfile, WebIdentityProfile } from './profile';
import type { Request } from './request';
import {
  checkedExternalId,
  checkedSessionName,
  checkedSourceIdentity,
  sessionNameFrom,
} from './session-name';
import { quoted } from './words';
import { describeSeconds } from './time';

/** What signs for a step: the key of the step before, or what tells this start of a chain from others. */
export interface Link {
  readonly after: string | Inputs;
}

/** What of the way to STS decides the answer. */
const place = (target: StsTarget): Inputs => ({
  region: target.region.value,
  endpoint: target.endpoint?.value ?? null,
  fips: target.fips,
  dualstack: target.dualstack,
});

export function sessionTokenStep(
  chain: Chain,
  mfa: MfaDevice,
  duration: Sourced<number> | undefined,
  link: Link,
  target: StsTarget,
): GetSessionTokenStep {
  const inputs: Inputs = {
    action: 'GetSessionToken',
    signer: link.after,
    mfaSerial: mfa.serial.value,
    duration: duration?.value ?? null,
    ...place(target),
  };
  return {
    kind: 'get-session-token',
    profile: chain.startProfile.name,
    because:
      chain.roles.length === 0
        ? 'the profile names an MFA device: keys that carry MFA, from one code'
        : 'one MFA code serves every role of this user',
    inputs,
    key: fingerprint(inputs),
    target,
    mfa,
    duration,
  };
}

interface RoleStepFacts {
  readonly request: Request;
  readonly isLast: boolean;
  readonly link: Link;
  readonly target: StsTarget;
  readonly mfa: MfaDevice | undefined;
  readonly duration: Sourced<number> | undefined;
  /** A user's session signs for the first role. */
  readonly shared: boolean;
  readonly first: boolean;
}

/** What the command line says is the last role's; the rest belongs to each role's own profile (semantics 9). */
export function assumeRoleStep(role: RoleProfile, facts: RoleStepFacts): AssumeRoleStep {
  const { request, isLast, target, mfa, duration } = facts;
  const last = isLast ? request : undefined;
  const sessionName =
    checkedSessionName(last?.sessionName ?? role.sessionName ?? request.settingsSessionName) ??
    sessionNameFrom(role.roleArn, role.name, role.roleArn.from === '--role-arn');
  const step = {
    roleArn: role.roleArn,
    sessionName,
    duration,
    externalId: checkedExternalId(last?.externalId ?? role.externalId),
    mfa,
    policy: last?.policy,
    policyArns: last?.policyArns ?? [],
    tags: last?.tags ?? [],
    transitiveTagKeys: last?.transitiveTagKeys ?? [],
    sourceIdentity: checkedSourceIdentity(last?.sourceIdentity),
  };
  const inputs: Inputs = {
    action: 'AssumeRole',
    signer: facts.link.after,
    roleArn: step.roleArn.value,
    sessionName: sessionName.value,
    duration: duration?.value ?? null,
    externalId: step.externalId?.value ?? null,
    mfaSerial: mfa?.serial.value ?? null,
    policy: step.policy ?? null,
    policyArns: step.policyArns,
    tags: step.tags.map(({ key, value }) => ({ key, value })),
    transitiveTagKeys: step.transitiveTagKeys,
    sourceIdentity: step.sourceIdentity ?? null,
    ...place(target),
  };
  return {
    kind: 'assume-role',
    profile: role.name,
    because: reason(facts),
    inputs,
    key: fingerprint(inputs),
    target,
    ...step,
  };
}

function reason({ mfa, duration, shared, first }: RoleStepFacts): string {
  if (mfa !== undefined && duration !== undefined && duration.value > 3600) {
    return `the code goes with this very call: a session token would cap the role at 1h, and ${describeSeconds(duration.value)} was asked for`;
  }
  if (mfa !== undefined) return 'the code goes with this very call: temporary keys can get no session token';
  if (shared && first) return "signed by the user's session, which carries MFA";
  return first ? 'signed by the keys' : 'signed by the role before';
}

export function webIdentityStep(
  profile: WebIdentityProfile,
  facts: { readonly request: Request; readonly isLast: boolean; readonly target: StsTarget },
): WebIdentityStep {
  const { request, isLast, target } = facts;
  const sessionName =
    checkedSessionName(
      (isLast ? request.sessionName : undefined) ?? profile.sessionName ?? request.settingsSessionName,
    ) ?? sessionNameFrom(profile.roleArn, profile.name, false);
  const duration = webIdentityDuration(profile.durationSeconds, isLast, request);
  const policy = isLast ? request.policy : undefined;
  const policyArns = isLast ? request.policyArns : [];
  const inputs: Inputs = {
    action: 'AssumeRoleWithWebIdentity',
    tokenFile: profile.tokenFile.value,
    roleArn: profile.roleArn.value,
    sessionName: sessionName.value,
    duration: duration?.value ?? null,
    policy: policy ?? null,
    policyArns,
    ...place(target),
  };
  return {
    kind: 'web-identity',
    profile: profile.name,
    because: `the token in ${quoted(profile.tokenFile.value)} opens the role; nothing is signed`,
    inputs,
    key: fingerprint(inputs),
    target,
    roleArn: profile.roleArn,
    sessionName,
    tokenFile: profile.tokenFile,
    duration,
    policy,
    policyArns,
  };
}
