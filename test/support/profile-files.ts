import { isProfileName, type ProfileName } from '../../src/core/names';
import type { Profile } from '../../src/core/profile';
import { keysOf, profilesOf } from '../../src/core/profiles';
import { readConfigFile, readCredentialsFile } from '../../src/io/ini';

export const ROLE = 'role_arn = arn:aws:iam::123456789012:role/admin';
export const CONFIG_KEYS = 'aws_access_key_id = AKIACONFIG\naws_secret_access_key = config/secret';
export const KEYS = 'aws_access_key_id = AKIACREDS\naws_secret_access_key = creds/secret';
export const SSO = 'sso_account_id = 123456789012\nsso_role_name = Reader';
export const SESSION = '[sso-session s]\nsso_region = eu-west-1\nsso_start_url = https://s.example/start';

export function named(text: string): ProfileName {
  if (!isProfileName(text)) throw new Error('no name');
  return text;
}

export const X = named('x');
export const files = (config: string, credentials = '') =>
  [readConfigFile('config', config), readCredentialsFile('credentials', credentials)] as const;
/** Profile x of a config body and a credentials body; `more` is the rest of the config file. */
export function read(body: string, credentials = '', more = '') {
  const both = files(`[profile x]\n${body}\n${more}\n`, credentials && `[x]\n${credentials}\n`);
  const profiles = profilesOf(...both);
  return { asked: profiles.asked(X), source: profiles.source(X), keys: keysOf(...both, X) };
}
export const told = (profile: Profile | undefined): string[] =>
  profile?.kind === 'broken'
    ? profile.problems.map(({ origin, message }) => `${origin.file}:${origin.line}: ${message}`)
    : [`not broken: ${profile?.kind ?? 'no profile'}`];
