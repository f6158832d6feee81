import type { MfaSerial, Origin, ProfileName, RoleArn, Sourced } from './names';
import type { Problem } from './section';

/** What every profile may say, whatever it is. */
export interface ProfileCommon {
  readonly name: ProfileName;
  /** The profile's header. */
  readonly origin: Origin;
  /** Written by tsawsume itself: nothing that a user would choose. */
  readonly managed?: true;
  readonly region?: Sourced;
  readonly mfaSerial?: Sourced<MfaSerial>;
  /** aws-vault's key: a command that prints the MFA code. */
  readonly mfaProcess?: Sourced;
  /** Seconds: of the role's session, or of the user's own session where the profile is no role. */
  readonly durationSeconds?: Sourced<number>;
  readonly endpoint: EndpointSettings;
}

/** What a profile says of how STS is reached (semantics 21). */
export interface EndpointSettings {
  /** `sts` / `endpoint_url` of the `[services …]` section the profile names. */
  readonly servicesSts?: Sourced;
  /** The same for `iam`. */
  readonly servicesIam?: Sourced;
  readonly endpointUrl?: Sourced;
  readonly ignoreConfigured?: Sourced<boolean>;
  readonly useFips?: Sourced<boolean>;
  readonly useDualstack?: Sourced<boolean>;
  readonly caBundle?: Sourced;
}

/** Static keys; the secrets stay behind with the files. */
export interface KeysProfile extends ProfileCommon {
  readonly kind: 'keys';
  readonly accessKeyId: Sourced;
  /** True when a session token stands beside the keys: they can't ask for a session token of their own. */
  readonly temporary: boolean;
}

export type CredentialSource = 'Environment' | 'Ec2InstanceMetadata' | 'EcsContainer';

/** Who signs for a role: another profile, the machine, or the same profile's process. */
export type RoleSource =
  | { readonly by: 'profile'; readonly profile: Sourced<ProfileName> }
  | { readonly by: 'machine'; readonly source: Sourced<CredentialSource> }
  | { readonly by: 'process'; readonly command: Sourced };

export interface RoleProfile extends ProfileCommon {
  readonly kind: 'role';
  readonly roleArn: Sourced<RoleArn>;
  readonly source: RoleSource;
  readonly externalId?: Sourced;
  readonly sessionName?: Sourced;
}

export interface WebIdentityProfile extends ProfileCommon {
  readonly kind: 'web-identity';
  readonly roleArn: Sourced<RoleArn>;
  readonly tokenFile: Sourced;
  readonly sessionName?: Sourced;
}

export interface ProcessProfile extends ProfileCommon {
  readonly kind: 'process';
  readonly command: Sourced;
}

export interface SsoProfile extends ProfileCommon {
  readonly kind: 'sso';
  readonly session?: Sourced;
  readonly startUrl: Sourced;
  readonly ssoRegion: Sourced;
  readonly accountId: Sourced;
  readonly roleName: Sourced;
}

export interface LoginProfile extends ProfileCommon {
  readonly kind: 'login';
  readonly loginSession: Sourced;
}

/** A profile that says nothing of who it is (a region only, say). */
export interface EmptyProfile extends ProfileCommon {
  readonly kind: 'none';
}

/** A profile that can't be used, and why: the first problem is the one to tell. */
export interface BrokenProfile {
  readonly kind: 'broken';
  readonly name: ProfileName;
  readonly origin: Origin;
  readonly problems: readonly [Problem, ...Problem[]];
}

export type UsableProfile =
  KeysProfile | RoleProfile | WebIdentityProfile | ProcessProfile | SsoProfile | LoginProfile | EmptyProfile;
export type Profile = UsableProfile | BrokenProfile;

/**
 * The profiles of both files. The same section means two things: asked for, a profile with `role_arn` is that
 * role; named as a source, one with static keys ends the chain and its own `role_arn` is not used (semantics 7).
 */
export interface Profiles {
  /** Every profile's name, each once: the config file's order, then the credentials file's. */
  names(): readonly ProfileName[];
  has(name: ProfileName): boolean;
  asked(name: ProfileName): Profile | undefined;
  source(name: ProfileName): Profile | undefined;
  /** A `[x]` in the config file, or a `[profile x]` in the credentials file: no profile, but meant as one. */
  stray(name: string): Origin | undefined;
  /** All of those, the config file's first. */
  strays(): readonly { readonly name: string; readonly origin: Origin }[];
  /** What is wrong in the files outside every profile; no profile is the worse for it. */
  fileProblems(): readonly Problem[];
}
