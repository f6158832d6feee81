import { usage } from '../errors';
import { parseRole, roleNameOf } from './arn';
import type { GivenStart, NamedRole } from './chain';
import { isProfileName, type ProfileName, type Sourced } from './names';
import { ownRefresher } from './refresher-name';
import { isTemporary, type Session } from './session';
import { filledSessionName } from './session-name-template';
import { checkedPolicyArns, minifiedPolicy } from './session-policy';
import { checkedTransitiveKeys, parseTags, type Tag } from './session-tags';
import { settingOrigin, type Settings } from './settings';
import { parseDuration } from './time';

/** What a session must have left to be handed out, where nothing else is wished. */
export const MIN_TTL_SECONDS = 300;

/** What the command line may say of a session, as it was typed. */
export interface SessionFlags {
  readonly refresh?: boolean;
  readonly mfaToken?: string;
  readonly region?: string;
  readonly roleArn?: string;
  readonly sourceProfile?: string;
  readonly externalId?: string;
  readonly sessionName?: string;
  readonly roleDuration?: string;
  readonly sessionTags?: readonly string[];
  /** awsume's name for them. */
  readonly tags?: readonly string[];
  readonly transitiveTagKeys?: readonly string[];
  readonly sourceIdentity?: string;
  readonly sessionPolicy?: string;
  readonly sessionPolicyArns?: readonly string[];
  readonly minTtl?: string;
  readonly configFile?: string;
  readonly credentialsFile?: string;
  /** Credentials as AWS prints them, `-` for stdin; `true` is the output switch of the verbs that look. */
  readonly json?: string | boolean;
}

/** What this run wishes: flags over environment over settings over defaults. Holds no MFA code and no secret. */
export interface Request {
  /** The profile asked for; with `role`, the profile that signs for it. */
  readonly profile: ProfileName;
  readonly role: NamedRole | undefined;
  /** `--json`: these keys sign, in place of the profiles' own. */
  readonly given: GivenStart | undefined;
  readonly region: Sourced | undefined;
  /** The user's own region: where STS is called when no profile names one, never one that tsawsume set before. */
  readonly ownRegion: Sourced | undefined;
  readonly settingsRegion: Sourced | undefined;
  readonly externalId: Sourced | undefined;
  readonly sessionName: Sourced | undefined;
  readonly settingsSessionName: Sourced | undefined;
  readonly duration: Sourced<number> | undefined;
  readonly settingsDuration: Sourced<number> | undefined;
  readonly mfaProcess: Sourced | undefined;
  readonly policy: string | undefined;
  readonly policyArns: readonly string[];
  readonly tags: readonly Tag[];
  readonly transitiveTagKeys: readonly string[];
  readonly sourceIdentity: string | undefined;
  readonly environment: EnvironmentFacts;
  readonly refresh: boolean;
  readonly minTtlSeconds: number;
}

/** What the environment decides, secrets left out. */
export interface EnvironmentFacts {
  readonly endpointSts: Sourced | undefined;
  readonly endpointIam: Sourced | undefined;
  readonly endpoint: Sourced | undefined;
  readonly ignoreEndpoints: boolean | undefined;
  readonly fips: boolean | undefined;
  readonly dualstack: boolean | undefined;
  readonly caBundle: Sourced | undefined;
  /** The static keys of `credential_source = Environment`: who they are. */
  readonly accessKeyId: string | undefined;
  readonly temporary: boolean;
  /** What tells one machine's or container's own role from another's. */
  readonly machine: string;
}

type Env = Readonly<Record<string, string | undefined>>;

/** An empty variable is no variable (semantics 1). */
const variable = (env: Env, name: string): Sourced | undefined => {
  const value = env[name];
  return value === undefined || value === '' ? undefined : { value, from: name };
};

const flagged = (value: string | undefined, flag: string): Sourced | undefined =>
  value === undefined ? undefined : { value, from: flag };

const yes = (env: Env, name: string): boolean | undefined => {
  const value = env[name]?.toLowerCase();
  return value === 'true' ? true : value === 'false' ? false : undefined;
};

/** The regions of the environment, unless an earlier tsawsume put them there (semantics 20). */
export function ownRegion(env: Env): Sourced | undefined {
  if (isOurRegion(env)) return undefined;
  return variable(env, 'AWS_REGION') ?? variable(env, 'AWS_DEFAULT_REGION');
}

/** tsawsume always sets both variables, to the same region; people seldom do. */
export const isOurRegion = (env: Env): boolean =>
  (env['TSAWSUME_PROFILE'] ?? '') !== '' &&
  (env['AWS_REGION'] ?? '') !== '' &&
  env['AWS_REGION'] === env['AWS_DEFAULT_REGION'];

/** @param machine what tells this host's own role from another host's: its name. */
export function environmentFacts(env: Env, machine: string): EnvironmentFacts {
  const container =
    env['AWS_CONTAINER_CREDENTIALS_FULL_URI'] ?? env['AWS_CONTAINER_CREDENTIALS_RELATIVE_URI'] ?? '';
  return {
    endpointSts: variable(env, 'AWS_ENDPOINT_URL_STS'),
    endpointIam: variable(env, 'AWS_ENDPOINT_URL_IAM'),
    endpoint: variable(env, 'AWS_ENDPOINT_URL'),
    ignoreEndpoints: yes(env, 'AWS_IGNORE_CONFIGURED_ENDPOINT_URLS'),
    fips: yes(env, 'AWS_USE_FIPS_ENDPOINT'),
    dualstack: yes(env, 'AWS_USE_DUALSTACK_ENDPOINT'),
    caBundle: variable(env, 'AWS_CA_BUNDLE'),
    accessKeyId: env['AWS_ACCESS_KEY_ID'] || undefined,
    temporary: ((env['AWS_SESSION_TOKEN'] ?? '') || (env['AWS_SECURITY_TOKEN'] ?? '')) !== '',
    machine: `${machine} ${container}`.trim(),
  };
}

