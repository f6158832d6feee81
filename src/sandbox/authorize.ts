import { explicitlyDenied, notAuthorized } from './aws-error';
import type { Cloud } from './cloud';
import { ownerOf, principalArn } from './model';
import type { Credential, Principal, Role, Statement } from './model';
import { deniesOlderThan } from './policy-document';

const wildcard = (pattern: string): RegExp =>
  new RegExp(`^${pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`, 's');

const matches = (patterns: readonly string[], value: string): boolean =>
  patterns.some((pattern) => wildcard(pattern).test(value));

/** Whether any of the statements allows the action on the resource. */
export const permits = (statements: readonly Statement[], action: string, resource: string): boolean =>
  statements.some(({ actions, resources }) => matches(actions, action) && matches(resources, resource));

/** @throws AccessDenied (403), worded as AWS words it. */
export function requirePermission(cloud: Cloud, caller: Credential, action: string, resource: string): void {
  const { principal } = caller;
  if (isRevoked(cloud, caller)) throw explicitlyDenied(principalArn(principal), action, resource);
  const allowed = principal.kind !== 'federated' && permits(ownerOf(principal).permissions, action, resource);
  if (!allowed) throw notAuthorized(principalArn(principal), action, resource);
}

/** An inline policy of the role denies everything to sessions that were issued before some time. */
function isRevoked(cloud: Cloud, { principal, issuedAt }: Credential): boolean {
  if (principal.kind !== 'role' || issuedAt === undefined) return false;
  return [...cloud.rolePolicies(principal.role).values()].some(
    (text) => issuedAt < (deniesOlderThan(text) ?? -Infinity),
  );
}

/** The names a trust policy may know a principal by. */
function namesOf(principal: Principal): readonly string[] {
  const { account, arn } = ownerOf(principal);
  return [arn, principalArn(principal), account, `arn:aws:iam::${account}:root`];
}

/** How a role is asked for. */
export interface Approach {
  /** When MFA was given, milliseconds UTC: with this very call, or for the session that signs it. */
  readonly mfaAt: number | undefined;
  readonly externalId: string | undefined;
  /** Milliseconds UTC. */
  readonly now: number;
}

/**
 * Whether a role's trust policy lets the caller in. AWS says the same AccessDenied whatever was missing.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_configure-api-require.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_third-party.html (external id)
 */
export function trusts(role: Role, principal: Principal, { mfaAt, externalId, now }: Approach): boolean {
  const { principals, mfa, externalId: wanted } = role.trust;
  if (!namesOf(principal).some((name) => principals.includes(name))) return false;
  if (wanted !== undefined && externalId !== wanted) return false;
  if (mfa === undefined) return true;
  return mfaAt !== undefined && now - mfaAt <= (mfa.maxAgeSeconds ?? Infinity) * 1000;
}
