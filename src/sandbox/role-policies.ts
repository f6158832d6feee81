import { IAM } from './action';
import type { SignedAction, SignedCall } from './action';
import { requirePermission } from './authorize';
import { AwsError } from './aws-error';
import { Constraints } from './constraints';
import { ownerOf } from './model';
import type { Role } from './model';
import { checkDocument } from './policy-document';

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePolicy.html */
export const putRolePolicy: SignedAction = {
  name: 'PutRolePolicy',
  service: IAM,
  signed: true,
  run: (call) => {
    const { role, policyName } = namedIn(call, 'iam:PutRolePolicy');
    const document = call.params.get('PolicyDocument') ?? '';
    checkDocument(document);
    call.cloud.rolePolicies(role).set(policyName, document);
    return {};
  },
};

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRolePolicy.html */
export const getRolePolicy: SignedAction = {
  name: 'GetRolePolicy',
  service: IAM,
  signed: true,
  run: (call) => {
    const { role, policyName } = namedIn(call, 'iam:GetRolePolicy');
    const document = call.cloud.rolePolicies(role).get(policyName);
    if (document === undefined) throw missing(`The role policy with name ${policyName} cannot be found.`);
    return { RoleName: role.name, PolicyName: policyName, PolicyDocument: encodeURIComponent(document) };
  },
};

const missing = (message: string): AwsError => new AwsError(404, 'NoSuchEntity', message);

/** The role and the policy's name that a call names. Roles are looked for in the caller's own account alone. */
function namedIn(
  { cloud, params, caller }: SignedCall,
  action: string,
): { readonly role: Role; readonly policyName: string } {
  const constraints = new Constraints();
  const roleName = constraints.required('roleName', params.get('RoleName'));
  const policyName = constraints.required('policyName', params.get('PolicyName'));
  constraints.text('roleName', roleName, [1, 64], '[\\w+=,.@-]+');
  constraints.done();
  const { account } = ownerOf(caller.principal);
  const role = cloud.roles().find((one) => one.account === account && one.name === roleName);
  requirePermission(cloud, caller, action, role?.arn ?? `arn:aws:iam::${account}:role/${roleName}`);
  if (role === undefined) throw missing(`The role with name ${roleName} cannot be found.`);
  return { role, policyName };
}
