import { notAuthorized } from './aws-error';
import { ownerOf, principalArn } from './model';
import type { Credential, Principal, Role, Statement } from './model';

const wildcard = (pattern: string): RegExp =>
  new RegExp(`^${pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`, 's');

const matches = (patterns: readonly string[], value: string): boolean =>
  patterns.some((pattern) => wildcard(pattern).test(value));

/** Whether any of the statements allows the action on the resource. */
export const permits = (statements: readonly Statement[], action: string, resource: string): boolean =>
  statements.some(({ actions, resources }) => matches(actions, action) && matches(resources, resource));

/** @throws AccessDenied (403), worded as AWS words it. */
export function requirePermission(caller: Credential, action: string, resource: string): void {
  if (!permits(ownerOf(caller.principal).permissions, action, resource)) {
    throw notAuthorized(principalArn(caller.principal), action, resource);
  }
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
