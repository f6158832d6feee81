import { accountOf, partitionOf, partitionOfRegion } from './arn';
import type { ProfileName } from './names';
import type { Profile, Profiles } from './profile';

/** An AWS account and the partition it is in. */
export interface Account {
  readonly account: string;
  readonly partition: string;
}

/**
 * The account of a profile that signs, as far as the files tell: its MFA device, its role, its SSO account. Undefined:
 * only STS knows.
 */
export function accountInFiles(profiles: Profiles, name: ProfileName): Account | undefined {
  const profile = profiles.source(name);
  if (profile === undefined || profile.kind === 'broken') return undefined;
  if (profile.kind === 'sso')
    return { account: profile.accountId.value, partition: partitionOfRegion(profile.ssoRegion.value) };
  return accountIn(arnIn(profile));
}

function arnIn(profile: Exclude<Profile, { kind: 'broken' | 'sso' }>): string | undefined {
  if (profile.kind === 'role' || profile.kind === 'web-identity') return profile.roleArn.value;
  if (profile.kind === 'login') return profile.loginSession.value;
  return profile.mfaSerial?.value;
}

/** Undefined for a hardware device's serial number, and for what is no ARN. */
function accountIn(arn: string | undefined): Account | undefined {
  const account = accountOf(arn ?? '');
  return arn === undefined || account === undefined ? undefined : { account, partition: partitionOf(arn) };
}
