import { IAM } from './action';
import type { SignedAction, SignedCall } from './action';
import { requirePermission } from './authorize';
import { AwsError } from './aws-error';
import { ownerOf } from './model';
import { timestamp } from './session-fields';
import type { XmlFields } from './xml';

/**
 * A user's MFA devices; without a name, the caller's own.
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListMFADevices.html
 */
export const listMfaDevices: SignedAction = { name: 'ListMFADevices', service: IAM, signed: true, run };

function run({ cloud, params, caller }: SignedCall): XmlFields {
  const { principal } = caller;
  const { account } = ownerOf(principal);
  const name = params.get('UserName') ?? (principal.kind === 'user' ? principal.user.name : undefined);
  if (name === undefined)
    throw new AwsError(
      400,
      'ValidationError',
      'Must specify userName when calling with non-User credentials',
    );
  const arn = `arn:aws:iam::${account}:user/${name}`;
  requirePermission(cloud, caller, 'iam:ListMFADevices', arn);
  const user = cloud.users().find((one) => one.arn === arn);
  if (user === undefined)
    throw new AwsError(404, 'NoSuchEntity', `The user with name ${name} cannot be found.`);
  return {
    MFADevices: user.devices.map(({ serial }) => ({
      UserName: name,
      SerialNumber: serial,
      EnableDate: timestamp(cloud.now()),
    })),
    IsTruncated: false,
  };
}
