import { describe, expect, it } from 'vitest';
import { profilesOf } from '../../src/core/profiles';
import { CONFIG_KEYS, KEYS, ROLE, SESSION, SSO, X, files, named, read, told } from '../support/profile-files';

const SOURCED = `${ROLE}\nsource_profile = y`;
const MISTAKES: [body: string, problem: string, credentials?: string][] = [
  ['aws_access_key_id = AKIA', 'config:2: aws_access_key_id stands without aws_secret_access_key'],
  ['', 'credentials:2: aws_secret_access_key stands without aws_access_key_id', 'aws_secret_access_key = s'],
  [
    '',
    'credentials:3: the value of aws_secret_access_key stands in quotes, which count as part of it',
    'aws_access_key_id = A\naws_secret_access_key = "s"',
  ],
  [
    '',
    'credentials:3: aws_secret_access_key goes on over the next line, which is indented',
    'aws_access_key_id = A\naws_secret_access_key = s\n  aws_session_token = t',
  ],
  [
    '',
    'credentials:3: the value of aws_secret_access_key is not valid',
    'aws_access_key_id = A\naws_secret_access_key = s s',
  ],
  [ROLE, 'config:2: role_arn has no source_profile and no credential_source'],
  [
    `${ROLE}\n${CONFIG_KEYS}`,
    "config:2: role_arn beside the profile's own keys has no source_profile and no credential_source",
  ],
  [
    `${ROLE}\n${SSO}`,
    'config:2: role_arn beside SSO settings has no source_profile and no credential_source',
  ],
  [
    `${SOURCED}\ncredential_source = Environment`,
    'config:4: source_profile and credential_source stand side by side',
  ],
  [`${ROLE}\ncredential_source = environment`, 'config:3: the value of credential_source is not valid'],
  ['role_arn = arn:aws:iam::1:role/x\nsource_profile = y', 'config:2: the value of role_arn is not valid'],
  [
    `role_arn = "${ROLE.slice(11)}"\nsource_profile = y`,
    'config:2: the value of role_arn stands in quotes, which count as part of it',
  ],
  [
    `${SOURCED}\n  region = us-east-1`,
    'config:3: source_profile goes on over the next line, which is indented',
  ],
  ['web_identity_token_file = /t', 'config:2: web_identity_token_file stands without role_arn'],
  [`${SOURCED}\nexternal_id = a b`, 'config:4: the value of external_id is not valid'],
  [`${SOURCED}\nrole_session_name = a`, 'config:4: the value of role_session_name is not valid'],
  [`${SOURCED}\nmfa_serial = short`, 'config:4: the value of mfa_serial is not valid'],
  ...['1h', '900.5', '-900', '899', '43201', '1e4', '0x400', '9'.repeat(30)].map(
    (value): [string, string] => [
      `${SOURCED}\nduration_seconds = ${value}`,
      'config:4: the value of duration_seconds is not valid',
    ],
  ),
  ['duration_seconds = 129601', 'config:2: the value of duration_seconds is not valid', KEYS],
  ['region = evil.example/', 'config:2: the value of region is not valid', KEYS],
  ['use_fips_endpoint = yes', 'config:2: the value of use_fips_endpoint is not valid', KEYS],
  ['endpoint_url = localhost:4566', 'config:2: the value of endpoint_url is not valid', KEYS],
  ['services = v', 'config:2: there is no [services v] in the config file', KEYS],
  [
    'sso_session = nope\nsso_account_id = 123456789012\nsso_role_name = R',
    'config:2: there is no [sso-session nope] in the config file',
  ],
  ['sso_session = s\nsso_account_id = 123456789012', 'config:1: sso_role_name is missing'],
  ['sso_session = s\nsso_role_name = R', 'config:1: sso_account_id is missing'],
  [
    'sso_session = s\nsso_role_name = R\nsso_account_id = 1234',
    'config:4: the value of sso_account_id is not valid',
  ],
  [
    `sso_session = s\n${SSO}\nsso_region = us-east-1`,
    'config:5: sso_region differs from the one in [sso-session s]',
  ],
  [
    `sso_session = s\n${SSO}\nsso_start_url = https://other`,
    'config:5: sso_start_url differs from the one in [sso-session s]',
  ],
  [`${SSO}\nsso_start_url = https://u`, 'config:1: sso_region is missing'],
  ['junk\nregion = us-east-1', 'config:2: a line that is no setting: it has no =', KEYS],
  ['', 'credentials:4: a line that is no setting: it has no =', `${KEYS}\njunk`],
];

describe('mistakes', () => {
  it.each(MISTAKES)('%j: %s', (body, problem, credentials = '') => {
    expect(told(read(body, credentials, SESSION).asked)[0]).toBe(problem);
  });

  it.each(MISTAKES)('%j hints in one line, without the value', (body, _, credentials = '') => {
    const { asked } = read(
      body.replaceAll('AKIA', 'LEAK'),
      credentials.replaceAll(/= "?s.*/g, '= "LEAK LEAK"'),
      SESSION,
    );
    const problems = asked?.kind === 'broken' ? asked.problems : [];
    expect(problems.length).toBeGreaterThan(0);
    for (const { message, hint } of problems) {
      expect(message + hint).not.toMatch(/LEAK|\n/);
      expect(hint).not.toBe('');
    }
  });

  it('a session that lacks a setting is to blame itself', () => {
    const { asked } = read(`sso_session = s\n${SSO}`, '', '[sso-session s]\nsso_region = eu-west-1\njunk');
    expect(told(asked)).toEqual([
      'config:7: a line that is no setting: it has no =',
      'config:5: sso_start_url is missing',
    ]);
  });

  it('hints at the spelling that was meant', () => {
    const { asked } = read(`${ROLE}\ncredential_source = ecscontainer`);
    expect(asked).toMatchObject({ problems: [{ hint: 'write EcsContainer, in this spelling' }] });
  });

  it('one bad profile leaves the others alone', () => {
    const profiles = profilesOf(
      ...files(`[profile bad]\njunk\n[profile x]\n${SOURCED}\n[profile y]\n${CONFIG_KEYS}\n`),
    );
    expect([named('bad'), X, named('y')].map((name) => profiles.asked(name)?.kind)).toEqual([
      'broken',
      'role',
      'keys',
    ]);
  });

  it('lines outside every section are told beside the profiles', () => {
    const profiles = profilesOf(...files(`lost = 1\n[profile x]\n${CONFIG_KEYS}\n`, 'lost\n'));
    expect(profiles.fileProblems().map(({ origin }) => origin)).toEqual([
      { file: 'config', line: 1 },
      { file: 'credentials', line: 1 },
    ]);
    expect(profiles.asked(X)?.kind).toBe('keys');
  });

  it('a missing source is not this profile’s mistake', () => {
    expect(read(SOURCED).asked?.kind).toBe('role');
  });
});
