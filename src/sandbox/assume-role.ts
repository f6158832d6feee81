import { STS } from './action';
import type { SignedAction, SignedCall } from './action';
import { requirePermission, trusts } from './authorize';
import { accessDenied, AwsError, notAuthorized, validationError } from './aws-error';
import type { Cloud } from './cloud';
import { checkMfaShape, takeMfa } from './mfa-check';
import { principalArn } from './model';
import type { Credential, Role, SessionContext } from './model';
import { readRoleWish } from './role-wish';
import type { RoleWish } from './role-wish';
import { assumedRoleFields, credentialsFields } from './session-fields';
import type { XmlFields } from './xml';

const ACTION = 'sts:AssumeRole';
/** Seconds that a chained role may live. */
const CHAIN_LIMIT = 3600;

/**
 * A session of a role, for a user or for another role. A little stricter than AWS in one point: the caller's own
 * permissions are asked even where the trust policy names the caller itself.
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
 */
export const assumeRole: SignedAction = { name: 'AssumeRole', service: STS, signed: true, run };

function run({ cloud, params, caller }: SignedCall): XmlFields {
  const wish = readRoleWish(params, (constraints) => checkMfaShape(constraints, params));
  if (caller.principal.kind === 'user' && caller.principal.user.root) {
    throw accessDenied('Roles may not be assumed by root accounts.');
  }
  const mfa = takeMfa(cloud, caller, params);
  const role = authorize(cloud, caller, wish, mfa?.at);
  checkDuration(cloud, caller, role, wish.duration);
  const session = cloud.issue({ kind: 'role', role, sessionName: wish.sessionName }, wish.duration, {
    ...inherit(caller.context, wish),
    chained: isChain(cloud, caller),
  });
  mfa?.spend();
  return {
    SourceIdentity: session.context.sourceIdentity,
    AssumedRoleUser: assumedRoleFields(session),
    Credentials: credentialsFields(session),
    PackedPolicySize: wish.packedPolicySize,
  };
}

function authorize(cloud: Cloud, caller: Credential, wish: RoleWish, mfaAt: number | undefined): Role {
  requirePermission(cloud, caller, ACTION, wish.roleArn);
  const role = cloud.role(wish.roleArn);
  const approach = {
    mfaAt: mfaAt ?? caller.context.mfaAt,
    externalId: wish.externalId,
    now: cloud.now(),
  };
  // A role that is not there and one that does not trust us look the same from outside.
  if (role === undefined || !trusts(role, caller.principal, approach)) {
    throw notAuthorized(principalArn(caller.principal), ACTION, wish.roleArn);
  }
  return role;
}

const isChain = (cloud: Cloud, { lifetime }: Credential): boolean =>
  lifetime === 'role-session' || (lifetime === 'user-session' && cloud.settings.userSessionsChain);

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles.html#iam-term-role-chaining */
function checkDuration(cloud: Cloud, caller: Credential, role: Role, seconds: number): void {
  if (isChain(cloud, caller) && seconds > CHAIN_LIMIT) {
    throw validationError(
      'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.',
    );
  }
  checkRoleMaximum(role, seconds);
}

/** @throws ValidationError (400) when the role does not allow sessions that long. */
export function checkRoleMaximum(role: Role, seconds: number): void {
  if (seconds > (role.maxSessionSeconds ?? 3600)) {
    throw validationError('The requested DurationSeconds exceeds the MaxSessionDuration set for this role.');
  }
}

/**
 * What a chained session takes over: the source identity and the transitive tags, which can't be changed on the way.
 * MFA is not passed on: a role's session never has it.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html#id_session-tags_role-chaining
 */
function inherit(from: SessionContext, wish: RoleWish): SessionContext {
  if (
    from.sourceIdentity !== undefined &&
    (wish.sourceIdentity ?? from.sourceIdentity) !== from.sourceIdentity
  ) {
    throw accessDenied('The source identity of a role chain cannot be changed.');
  }
  const inherited = from.transitiveTags ?? [];
  const inheritedKeys = new Set(inherited.map(({ key }) => key.toLowerCase()));
  if (wish.tags.some(({ key }) => inheritedKeys.has(key.toLowerCase()))) {
    throw new AwsError(
      400,
      'InvalidParameterValue',
      "One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from " +
        'the calling session.',
    );
  }
  const passedOn = new Set(wish.transitiveKeys.map((key) => key.toLowerCase()));
  const sourceIdentity = wish.sourceIdentity ?? from.sourceIdentity;
  return {
    ...(sourceIdentity === undefined ? {} : { sourceIdentity }),
    tags: [...inherited, ...wish.tags],
    transitiveTags: [...inherited, ...wish.tags.filter(({ key }) => passedOn.has(key.toLowerCase()))],
  };
}
