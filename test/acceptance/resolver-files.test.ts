import { describe } from 'vitest';
import { resolverCases, ROLE, type Case } from '../support/resolver';

/** Semantics 1 to 5: which files, which sections, which lines. */
const FILES: readonly Case[] = [
  { rule: '1 the credentials file alone', credentials: '[x]\n$BOT', is: 'bot' },
  { rule: '1 the config file alone', config: '[profile x]\n$BOT', is: 'bot' },
  {
    rule: '1 AWS_SHARED_CREDENTIALS_FILE moves it, a leading ~/ is HOME',
    config: '[x]\n$DEV',
    credentials: '[x]\n$BOT',
    env: { AWS_SHARED_CREDENTIALS_FILE: '~/.aws/config' },
    is: 'dev',
  },
  {
    rule: '1 AWS_CONFIG_FILE moves the config alone',
    config: '',
    credentials: '[profile x]\n$BOT\n[x]\n',
    env: { AWS_CONFIG_FILE: '$HOME/.aws/credentials' },
    is: 'bot',
  },
  {
    rule: '1 an empty variable is no variable',
    credentials: '[x]\n$BOT',
    env: { AWS_SHARED_CREDENTIALS_FILE: '', AWS_CONFIG_FILE: '' },
    is: 'bot',
  },
  {
    rule: '2 --credentials-file wins over the environment',
    config: '[x]\n$DEV',
    credentials: '[x]\n$BOT',
    env: { AWS_SHARED_CREDENTIALS_FILE: '/no/such' },
    args: ['--credentials-file', '~/.aws/config'],
    is: 'dev',
  },
  {
    rule: '2 --config-file wins over the environment',
    credentials: '[profile x]\n$BOT',
    env: { AWS_CONFIG_FILE: '/no/such' },
    args: ['--config-file', '~/.aws/credentials'],
    is: 'bot',
  },
  {
    rule: '1 a missing file is an empty one',
    env: { AWS_SHARED_CREDENTIALS_FILE: '/no/such', AWS_CONFIG_FILE: '/no/such' },
    fails: [3, undefined, /there is no profile "x"/],
  },
  {
    rule: '1 an unreadable file is an error that names it',
    env: { AWS_CONFIG_FILE: '$HOME/.aws' },
    fails: [3, undefined, /can't read \S+\/\.aws: it is not a regular file/],
  },
  { rule: '1 a BOM and CRLF', credentials: '\uFEFF[x]\r\n$BOT\r\n', is: 'bot' },
  { rule: '1 a file in UTF-16', config: '[profile x]\u0000', fails: [3, 'config:1', /NUL/] },
  {
    rule: '2 the credentials file wins per key',
    config: '[profile x]\n$DEV',
    credentials: '[x]\n$BOT',
    is: 'bot',
  },
  {
    rule: '2 halves of a pair from both files',
    config: '[profile x]\naws_access_key_id = AKIAHALF',
    credentials: '[x]\naws_secret_access_key = s',
    keyId: 'AKIAHALF',
  },
  {
    rule: '2 a stale token of the config file does not join',
    config: '[profile x]\naws_session_token = STALE\n[profile y]\nsource_profile=x\n' + ROLE,
    credentials: '[x]\n$BOT',
    profile: 'y',
    signed: ['bot', 'hop'],
  },
  {
    rule: '3 [profile default] wins over [default], wherever',
    config: '[profile default]\n$BOT\n[default]\n$DEV',
    profile: 'default',
    is: 'bot',
  },
  { rule: '3 [default]', config: '[default]\n$DEV', profile: 'default', is: 'dev' },
  {
    rule: '3 [default] gives nothing to other profiles',
    config: '[default]\n$DEV\n[profile x]\nregion = us-east-1',
    fails: [3, 'config:4', /profile "x" says nothing of who it is/],
  },
  {
    rule: '3 [x] in the config file is no profile, and it says so',
    config: '[x]\n$DEV',
    fails: [3, undefined, /no profile "x"\n.*config:1 has a section of that name/],
  },
  {
    rule: '3 [profile x] in the credentials file is none',
    credentials: '\n[profile x]\n$DEV',
    fails: [3, undefined, /no profile "x"\n.*credentials:2 has a section of that name/],
  },
  {
    rule: '3 [profile "foo bar"] is foo bar',
    config: '[profile "foo bar"]\n$BOT',
    profile: 'foo bar',
    is: 'bot',
  },
  {
    rule: '3 names are case-sensitive',
    config: '[profile X]\n$BOT',
    fails: [3, undefined, /no profile "x"\ndid you mean "X"\?/],
  },
  { rule: '3 white space in a header is trimmed', config: '[profile\t x ]\n$BOT', is: 'bot' },
  { rule: '3 [profilex] is no profile', config: '[profilex]\n$BOT', fails: [3, undefined, /no profile "x"/] },
  {
    rule: '3 __proto__ is a name like any other',
    config: '[profile __proto__]\n$BOT',
    profile: '__proto__',
    is: 'bot',
  },
  {
    rule: '3 and so is constructor',
    profile: 'constructor',
    fails: [3, undefined, /no profile "constructor"/],
  },
  {
    rule: '4 comments, also right after a header',
    config: '# c\n; c\n[profile x]# c\n$BOT\nregion = us-east-1 # c\n',
    is: 'bot',
  },
  {
    rule: '4 a value;x is a value',
    config: '[profile x]\nsource_profile = y;z\n' + ROLE,
    credentials: '[y;z]\n$BOT',
    signed: ['bot', 'hop'],
  },
  {
    rule: '4 keys in any case',
    config: '[profile x]\nAWS_ACCESS_KEY_ID = AKIAUPPER\naWs_SeCrEt_AcCeSs_kEy = s',
    keyId: 'AKIAUPPER',
  },
  {
    rule: '4 the value is all after the first =',
    credentials: '[x]\naws_access_key_id=AKIAEQUALS\naws_secret_access_key==a=b=',
    keyId: 'AKIAEQUALS',
  },
  {
    rule: '4 a later duplicate wins',
    config: '[profile x]\nregion = us-east-1\nregion = eu-west-1\n$BOT',
    region: 'eu-west-1',
  },
  {
    rule: '4 duplicate sections merge',
    config: '[profile x]\n$BOT\n[profile y]\n[profile x]\nregion = eu-west-1',
    region: 'eu-west-1',
  },
  {
    rule: '4 indented sections and first properties',
    config: '  [profile x]\n  region = eu-west-1\n',
    credentials: '[x]\n$BOT',
    region: 'eu-west-1',
  },
  {
    rule: '4 a junk line is an error of its own profile',
    config: '[profile x]\n$BOT\njunk',
    fails: [3, 'config:4', /profile "x"/],
  },
  { rule: '4 and no other’s', config: '[profile y]\njunk\n= 1\n[profile x]\n$BOT\n', is: 'bot' },
  {
    rule: '4 a property before every section breaks no profile',
    config: 'region = us-east-1\n[profile x]\n$BOT',
    is: 'bot',
  },
  { rule: '4 an empty key', config: '[profile x]\n$BOT\n= 1', fails: [3, 'config:4', /profile "x"/] },
  {
    rule: '5 nested values never shadow the profile’s own',
    config:
      '[profile x]\n$BOT\ns3 =\n  region = eu-west-1\n  aws_access_key_id = AKIANESTED\nregion = us-west-2',
    region: 'us-west-2',
  },
];

describe('files', () => resolverCases(FILES));
