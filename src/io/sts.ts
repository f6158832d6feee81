import {
  AssumeRoleCommand,
  AssumeRoleWithWebIdentityCommand,
  GetCallerIdentityCommand,
  GetSessionTokenCommand,
  STSClient,
  type Credentials,
} from '@aws-sdk/client-sts';
import type { NodeHttpHandler } from '@smithy/node-http-handler';
import type { StsTarget } from '../core/plan';
import { StsRefusal, type Sts } from '../core/ports';
import { Secret } from '../core/secret';
import type { Session } from '../core/session';
import { failureOf, type Failure } from './sts-errors';
import { collectBounded, openTransport, urlOf } from './sts-transport';

/** Calls at most, of one step, whatever goes wrong. */
const MOST_CALLS = 4;
/** Tries at most while nothing answers. */
const MOST_NETWORK_TRIES = 3;
const LONGEST_RETRY_AFTER_MS = 20_000;
const TELL_AFTER_MS = 2_000;
const THROTTLED = new Set([
  'Throttling',
  'ThrottlingException',
  'RequestLimitExceeded',
  'TooManyRequestsException',
  'SlowDown',
]);

export interface StsPorts {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly say: (line: string) => void;
  /** Each call, with how long it took, and more; never a secret. */
  readonly info: (line: string) => void;
  readonly debug: (line: string) => void;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

/** STS by AWS's own client. It retries by our rules, not by its own: a code that may have arrived is not sent again. */
export function openSts(ports: StsPorts): Sts & { close(): void } {
  isolateSdk();
  const transports = new Map<string, Promise<NodeHttpHandler>>();
  // AWS's clock minus ours, once the SDK learned it from an answer.
  let clockOffset = 0;

  async function call<T>(
    signer: Session | undefined,
    target: StsTarget,
    oneTime: boolean,
    action: string,
    send: (client: STSClient) => Promise<T>,
  ): Promise<T> {
    const where = JSON.stringify([target.endpoint?.value, target.region.value, target.caBundle?.value]);
    const transport = transports.get(where) ?? openTransport(target, ports.env);
    transports.set(where, transport);
    const client = clientOf(signer, target, await transport, clockOffset);
    const { host } = new URL(urlOf(target));
    const signed = signer === undefined ? 'unsigned' : `signed by ${signer.accessKeyId}`;
    for (let calls = 1; ; calls += 1) {
      ports.debug(`${action} to ${host}, ${signed}, call ${String(calls)}`);
      const began = performance.now();
      const tell = (outcome: string): void =>
        ports.info(
          `${action} at ${host} (${target.region.value}): ${outcome} in ${String(Math.round(performance.now() - began))}ms`,
        );
      const telling = setTimeout(() => ports.say(`waiting for STS at ${host}`), TELL_AFTER_MS);
      try {
        const answer = await send(client);
        tell('ok');
        return answer;
      } catch (error) {
        clockOffset = client.config.systemClockOffset;
        const failure = failureOf(error, clockOffset);
        tell(failure.refusal.code);
        const wait = pauseBeforeRetry(failure, calls, oneTime);
        if (wait === undefined) throw failure.refusal;
        if (wait > TELL_AFTER_MS) ports.say(`STS asks to wait ${String(Math.ceil(wait / 1000))}s`);
        await ports.sleep(wait);
      } finally {
        clearTimeout(telling);
      }
    }
  }

  return {
    async getSessionToken(signer, step, code) {
      const command = new GetSessionTokenCommand({
        SerialNumber: step.mfa.serial.value,
        TokenCode: code,
        DurationSeconds: step.duration?.value,
      });
      const { Credentials } = await call(signer, step.target, true, 'GetSessionToken', (client) =>
        client.send(command),
      );
      return sessionOf(Credentials, undefined);
    },
    async assumeRole(signer, step, code) {
      const command = new AssumeRoleCommand({
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
      });
      const { Credentials, AssumedRoleUser } = await call(
        signer,
        step.target,
        code !== undefined,
        'AssumeRole',
        (client) => client.send(command),
      );
      return sessionOf(Credentials, AssumedRoleUser?.Arn);
    },
    async assumeRoleWithWebIdentity(step, token) {
      const command = new AssumeRoleWithWebIdentityCommand({
        RoleArn: step.roleArn.value,
        RoleSessionName: step.sessionName.value,
        WebIdentityToken: token,
        DurationSeconds: step.duration?.value,
        Policy: step.policy,
        PolicyArns: some(step.policyArns.map((arn) => ({ arn }))),
      });
      const { Credentials, AssumedRoleUser } = await call(
        undefined,
        step.target,
        false,
        'AssumeRoleWithWebIdentity',
        (client) => client.send(command),
      );
      return sessionOf(Credentials, AssumedRoleUser?.Arn);
    },
    async getCallerIdentity(signer, target) {
      const { Account, Arn, UserId } = await call(signer, target, false, 'GetCallerIdentity', (client) =>
        client.send(new GetCallerIdentityCommand({})),
      );
      return { account: Account ?? '', arn: Arn ?? '', userId: UserId ?? '' };
    },
    close() {
      // One that could not be opened was told of when it was called for.
      for (const transport of transports.values())
        void transport.then(
          (handler) => handler.destroy(),
          () => undefined,
        );
    },
  };
}

/**
 * The SDK looks into AWS's files and variables behind our back (endpoints, retry modes, `AWS_PROFILE`); everything it
 * is to know it is told. Its word on Node's end of support is kept off the terminal by its own switch.
 */
function isolateSdk(): void {
  for (const name of Object.keys(process.env))
    if (name.startsWith('AWS_')) Reflect.deleteProperty(process.env, name);
  const nowhere = process.platform === 'win32' ? 'NUL' : '/dev/null';
  process.env['AWS_CONFIG_FILE'] = nowhere;
  process.env['AWS_SHARED_CREDENTIALS_FILE'] = nowhere;
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';
}

function clientOf(
  signer: Session | undefined,
  target: StsTarget,
  requestHandler: NodeHttpHandler,
  systemClockOffset: number,
): STSClient {
  return new STSClient({
    region: target.region.value,
    ...(target.endpoint === undefined ? {} : { endpoint: target.endpoint.value }),
    useFipsEndpoint: target.fips,
    useDualstackEndpoint: target.dualstack,
    ...(signer === undefined ? {} : { credentials: credentialsOf(signer) }),
    requestHandler,
    streamCollector: collectBounded,
    systemClockOffset,
    maxAttempts: 1,
    retryMode: 'standard',
    defaultsMode: 'standard',
    authSchemePreference: [],
    userAgentAppId: 'tsawsume',
  });
}

const credentialsOf = (
  signer: Session,
): { accessKeyId: string; secretAccessKey: string; sessionToken?: string } => ({
  accessKeyId: signer.accessKeyId,
  secretAccessKey: signer.secretAccessKey.reveal(),
  ...(signer.sessionToken === undefined ? {} : { sessionToken: signer.sessionToken.reveal() }),
});

/**
 * Milliseconds to wait before the same call is made again; undefined: it is not. A call with a one-time code goes
 * again only when the code can't have been looked at.
 */
function pauseBeforeRetry(
  { refusal, status, retryAfter, clockCorrected }: Failure,
  calls: number,
  oneTime: boolean,
): number | undefined {
  if (calls >= MOST_CALLS) return undefined;
  if (clockCorrected) return calls === 1 ? 0 : undefined;
  const backoff = 100 * 2 ** calls * (0.5 + Math.random());
  if (refusal.code === 'NetworkError') {
    const again = calls < MOST_NETWORK_TRIES && !(oneTime && refusal.reached);
    return again && !refusal.text.includes('certificate') ? backoff : undefined;
  }
  const throttled = THROTTLED.has(refusal.code) || status === 429;
  const failed = (status ?? 0) >= 500 && !oneTime;
  if (!throttled && !failed) return undefined;
  if (retryAfter === undefined) return backoff * 2;
  return retryAfter <= LONGEST_RETRY_AFTER_MS ? retryAfter : undefined;
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
