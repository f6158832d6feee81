import { IAM } from './action';
import type { SignedAction, SignedCall } from './action';
import { requirePermission } from './authorize';
import { wholeNumber } from './constraints';
import { ownerOf } from './model';
import type { Role } from './model';
import { trustDocument } from './policy-document';
import { timestamp } from './session-fields';
import type { XmlFields } from './xml';

/**
 * The roles of the caller's account, by pages.
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRoles.html
 */
export const listRoles: SignedAction = { name: 'ListRoles', service: IAM, signed: true, run };

function run({ cloud, params, caller }: SignedCall): XmlFields {
  const { account } = ownerOf(caller.principal);
  requirePermission(cloud, caller, 'iam:ListRoles', `arn:aws:iam::${account}:role/`);
  const roles = cloud.roles().filter((role) => role.account === account);
  const from = Number(params.get('Marker') ?? 0);
  const size = Math.min(wholeNumber(params.get('MaxItems')) ?? 100, cloud.settings.pageSize);
  const more = from + size < roles.length;
  return {
    Roles: roles.slice(from, from + size).map((role) => fields(role, cloud.now())),
    IsTruncated: more,
    Marker: more ? String(from + size) : undefined,
  };
}

/** The document comes percent-encoded (RFC 3986), as IAM sends it. */
const fields = (role: Role, now: number): XmlFields => ({
  Path: role.path ?? '/',
  RoleName: role.name,
  RoleId: role.id,
  Arn: role.arn,
  CreateDate: timestamp(now),
  AssumeRolePolicyDocument: encodeURIComponent(JSON.stringify(trustDocument(role.trust))),
  MaxSessionDuration: role.maxSessionSeconds ?? 3600,
});
