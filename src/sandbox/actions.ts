import type { Action } from './action';
import { assumeRole } from './assume-role';
import { assumeRoleWithWebIdentity } from './assume-role-with-web-identity';
import { AwsError } from './aws-error';
import { getFederationToken } from './get-federation-token';
import { getCallerIdentity } from './get-caller-identity';
import { getSessionToken } from './get-session-token';
import { listMfaDevices } from './list-mfa-devices';
import { listRoles } from './list-roles';
import type { Params } from './query';
import { getRolePolicy, putRolePolicy } from './role-policies';

/** Every action the sandbox answers. Another one is a file of its own and a word here. */
const ACTIONS: ReadonlyMap<string, Action> = new Map(
  [
    getSessionToken,
    assumeRole,
    assumeRoleWithWebIdentity,
    getCallerIdentity,
    getFederationToken,
    listRoles,
    listMfaDevices,
    putRolePolicy,
    getRolePolicy,
  ].map((action) => [action.name, action]),
);

/** @throws MissingAction, InvalidAction (400) for what is not in the table. */
export function findAction(params: Params): Action {
  const [name, version] = [params.get('Action'), params.get('Version')];
  if (name === undefined)
    throw new AwsError(400, 'MissingAction', 'The request must contain the parameter Action');
  const action = ACTIONS.get(name);
  if (action === undefined || action.service.version !== version) {
    throw new AwsError(
      400,
      'InvalidAction',
      `Could not find operation ${name} for version ${version ?? 'NO_VERSION_SPECIFIED'}`,
    );
  }
  return action;
}
