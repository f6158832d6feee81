import type { CredentialSource } from './profile';
import type { CacheKey, MfaSerial, ProfileName, RoleArn, Sourced } from './names';
import type { Inputs } from './ports';

/** How STS is reached for one call. */
export interface StsTarget {
  readonly region: Sourced;
  /** A configured endpoint; absent: AWS's own for the region. */
  readonly endpoint: Sourced | undefined;
  readonly fips: boolean;
  readonly dualstack: boolean;
  readonly caBundle: Sourced | undefined;
}

/** Where the serial of a device came from that no file names. */
export const FROM_IAM = 'IAM, ListMFADevices';

/** An MFA device, and how its code is come by without a person. */
export interface MfaDevice {
  readonly serial: Sourced<MfaSerial>;
  readonly process: Sourced | undefined;
}

/** Where a chain begins. */
export type Root =
  | {
      /** The keys of `--json`. */
      readonly by: 'json';
      readonly profile: ProfileName;
      readonly accessKeyId: Sourced;
      readonly temporary: boolean;
    }
  | {
      readonly by: 'keys';
      readonly profile: ProfileName;
      readonly accessKeyId: Sourced;
      readonly temporary: boolean;
    }
  | { readonly by: 'process'; readonly profile: ProfileName; readonly command: Sourced }
  | { readonly by: 'machine'; readonly profile: ProfileName; readonly source: Sourced<CredentialSource> };

export interface RootStep {
  readonly kind: 'root';
  readonly root: Root;
  readonly because: string;
}

interface Fetched {
  /** The profile this step makes. */
  readonly profile: ProfileName;
  readonly because: string;
  /** Everything that decides the answer, and its hash. */
  readonly inputs: Inputs;
  readonly key: CacheKey;
  readonly target: StsTarget;
}

export interface GetSessionTokenStep extends Fetched {
  readonly kind: 'get-session-token';
  readonly mfa: MfaDevice;
  /** Seconds; absent: AWS's default, 12 hours. */
  readonly duration: Sourced<number> | undefined;
}

export interface AssumeRoleStep extends Fetched {
  readonly kind: 'assume-role';
  readonly roleArn: Sourced<RoleArn>;
  readonly sessionName: Sourced;
  /** Seconds; absent: AWS's default, 1 hour. */
  readonly duration: Sourced<number> | undefined;
  readonly externalId: Sourced | undefined;
  /** The code goes with this very call. */
  readonly mfa: MfaDevice | undefined;
  readonly policy: string | undefined;
  readonly policyArns: readonly string[];
  readonly tags: readonly { readonly key: string; readonly value: string }[];
  readonly transitiveTagKeys: readonly string[];
  readonly sourceIdentity: string | undefined;
}

export interface WebIdentityStep extends Fetched {
  readonly kind: 'web-identity';
  readonly roleArn: Sourced<RoleArn>;
  readonly sessionName: Sourced;
  readonly tokenFile: Sourced;
  readonly duration: Sourced<number> | undefined;
  readonly policy: string | undefined;
  readonly policyArns: readonly string[];
}

export type FetchedStep = GetSessionTokenStep | AssumeRoleStep | WebIdentityStep;
export type Step = RootStep | FetchedStep;

/**
 * The ordered steps to an identity. Holds no secret; prints as JSON; the same wishes and files give the same plan.
 */
export interface Plan {
  readonly profile: ProfileName;
  readonly steps: readonly [RootStep | WebIdentityStep, ...FetchedStep[]];
  /** The region to export; absent: the user's own stays. */
  readonly region: Sourced | undefined;
  /** How STS is asked who the result is. */
  readonly target: StsTarget;
  /** What a person should know before it runs: a duration that was capped, a serial that can't be used. */
  readonly notes: readonly string[];
}

/** Seconds the step's session lives when it is fetched: what was asked for, or AWS's default. */
export function lifetimeSeconds(step: FetchedStep): number {
  return step.duration?.value ?? (step.kind === 'get-session-token' ? 43_200 : 3_600);
}
