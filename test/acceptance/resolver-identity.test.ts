import { describe } from 'vitest';
import { resolverCases, ROLE, ROLE2, type Case } from '../support/resolver';

const Y = 'source_profile = y';
const KEYS = '[y]\n$BOT';
const AMBIENT = { AWS_ACCESS_KEY_ID: 'AKIAAMBIENT', AWS_SECRET_ACCESS_KEY: 's', AWS_SESSION_TOKEN: 't' };

/** Semantics 6 to 13: who a profile is, and who it never is. */
const IDENTITY: readonly Case[] = [
  {
    rule: '6 a role and its source',
    config: `[profile x]\n${ROLE}\n${Y}`,
    credentials: KEYS,
    signed: ['bot', 'hop'],
  },
  {
    rule: '6 both sources',
    config: `[profile x]\n${ROLE}\n${Y}\ncredential_source = Environment`,
    credentials: KEYS,
    fails: [3, 'config:4', /profile "x": source_profile and credential_source/],
  },
  {
    rule: '6 no source',
    config: `[profile x]\n${ROLE}`,
    fails: [3, 'config:2', /profile "x": role_arn has no source_profile/],
  },
  {
    rule: '6 role_arn beside the profile’s own keys',
    config: `[profile x]\n${ROLE}`,
    credentials: '[x]\n$BOT',
    fails: [3, 'config:2', /beside the profile's own keys/],
  },
  {
    rule: '6 the process of the same profile is the source',
    config: `[profile x]\n${ROLE}\ncredential_process = $HOME/process.sh`,
    signed: ['bot', 'hop'],
  },
  {
    rule: '6 role_arn with SSO settings',
    config: `[profile x]\n${ROLE}\nsso_account_id = 111122223333\nsso_role_name = r`,
    fails: [3, 'config:2', /beside SSO settings/],
  },
  {
    rule: '6 an empty role_arn is none',
    config: '[profile x]\nrole_arn =\n',
    credentials: '[x]\n$BOT',
    is: 'bot',
  },
  {
    rule: '7 a source with keys ends the chain',
    config: `[profile x]\n${ROLE}\n${Y}\n[profile y]\n${ROLE2}\nsource_profile = nowhere`,
    credentials: KEYS,
    signed: ['bot', 'hop'],
  },
  {
    rule: '7 itself, with static keys',
    config: `[profile x]\n${ROLE}\nsource_profile = x`,
    credentials: '[x]\n$BOT',
    signed: ['bot', 'hop'],
  },
  {
    rule: '7 itself, without keys',
    config: `[profile x]\n${ROLE}\nsource_profile = x`,
    fails: [3, 'config:3', /"x" → "x"/],
  },
  {
    rule: '7 a loop of two',
    config: `[profile x]\n${ROLE}\n${Y}\n[profile y]\n${ROLE2}\nsource_profile = x`,
    fails: [3, 'config:6', /"x" → "y" → "x"/],
  },
  {
    rule: '7 a loop, although the first has keys',
    config: `[profile x]\n${ROLE}\n${Y}\n[profile y]\n${ROLE2}\nsource_profile = x`,
    credentials: '[x]\n$BOT',
    fails: [3, 'config:6', /"x" → "y" → "x"/],
  },
  {
    rule: '7 a loop further on',
    config: `[profile x]\n${ROLE}\n${Y}\n[profile y]\n${ROLE}\nsource_profile = z\n[profile z]\n${ROLE}\n${Y}`,
    fails: [3, 'config:9', /"x" → "y" → "z" → "y"/],
  },
  {
    rule: '7 a missing source',
    config: `[profile x]\n${ROLE}\n${Y}`,
    env: AMBIENT,
    credentials: '[default]\n$DEV',
    fails: [3, 'config:3', /profile "x" has source_profile "y", and there is no such profile/],
  },
  {
    rule: '7 the asked profile’s own keys are ignored',
    config: `[profile x]\n${ROLE}\n${Y}`,
    credentials: `[x]\n$DEV\n${KEYS}`,
    signed: ['bot', 'hop'],
  },
  {
    rule: '7 a chain of two',
    config: `[profile x]\n${ROLE2}\nsource_profile = hop\n[profile hop]\n${ROLE}\n${Y}`,
    credentials: KEYS,
    signed: ['bot', 'hop', 'last'],
  },
  {
    rule: '7 a broken source',
    config: `[profile x]\n${ROLE}\n${Y}`,
    credentials: '[y]\naws_access_key_id = AKIAHALF',
    fails: [3, 'credentials:2', /profile "y": aws_access_key_id stands without aws_secret_access_key/],
  },
  {
    rule: '7 a source that says nothing',
    config: `[profile x]\n${ROLE}\n${Y}\n[profile y]\nregion = us-east-1`,
    env: AMBIENT,
    fails: [3, 'config:4', /profile "y" says nothing of who it is/],
  },
  {
    rule: '8 Environment',
    config: `[profile x]\n${ROLE}\ncredential_source = Environment`,
    env: { AWS_ACCESS_KEY_ID: '' },
    credentials: '[default]\n$DEV',
    fails: [3, 'config:3', /AWS_ACCESS_KEY_ID is not set/],
  },
  {
    rule: '8 the exact spelling',
    config: `[profile x]\n${ROLE}\ncredential_source = environment`,
    env: AMBIENT,
    fails: [3, 'config:3', /credential_source is not valid\b.*\nwrite Environment/],
  },
  {
    rule: '8 no such source',
    config: `[profile x]\n${ROLE}\ncredential_source = Vault`,
    fails: [3, 'config:3', /credential_source is not valid/],
  },
  {
    rule: '9 external_id of the source is not the role’s',
    config: `[profile x]\n${ROLE}\n${Y}\n[profile y]\nexternal_id = of-y`,
    credentials: KEYS,
    signed: ['bot', 'hop'],
    sends: { ExternalId: undefined },
  },
  {
    rule: '9 and its own is',
    config: `[profile x]\n${ROLE}\n${Y}\nexternal_id = of-x`,
    credentials: KEYS,
    signed: ['bot', 'hop'],
    sends: { ExternalId: 'of-x' },
  },
  {
    rule: '9 duration_seconds and role_session_name likewise',
    config: `[profile x]\n${ROLE}\n${Y}\n[profile y]\nduration_seconds = 1800\nrole_session_name = of-y`,
    credentials: KEYS,
    sends: { DurationSeconds: undefined, RoleSessionName: 'tsawsume-x' },
  },
  {
    rule: '9 the source’s mfa_serial counts',
    config: `[profile x]\n${ROLE}\n${Y}\n[profile y]\nmfa_serial = arn:aws:iam::111122223333:mfa/bot`,
    credentials: KEYS,
    fails: [4, undefined, /profile "x" needs an MFA code of arn:aws:iam::111122223333:mfa\/bot/],
  },
  {
    rule: '10 a web identity without role_arn',
    config: '[profile x]\nweb_identity_token_file = /t',
    fails: [3, 'config:2', /stands without role_arn/],
  },
  {
    rule: '10 wins over source_profile',
    config: `[profile x]\n${ROLE}\n${Y}\nweb_identity_token_file = $HOME/none`,
    credentials: KEYS,
    fails: [3, 'config:4', /profile "x": .*none can't be read/],
  },
  {
    rule: '11 the process, arguments in double quotes',
    config: '[profile x]\ncredential_process = "$HOME/process.sh" "a b"',
    is: 'bot',
  },
  {
    rule: '11 no shell: no ~',
    config: '[profile x]\ncredential_process = ~/process.sh',
    fails: [3, 'config:2', /not found\b.*\nwrite the whole path/],
  },
  {
    rule: '11 no shell: no variables',
    config: '[profile x]\ncredential_process = ${HOME}/process.sh',
    env: { HOME: '$HOME' },
    fails: [3, 'config:2', /not found/],
  },
  {
    rule: '11 keys of the config file come after the process',
    config: '[profile x]\ncredential_process = $HOME/process.sh\n$DEV',
    is: 'bot',
  },
  {
    rule: '11 keys of the credentials file come before it',
    config: '[profile x]\ncredential_process = false',
    credentials: '[x]\n$DEV',
    is: 'dev',
  },
  {
    rule: '12 SSO is told to be somebody else’s',
    config:
      '[profile x]\nsso_start_url = https://s.example\nsso_region = eu-west-1\nsso_account_id = 111122223333\nsso_role_name = r',
    fails: [3, 'config:1', /SSO/],
  },
  {
    rule: '12 an sso_session that is not there',
    config: '[profile x]\nsso_session = s\nsso_account_id = 111122223333\nsso_role_name = r',
    fails: [3, 'config:2', /sso-session s/],
  },
  {
    rule: '13 AWS_PROFILE',
    credentials: '[x]\n$DEV\n[y]\n$BOT',
    profile: null,
    env: { AWS_PROFILE: 'y', AWS_DEFAULT_PROFILE: 'x' },
    is: 'bot',
  },
  {
    rule: '13 AWS_DEFAULT_PROFILE',
    credentials: '[x]\n$DEV\n[y]\n$BOT',
    profile: null,
    env: { AWS_PROFILE: '', AWS_DEFAULT_PROFILE: 'y' },
    is: 'bot',
  },
  { rule: '13 default', credentials: '[default]\n$BOT', profile: null, is: 'bot' },
  {
    rule: '13 no default',
    credentials: '[y]\n$BOT',
    profile: null,
    env: AMBIENT,
    fails: [3, undefined, /no profile "default"/],
  },
  {
    rule: '13 the environment’s keys are never an answer',
    config: '[profile x]\nregion = us-east-1',
    env: AMBIENT,
    fails: [3, 'config:1', /says nothing of who it is/],
  },
  {
    rule: '13 nor do they sign',
    config: `[profile x]\n${ROLE}\n${Y}`,
    credentials: KEYS,
    env: AMBIENT,
    signed: ['bot', 'hop'],
  },
  {
    rule: '13 nor does a stale AWS_ROLE_ARN of the shell matter',
    credentials: '[x]\n$BOT',
    env: { AWS_ROLE_ARN: 'arn:aws:iam::111122223333:role/other', AWS_WEB_IDENTITY_TOKEN_FILE: '/t' },
    is: 'bot',
  },
  {
    rule: 'suggestions: a letter missing',
    credentials: '[production]\n$BOT',
    profile: 'prodction',
    fails: [3, undefined, /no profile "prodction"\ndid you mean "production"\?/],
  },
  {
    rule: 'suggestions: two letters swapped',
    credentials: '[x]\n$BOT\n[staging]\n$BOT',
    profile: 'stagnig',
    fails: [3, undefined, /did you mean "staging"\?/],
  },
  {
    rule: 'suggestions: none that is near',
    credentials: '[production]\n$BOT',
    profile: 'q',
    fails: [3, undefined, /no profile "q"\nsee which there are with: tsawsume list/],
  },
  {
    rule: 'suggestions: for a source',
    config: `[profile x]\n${ROLE}\nsource_profile = bto`,
    credentials: '[bot]\n$BOT',
    fails: [3, 'config:3', /did you mean "bot"\?/],
  },
];

describe('identity', () => resolverCases(IDENTITY));
