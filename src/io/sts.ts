import {
  AssumeRole$,
  AssumeRoleWithWebIdentity$,
  GetCallerIdentity$,
  GetFederationToken$,
  GetSessionToken$,
  errorTypeRegistries,
  type AssumeRoleCommandInput,
  type AssumeRoleCommandOutput,
  type AssumeRoleWithWebIdentityCommandInput,
  type AssumeRoleWithWebIdentityCommandOutput,
  type Credentials,
  type GetCallerIdentityCommandOutput,
  type GetFederationTokenCommandInput,
  type GetFederationTokenCommandOutput,
  type GetSessionTokenCommandInput,
  type GetSessionTokenCommandOutput,
} from '@aws-sdk/client-sts';
import type { StsTarget } from '../core/plan';
import { StsRefusal, type Sts } from '../core/ports';
import { Secret } from '../core/secret';
import type { Session } from '../core/session';
import type { AwsCaller } from './aws-caller';
import { openQueryClient, type QueryClient, type QueryService } from './query-client';

const STS: QueryService = {
  signingName: 'sts',
  version: '2011-06-15',
  namespace: 'com.amazonaws.sts',
  xmlNamespace: 'https://sts.amazonaws.com/doc/2011-06-15/',
  errorTypeRegistries,
};

/** STS by AWS's own models of it. */
export function openSts(caller: AwsCaller): Sts {
  const call = <T>(
    signer: Session | undefined,
    target: StsTarget,
    oneTime: boolean,
    action: string,
    send: (client: QueryClient) => Promise<T>,
  ): Promise<T> =>
    caller.call(
      { service: 'STS', action, signer, target, oneTime },
      (settings) => openQueryClient(STS, settings),
      send,
    );

  return {
    async getSessionToken(signer, step, code) {
      const input: GetSessionTokenCommandInput = {
        SerialNumber: step.mfa.serial.value,
        TokenCode: code,
        DurationSeconds: step.duration?.value,
      };
      const { Credentials } = await call(signer, step.target, true, 'GetSessionToken', (client) =>
        client.send<GetSessionTokenCommandOutput>(GetSessionToken$, input),
      );
      return sessionOf(Credentials, undefined);
    },
    async assumeRole(signer, step, code) {
      const input: AssumeRoleCommandInput = {
        RoleArn: step.roleArn.value,
        RoleSessionName: step.sessionName.value,
        DurationSeconds: step.duration?.value,
        ExternalId: step.externalId?.value,
        SerialNumber: step.mfa?.serial.value,
        TokenCode: code,
        Policy: step.policy,
        PolicyArns: some(step.policyArns.map((arn) => ({ arn }))),
        Tags: some(step.tags.map(({ key, value }) => ({ Key: key, Value: value }))),
        TransitiveTagKeys: some([...step.transitiveTagKeys]),
        SourceIdentity: step.sourceIdentity,
      };
      const { Credentials, AssumedRoleUser } = await call(
        signer,
        step.target,
        code !== undefined,
        'AssumeRole',
        (client) => client.send<AssumeRoleCommandOutput>(AssumeRole$, input),
      );
      return sessionOf(Credentials, AssumedRoleUser?.Arn);
    },
    async assumeRoleWithWebIdentity(step, token) {
      const input: AssumeRoleWithWebIdentityCommandInput = {
        RoleArn: step.roleArn.value,
        RoleSessionName: step.sessionName.value,
        WebIdentityToken: token,
        DurationSeconds: step.duration?.value,
        Policy: step.policy,
        PolicyArns: some(step.policyArns.map((arn) => ({ arn }))),
      };
      const { Credentials, AssumedRoleUser } = await call(
        undefined,
        step.target,
        false,
        'AssumeRoleWithWebIdentity',
        (client) => client.send<AssumeRoleWithWebIdentityCommandOutput>(AssumeRoleWithWebIdentity$, input),
      );
      return sessionOf(Credentials, AssumedRoleUser?.Arn);
    },
    async getCallerIdentity(signer, target) {
      const { Account, Arn, UserId } = await call(signer, target, false, 'GetCallerIdentity', (client) =>
        client.send<GetCallerIdentityCommandOutput>(GetCallerIdentity$, {}),
      );
      return { account: Account ?? '', arn: Arn ?? '', userId: UserId ?? '' };
    },
    async getFederationToken(signer, target, { name, policyArn, seconds }) {
      const input: GetFederationTokenCommandInput = {
        Name: name,
        PolicyArns: [{ arn: policyArn }],
        DurationSeconds: seconds,
      };
      const { Credentials, FederatedUser } = await call(
        signer,
        target,
        false,
        'GetFederationToken',
        (client) => client.send<GetFederationTokenCommandOutput>(GetFederationToken$, input),
      );
      return sessionOf(Credentials, FederatedUser?.Arn);
    },
  };
}

const some = <T>(list: T[]): T[] | undefined => (list.length > 0 ? list : undefined);

function sessionOf(credentials: Credentials | undefined, principalArn: string | undefined): Session {
  const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = credentials ?? {};
  if (
    !AccessKeyId ||
    !SecretAccessKey ||
    !SessionToken ||
    Expiration === undefined ||
    Number.isNaN(Expiration.getTime())
  ) {
    throw new StsRefusal('InvalidResponse', 'the answer holds no credentials', true);
  }
  return {
    accessKeyId: AccessKeyId,
    secretAccessKey: new Secret(SecretAccessKey),
    sessionToken: new Secret(SessionToken),
    expiresAt: Expiration.getTime(),
    ...(principalArn === undefined ? {} : { principalArn }),
  };
}
