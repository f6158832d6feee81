import { accountOf } from './arn';
import { describeOrigin, type ProfileName } from './names';
import type { Profile, Profiles, RoleProfile } from './profile';

/** One row of `list`: what a person wants to know of a profile before choosing it. */
export interface ProfileRow {
  readonly profile: ProfileName;
  readonly type: 'user' | 'role' | 'process' | 'web identity' | 'sso' | 'login' | 'none' | 'managed' | 'bad';
  readonly source: string | undefined;
  readonly mfa: boolean;
  readonly region: string | undefined;
  readonly account: string | undefined;
  readonly roleArn: string | undefined;
  readonly origin: string;
  /** What is wrong with it: `file:line: message`. */
  readonly problem: string | undefined;
}

const TYPES = {
  keys: 'user',
  role: 'role',
  process: 'process',
  'web-identity': 'web identity',
  sso: 'sso',
  login: 'login',
  none: 'none',
} as const;

export function describeProfile(profiles: Profiles, name: ProfileName): ProfileRow | undefined {
  const profile = profiles.asked(name);
  if (profile === undefined) return undefined;
  const row = { profile: name, origin: describeOrigin(profile.origin) };
  const none = { source: undefined, region: undefined, account: undefined, roleArn: undefined };
  if (profile.kind === 'broken') {
    const [{ message, origin }] = profile.problems;
    return { ...row, ...none, type: 'bad', mfa: false, problem: `${describeOrigin(origin)}: ${message}` };
  }
  const source = profile.kind === 'role' ? sourceOf(profile) : undefined;
  const mfa = profile.mfaSerial ?? inheritedSerial(profiles, profile);
  const roleArn =
    profile.kind === 'role' || profile.kind === 'web-identity' ? profile.roleArn.value : undefined;
  return {
    ...row,
    type: profile.managed === true ? 'managed' : TYPES[profile.kind],
    source,
    mfa: mfa !== undefined,
    region: profile.region?.value,
    account:
      accountOf(roleArn ?? mfa?.value ?? '') ??
      (profile.kind === 'sso' ? profile.accountId.value : undefined),
    roleArn,
    problem: undefined,
  };
}

function sourceOf({ source }: RoleProfile): string {
  switch (source.by) {
    case 'profile':
      return source.profile.value;
    case 'machine':
      return source.source.value;
    case 'process':
      return 'credential_process';
  }
}

/** Without one on the role, its source's counts (semantics 9). */
function inheritedSerial(profiles: Profiles, profile: Profile): { readonly value: string } | undefined {
  if (profile.kind !== 'role' || profile.source.by !== 'profile') return undefined;
  const source = profiles.source(profile.source.profile.value);
  return source === undefined || source.kind === 'broken' ? undefined : source.mfaSerial;
}
