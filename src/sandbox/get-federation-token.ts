import { STS } from './action';
import type { SignedAction, SignedCall } from './action';
import { requirePermission } from './authorize';
import { accessDenied } from './aws-error';
import { Constraints, wholeNumber } from './constraints';
import { principalArn, principalId } from './model';
import { credentialsFields } from './session-fields';
import type { XmlFields } from './xml';

/**
 * A session of the user under another name, for a console or somebody else's program.
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_GetFederationToken.html
 */
export const getFederationToken: SignedAction = {
  name: 'GetFederationToken',
  service: STS,
  signed: true,
  run,
};

function run({ cloud, params, caller }: SignedCall): XmlFields {
  const { principal } = caller;
  if (principal.kind !== 'user' || caller.lifetime !== 'long-lived')
    throw accessDenied('Cannot call GetFederationToken with session credentials');
  const asked = wholeNumber(params.get('DurationSeconds'));
  const constraints = new Constraints();
  const name = constraints.required('name', params.get('Name'));
  constraints.text('name', name, [2, 32], '[\\w+=,.@-]*');
  constraints.range('durationSeconds', asked, [900, 129_600]);
  constraints.done();
  const federated = { kind: 'federated', user: principal.user, name } as const;
  requirePermission(cloud, caller, 'sts:GetFederationToken', principalArn(federated));
  const session = cloud.issue(federated, asked ?? 43_200, {});
  return {
    Credentials: credentialsFields(session),
    FederatedUser: { FederatedUserId: principalId(federated), Arn: principalArn(federated) },
    PackedPolicySize: 0,
  };
}
