import {
  AssumeRoleCommand,
  GetSessionTokenCommand,
  STSClient,
  STSServiceException,
} from '@aws-sdk/client-sts';
import type {
  AssumeRoleCommandInput,
  AssumeRoleCommandOutput,
  Credentials,
  STSClientConfig,
} from '@aws-sdk/client-sts';

import type { Person } from '../../src/sandbox/company';
import { startSandbox } from '../../src/sandbox/server';
import type { Sandbox, SandboxOptions } from '../../src/sandbox/server';

export interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}
export interface Mfa {
  readonly SerialNumber: string;
  readonly TokenCode: string;
}
export type Wish = Partial<AssumeRoleCommandInput>;

export const HOUR = 3600;
export const DEV = 'arn:aws:iam::111122223333:user/dev';
export const WRONG_CODE =
  '403 AccessDenied: MultiFactorAuthentication failed with invalid MFA one time pass code. ';
export const WRONG_DEVICE =
  '403 AccessDenied: MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA ' +
  'serial number is valid and associated with this user.';
export const notAuthorized = (who: string, arn: string): string =>
  `403 AccessDenied: User: ${who} is not authorized to perform: sts:AssumeRole on resource: ${arn}`;

/** A sandbox with a clock that stands still until it is moved, and AWS's own client to talk to it. */
export class Bench {
  private constructor(
    readonly sandbox: Sandbox,
    private readonly clock: { now: number },
  ) {}

  static async open(options: SandboxOptions = {}): Promise<Bench> {
    // Whole seconds, as AWS tells them: then lifetimes come out even.
    const clock = { now: Math.floor(Date.now() / 1000) * 1000 };
    return new Bench(await startSandbox({ now: () => clock.now, ...options }), clock);
  }

  get now(): number {
    return this.clock.now;
  }
  get dev(): Person {
    return this.sandbox.company.users.dev;
  }

  pass(seconds: number): void {
    this.clock.now += seconds * 1000;
  }

  as(keys: Keys, config: STSClientConfig = {}): STSClient {
    const { url } = this.sandbox;
    return new STSClient({
      endpoint: url,
      region: 'eu-west-1',
      credentials: keys,
      maxAttempts: 1,
      ...config,
    });
  }

  /** A device's serial and a code that is taken now. */
  mfa(person: Person): Mfa {
    const serial = person.device?.serial ?? '';
    return { SerialNumber: serial, TokenCode: this.sandbox.cloud.freshCode(serial) ?? 'none' };
  }

  assume(keys: Keys, arn: string, wish: Wish = {}): Promise<AssumeRoleCommandOutput> {
    return this.as(keys).send(new AssumeRoleCommand({ RoleArn: arn, RoleSessionName: 'me', ...wish }));
  }

  /** A session with MFA. */
  async userSession(person: Person): Promise<Keys> {
    const answer = await this.as(person.key).send(new GetSessionTokenCommand(this.mfa(person)));
    return sessionOf(answer.Credentials);
  }

  /** Seconds from now to the expiry. */
  lifetime(credentials: Credentials | undefined): number {
    return Math.round(((credentials?.Expiration?.getTime() ?? NaN) - this.now) / 1000);
  }
}

export const sessionOf = (credentials: Credentials | undefined): Keys => ({
  accessKeyId: credentials?.AccessKeyId ?? '',
  secretAccessKey: credentials?.SecretAccessKey ?? '',
  sessionToken: credentials?.SessionToken ?? '',
});

/** The refusal, as `status name: text`. */
export async function refusalOf(call: Promise<unknown>): Promise<string> {
  const error: unknown = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof STSServiceException)) throw new Error(`no refusal of STS's: ${String(error)}`);
  return `${String(error.$metadata.httpStatusCode)} ${error.name}: ${error.message}`;
}
