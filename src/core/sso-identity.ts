import { isAccountId, isRegion } from './checks';
import type { SsoProfile } from './profile';
import type { Setting } from './profile-settings';
import { ProfileSettings, sourced } from './profile-settings';
import type { Sections } from './section';

type SsoIdentity = Pick<SsoProfile, 'kind' | 'session' | 'startUrl' | 'ssoRegion' | 'accountId' | 'roleName'>;

const REGION_HINT = 'write the region IAM Identity Center is in, such as us-east-1';

export const hasSso = (settings: ProfileSettings): boolean =>
  settings.has('sso_account_id', 'sso_role_name', 'sso_session', 'sso_start_url');

/**
 * A profile of IAM Identity Center (semantics 12). As in the AWS CLI the account or the role makes one; a session
 * or start URL alone is a bearer token's, and keys or a process beside it are who the profile is.
 */
export function ssoIdentity(
  settings: ProfileSettings,
  ssoSessions: Sections,
): SsoIdentity | { readonly kind: 'none' } | undefined {
  const others = ['aws_access_key_id', 'aws_secret_access_key', 'login_session', 'credential_process'];
  const isSso =
    settings.has('sso_account_id', 'sso_role_name') || (hasSso(settings) && !settings.has(...others));
  if (!isSso) return undefined;
  const accountId = required(
    settings,
    settings.checked('sso_account_id', isAccountId, 'write the 12 digits of the account'),
    'sso_account_id',
  );
  const roleName = required(settings, settings.line('sso_role_name'), 'sso_role_name');
  const portal = portalOf(settings, ssoSessions);
  if (accountId === undefined || roleName === undefined || portal === undefined) return { kind: 'none' };
  return { kind: 'sso', ...portal, accountId: sourced(accountId), roleName: sourced(roleName) };
}

type Portal = Pick<SsoProfile, 'session' | 'startUrl' | 'ssoRegion'>;

/** Where one signs in: the `[sso-session x]` that is named, or the older form's settings in the profile itself. */
function portalOf(settings: ProfileSettings, ssoSessions: Sections): Portal | undefined {
  const session = settings.line('sso_session');
  if (session === undefined) return settings.has('sso_session') ? undefined : portalIn(settings);
  const section = ssoSessions.get(session.value);
  if (section === undefined) {
    const message = `there is no [sso-session ${session.value}] in the config file`;
    settings.complain(session.from, message, 'add that section, or run: aws configure sso-session');
    return undefined;
  }
  const there = new ProfileSettings({ config: section });
  const portal = portalIn(there);
  settings.adopt(there.problems);
  for (const key of ['sso_region', 'sso_start_url']) {
    const [ours, theirs] = [settings.find(key), there.find(key)];
    if (ours !== undefined && theirs !== undefined && ours.value !== theirs.value) {
      const message = `${key} differs from the one in [sso-session ${session.value}]`;
      settings.complain(ours.from, message, `remove ${key} from the profile`);
    }
  }
  return portal && { ...portal, session: sourced(session) };
}

function portalIn(place: ProfileSettings): Portal | undefined {
  const startUrl = required(place, place.line('sso_start_url'), 'sso_start_url');
  const ssoRegion = required(place, place.checked('sso_region', isRegion, REGION_HINT), 'sso_region');
  return startUrl && ssoRegion && { startUrl: sourced(startUrl), ssoRegion: sourced(ssoRegion) };
}

/** Notes a setting that is missing; one that is there but wrong is noted already. */
function required(place: ProfileSettings, setting: Setting | undefined, key: string): Setting | undefined {
  if (setting === undefined && !place.has(key)) {
    place.complain(place.origin, `${key} is missing`, `add ${key}, or run: aws configure sso`);
  }
  return setting;
}
