import type { Case } from '../support/agreement';
import { keys, role } from '../support/cast';

const ANN = `[ann]\n${keys('ann')}\n`;
const refused = { credentials: ANN, who: 'refused' } as const;

/** Where an identity would be a guess, both refuse. */
export const REFUSALS: readonly Case[] = [
  { ...refused, what: 'a profile that is nowhere', profile: 'bob' },
  {
    ...refused,
    what: 'a source and a credential_source',
    config: `[profile r]\n${role('one')}\nsource_profile = ann\ncredential_source = Environment\n`,
    profile: 'r',
  },
  { ...refused, what: 'a role and no source', config: `[profile r]\n${role('one')}\n`, profile: 'r' },
  {
    ...refused,
    what: 'a role beside keys, and no source: never the keys',
    config: `[profile r]\n${role('one')}\n${keys('ann')}\n`,
    profile: 'r',
  },
  {
    ...refused,
    what: 'a source that is missing',
    config: `[profile r]\n${role('one')}\nsource_profile = gone\n[default]\n${keys('cat')}\n`,
    profile: 'r',
  },
  {
    ...refused,
    what: 'a source that has nothing',
    config: `[profile r]\n${role('one')}\nsource_profile = s\n[profile s]\nregion = eu-west-1\n`,
    profile: 'r',
  },
  {
    ...refused,
    what: 'its own source, without keys',
    config: `[profile r]\n${role('one')}\nsource_profile = r\n`,
    profile: 'r',
  },
  {
    ...refused,
    what: 'a loop of two',
    config: `[profile a]\n${role('one')}\nsource_profile = b\n[profile b]\n${role('two')}\nsource_profile = a\n`,
    profile: 'a',
  },
  {
    ...refused,
    what: 'a credential_source that is none',
    config: `[profile r]\n${role('one')}\ncredential_source = environment\n`,
    profile: 'r',
  },
  {
    ...refused,
    what: 'credential_source = Environment, and no keys there',
    config: `[profile r]\n${role('one')}\ncredential_source = Environment\n`,
    profile: 'r',
  },
  {
    ...refused,
    what: 'half a pair of keys',
    credentials: `[x]\n${keys('ann').split('\n')[0] ?? ''}\n`,
    profile: 'x',
  },
  { ...refused, what: '[x] in the config file', config: `[x]\n${keys('ann')}\n`, profile: 'x' },
  {
    ...refused,
    what: '[profile x] in the credentials file',
    credentials: `[profile x]\n${keys('ann')}\n`,
    profile: 'x',
  },
  { ...refused, what: 'another case', config: `[profile Ops]\n${keys('ann')}\n`, profile: 'ops' },
  {
    what: 'a loop whose first link has keys',
    config: `[profile a]\n${role('one')}\nsource_profile = b\n${keys('ann')}\n[profile b]\n${role('two')}\nsource_profile = a\n`,
    profile: 'a',
    who: 'refused',
  },
  {
    what: 'a web identity without a role, though there are keys',
    config: `[profile x]\nweb_identity_token_file = HOME/token\n${keys('ann')}\n`,
    files: { token: 'TOKEN' },
    profile: 'x',
    who: 'refused',
  },
  {
    what: 'a role beside SSO settings',
    config: `[profile x]\n${role('one')}\nsso_session = s\nsso_account_id = 111122223333\nsso_role_name = R\n[sso-session s]\nsso_region = us-east-1\nsso_start_url = https://s.example/start\n`,
    profile: 'x',
    who: 'refused',
  },
  {
    what: 'a session name of one letter',
    config: `[profile r]\n${role('one')}\nsource_profile = ann\nrole_session_name = a\n`,
    credentials: ANN,
    profile: 'r',
    who: 'refused',
  },
];