/** What a request needs that neither the command line nor the environment holds. */
export interface RequestFacts {
  readonly machine: string;
  /** The text of `--session-policy`, and the flag or the file where it stands. */
  readonly policy: { readonly text: string; readonly where: string } | undefined;
  /** The keys of `--json`. */
  readonly given: Session | undefined;
  readonly user: () => string;
  /** The profile that a name stands for which was typed: itself, or one that is near. */
  readonly meant: (name: ProfileName) => ProfileName;
}

/** Throws `usage` for a flag that means nothing. */
export function makeRequest(
  named: string | undefined,
  flags: SessionFlags,
  env: Env,
  settings: Settings,
  facts: RequestFacts,
): Request {
  const role = namedRole(flags);
  const signer = role === undefined ? named : (flags.sourceProfile ?? named);
  const given = facts.given && givenStart(facts.given, signer === undefined);
  const profile = given?.alone === true ? profileName('json', env) : profileName(signer, env, facts.meant);
  const tags = parseTags([...(flags.sessionTags ?? []), ...(flags.tags ?? [])]);
  const fromFile = <T>(key: string, value: T | undefined): Sourced<T> | undefined =>
    value === undefined ? undefined : { value, from: settingOrigin(settings, key) };
  const template = {
    user: facts.user,
    host: () => facts.machine,
    profile: () => (role === undefined ? profile : roleNameOf(role.arn.value)),
  };
  return {
    profile,
    role,
    given,
    region: flagged(flags.region, '--region'),
    ownRegion: ownRegion(env),
    settingsRegion: fromFile('region', settings.region),
    externalId: flagged(flags.externalId, '--external-id'),
    sessionName: filledSessionName(flagged(flags.sessionName, '--session-name'), template),
    settingsSessionName: filledSessionName(fromFile('role-session-name', settings.roleSessionName), template),
    duration: durationFlag(flags.roleDuration),
    settingsDuration: fromFile('role-duration', settings.roleDuration),
    mfaProcess: fromFile('mfa-process', settings.mfaProcess),
    policy: facts.policy && minifiedPolicy(facts.policy.text, facts.policy.where),
    policyArns: checkedPolicyArns(flags.sessionPolicyArns ?? []),
    tags,
    transitiveTagKeys: checkedTransitiveKeys(flags.transitiveTagKeys ?? [], tags),
    sourceIdentity: flags.sourceIdentity,
    environment: environmentFacts(env, facts.machine),
    refresh: flags.refresh === true,
    minTtlSeconds: flags.minTtl === undefined ? MIN_TTL_SECONDS : seconds(flags.minTtl, '--min-ttl'),
  };
}

/** The profile that is asked for, or that signs for `--role-arn`, as it was typed. */
export const signingProfile = (named: string | undefined, flags: SessionFlags, env: Env): ProfileName =>
  profileName(flags.roleArn === undefined ? named : (flags.sourceProfile ?? named), env);

/**
 * The profile: named, or AWS_PROFILE unless it is ours, AWS_DEFAULT_PROFILE, `default` (semantics 13). Only what was
 * typed may stand for another: the others say exactly whom they mean.
 */
function profileName(
  named: string | undefined,
  env: Env,
  meant: RequestFacts['meant'] = (name) => name,
): ProfileName {
  const wished = ownRefresher(env) === undefined ? variable(env, 'AWS_PROFILE')?.value : undefined;
  const name = named ?? wished ?? variable(env, 'AWS_DEFAULT_PROFILE')?.value ?? 'default';
  if (!isProfileName(name))
    throw usage('the name of the profile is empty', 'name one: tsawsume list shows them');
  return named === undefined ? name : meant(name);
}

/** @param alone no profile was named: the keys are the identity itself, or sign for `--role-arn`. */
const givenStart = (keys: Session, alone: boolean): GivenStart => ({
  accessKeyId: { value: keys.accessKeyId, from: '--json' },
  temporary: isTemporary(keys),
  alone,
});

function namedRole(flags: SessionFlags): NamedRole | undefined {
  if (flags.roleArn === undefined) {
    if (flags.sourceProfile !== undefined) {
      throw usage(
        '--source-profile goes with --role-arn',
        'name a profile, or give the role: --role-arn ARN',
      );
    }
    return undefined;
  }
  const arn = parseRole(flags.roleArn);
  const name = arn === undefined ? '' : `${arn.split(':')[4] ?? ''}:${roleNameOf(arn)}`;
  if (arn === undefined || !isProfileName(name)) {
    throw usage(
      '--role-arn is neither an ARN of a role, nor [partition:]account:role, nor a role’s name',
      'write it as arn:aws:iam::111122223333:role/NAME, 111122223333:NAME or NAME',
    );
  }
  return { arn: { value: arn, from: '--role-arn' }, name };
}

function durationFlag(text: string | undefined): Sourced<number> | undefined {
  return text === undefined
    ? undefined
    : { value: seconds(text, '--role-duration'), from: '--role-duration' };
}

function seconds(text: string, flag: string): number {
  const value = parseDuration(text);
  if (value === undefined) throw usage(`${flag} is no duration`, 'write seconds, or such as 1h, 90m, 1h30m');
  return value;
}
