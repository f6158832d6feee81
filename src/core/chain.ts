import { badProfile, usage } from '../errors';
import { askedProfile, sourceProfile } from './lookup';
import { describeOrigin, type Origin, type ProfileName, type Sourced, type RoleArn } from './names';
import type { Root } from './plan';
import type { EndpointSettings, Profiles, RoleProfile, UsableProfile, WebIdentityProfile } from './profile';
import { quoted } from './words';

/** The profiles that lead to an identity, from where the keys come from to the profile that was asked for. */
export interface Chain {
  /** Where it begins: keys, or a role that an identity provider's token opens. */
  readonly start: Root | WebIdentityProfile;
  /** The profile it begins in, when that is not itself the first role. */
  readonly startProfile: UsableProfile;
  /** The roles, in the order in which they are assumed. */
  readonly roles: readonly RoleProfile[];
  /** The profile asked for: the last role, or the start itself. */
  readonly asked: UsableProfile;
}

/** A role that the command line names rather than a profile. */
export interface NamedRole {
  readonly arn: Sourced<RoleArn>;
  /** What this identity is called, where a profile's name is needed. */
  readonly name: ProfileName;
}

/** Keys that the command line gives: who they are, without the secrets. */
export interface GivenStart {
  readonly accessKeyId: Sourced;
  readonly temporary: boolean;
  /** No profile was named with them. */
  readonly alone: boolean;
}

/**
 * Follows `source_profile` from the profile asked for to the keys. Throws `profile` for a missing or broken link, a
 * loop, and a profile that leads to no keys (semantics 6–8). Never looks anywhere that the profiles do not name.
 * @param given keys that sign for the first role, whatever the profiles say of theirs.
 */
export function resolveChain(
  profiles: Profiles,
  name: ProfileName,
  role?: NamedRole,
  given?: GivenStart,
): Chain {
  const first = firstLink(profiles, name, role !== undefined, given);
  const asked = role === undefined ? first : roleOver(first, role);
  const roles: RoleProfile[] = [];
  const path: ProfileName[] = [];
  let profile = asked;
  for (;;) {
    path.push(profile.name);
    if (profile.kind !== 'role')
      return { ...(given === undefined ? beginning(profile) : beginningWith(given, profile)), roles, asked };
    roles.unshift(profile);
    const { source } = profile;
    // Keys that come with no profile of their own sign at once; others where the profiles would have their keys.
    if (given?.alone === true) return { ...beginningWith(given, first), roles, asked };
    if (source.by !== 'profile' && given !== undefined)
      return { ...beginningWith(given, profile), roles, asked };
    if (source.by === 'machine') {
      return {
        start: { by: 'machine', profile: profile.name, source: source.source },
        startProfile: profile,
        roles,
        asked,
      };
    }
    if (source.by === 'process') {
      return {
        start: { by: 'process', profile: profile.name, command: source.command },
        startProfile: profile,
        roles,
        asked,
      };
    }
    profile = nextLink(profiles, profile.name, source.profile, path);
  }
}

function firstLink(
  profiles: Profiles,
  name: ProfileName,
  asSource: boolean,
  given: GivenStart | undefined,
): UsableProfile {
  if (given?.alone === true) return { kind: 'none', name, origin: { file: '--json', line: 0 }, endpoint: {} };
  const first = asSource ? askedSource(profiles, name) : askedProfile(profiles, name);
  if (given === undefined || first.kind === 'role') return first;
  throw usage(
    `profile ${quoted(first.name)} is no role, so it has no use for the credentials of --json`,
    'leave the profile out to become these credentials, or name a role',
  );
}

const beginningWith = (
  { accessKeyId, temporary }: GivenStart,
  startProfile: UsableProfile,
): Pick<Chain, 'start' | 'startProfile'> => ({
  start: { by: 'json', profile: startProfile.name, accessKeyId, temporary },
  startProfile,
});

/** With `--role-arn`, the profile is what signs, so it is read as a source; its absence is told as for a profile. */
function askedSource(profiles: Profiles, name: ProfileName): UsableProfile {
  return profiles.has(name)
    ? sourceProfile(profiles, name, name, 'command line')
    : askedProfile(profiles, name);
}

function roleOver(source: UsableProfile, role: NamedRole): RoleProfile {
  const endpoint: EndpointSettings = source.endpoint;
  return {
    kind: 'role',
    name: role.name,
    origin: source.origin,
    endpoint,
    roleArn: role.arn,
    source: { by: 'profile', profile: { value: source.name, from: 'command line' } },
  };
}

/** @param path the profiles walked through so far, the one that names the next link last. */
function nextLink(
  profiles: Profiles,
  by: ProfileName,
  link: Sourced<ProfileName>,
  path: readonly ProfileName[],
): UsableProfile {
  const loop = [...path, link.value].map((name) => quoted(name)).join(' → ');
  if (link.value !== by && path.includes(link.value)) throw loopError(loop, link.from);
  const next = sourceProfile(profiles, link.value, by, link.from);
  // A profile may name itself when it holds the keys; otherwise it would go round for ever (semantics 7).
  if (link.value === by && next.kind !== 'keys') throw loopError(loop, link.from);
  return next;
}

const loopError = (loop: string, at: Origin | string): Error =>
  badProfile(
    `source_profile goes round in a circle: ${loop} (${describeOrigin(at)})`,
    'let the last of them name a profile that holds keys',
  );

function beginning(profile: Exclude<UsableProfile, RoleProfile>): Pick<Chain, 'start' | 'startProfile'> {
  const startProfile = profile;
  switch (profile.kind) {
    case 'keys':
      return {
        start: {
          by: 'keys',
          profile: profile.name,
          accessKeyId: profile.accessKeyId,
          temporary: profile.temporary,
        },
        startProfile,
      };
    case 'process':
      return { start: { by: 'process', profile: profile.name, command: profile.command }, startProfile };
    case 'web-identity':
      return { start: profile, startProfile };
    case 'sso':
    case 'login':
      throw badProfile(
        `profile ${quoted(profile.name)} signs in with ${profile.kind === 'sso' ? 'IAM Identity Center (SSO)' : 'aws login'}, which tsawsume does not speak yet (${describeOrigin(profile.origin)})`,
        `let the AWS CLI do it: in another profile write credential_process = aws configure export-credentials --profile ${profile.name}`,
      );
    case 'none':
      throw badProfile(
        `profile ${quoted(profile.name)} says nothing of who it is: no keys, role or credential_process (${describeOrigin(profile.origin)})`,
        'give it aws_access_key_id and aws_secret_access_key, or role_arn and source_profile',
      );
  }
}
