import { STS } from './action';
import type { UnsignedAction, UnsignedCall } from './action';
import { checkRoleMaximum } from './assume-role';
import { accessDenied, AwsError } from './aws-error';
import type { Cloud } from './cloud';
import type { Role } from './model';
import { readRoleWish } from './role-wish';
import { assumedRoleFields, credentialsFields } from './session-fields';
import type { WebIdentity } from './web-identities';
import type { XmlFields } from './xml';

/**
 * A session of a role for whoever holds a token of a trusted provider. Unsigned.
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html
 */
export const assumeRoleWithWebIdentity: UnsignedAction = {
  name: 'AssumeRoleWithWebIdentity',
  service: STS,
  signed: false,
  run,
};

function run({ cloud, params }: UnsignedCall): XmlFields {
  const token = params.get('WebIdentityToken');
  const wish = readRoleWish(params, (constraints) => {
    constraints.required('webIdentityToken', token);
    constraints.text('webIdentityToken', token, [4, 20_000], '[^]*');
  });
  const identity = readToken(cloud, token ?? '');
  const role = cloud.role(wish.roleArn);
  if (role === undefined || !trustsToken(role, identity)) {
    throw accessDenied('Not authorized to perform sts:AssumeRoleWithWebIdentity');
  }
  checkRoleMaximum(role, wish.duration);
  const session = cloud.issue({ kind: 'role', role, sessionName: wish.sessionName }, wish.duration, {});
  return {
    SubjectFromWebIdentityToken: identity.subject,
    Audience: identity.audience,
    Provider: `arn:aws:iam::${role.account}:oidc-provider/${identity.provider}`,
    AssumedRoleUser: assumedRoleFields(session),
    Credentials: credentialsFields(session),
    PackedPolicySize: wish.packedPolicySize,
  };
}

function readToken(cloud: Cloud, token: string): WebIdentity {
  const identity = cloud.webIdentities.find(token);
  if (identity === undefined) {
    throw new AwsError(
      400,
      'InvalidIdentityToken',
      'The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)',
    );
  }
  const [now, end] = [Math.floor(cloud.now() / 1000), Math.floor(identity.expiresAt / 1000)];
  if (end <= now) {
    throw new AwsError(
      400,
      'ExpiredTokenException',
      `Token expired: current date/time ${now} must be before the expiration date/time ${end}`,
    );
  }
  return identity;
}

function trustsToken(role: Role, { provider, subject, audience }: WebIdentity): boolean {
  const wanted = role.trust.webIdentity;
  if (wanted?.provider !== provider) return false;
  return (wanted.subject ?? subject) === subject && (wanted.audience ?? audience) === audience;
}
