import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { profilesOf } from '../../src/core/profiles';
import { CONFIG_KEYS, KEYS, ROLE, SESSION, SSO, files, named, read } from '../support/profile-files';

/** The kind asked for, as a source, and the access key id of its own keys. */
const kinds = (body: string, credentials = '', more = '') => {
  const { asked, source, keys } = read(body, credentials, more);
  return [asked?.kind, source?.kind, keys?.accessKeyId];
};

describe('both files', () => {
  it('names every profile once, the config file’s first', () => {
    const profiles = profilesOf(...files('[profile b]\n[default]\n[stray]\n', '[a]\n[b]\n[profile other]\n'));
    expect(profiles.names()).toEqual(['b', 'default', 'a']);
    expect(profiles.has(named('a'))).toBe(true);
    expect(profiles.has(named('stray'))).toBe(false);
    expect(profiles.asked(named('nobody'))).toBeUndefined();
    expect(profiles.source(named('nobody'))).toBeUndefined();
    expect(profiles.stray('stray')).toEqual({ file: 'config', line: 3 });
    expect(profiles.stray('other')).toEqual({ file: 'credentials', line: 3 });
    expect(profiles.stray('b')).toBeUndefined();
  });

  it('lets the credentials file win per key, and an empty value count for nothing', () => {
    const { asked } = read(
      `region = eu-west-1\nmfa_process = c\n${CONFIG_KEYS}`,
      `${KEYS}\nregion = us-east-2\nmfa_process =`,
    );
    expect(asked).toMatchObject({
      kind: 'keys',
      accessKeyId: { value: 'AKIACREDS', from: { file: 'credentials', line: 2 } },
      region: { value: 'us-east-2', from: { file: 'credentials', line: 4 } },
      mfaProcess: { value: 'c', from: { file: 'config', line: 3 } },
      origin: { file: 'config', line: 1 },
      temporary: false,
    });
  });

  it('joins halves of a pair from both files', () => {
    const { keys, asked } = read('aws_access_key_id = AKIA1', 'aws_secret_access_key = s');
    expect([asked?.kind, keys?.accessKeyId, keys?.secretAccessKey.reveal()]).toEqual(['keys', 'AKIA1', 's']);
  });

  it.each([
    ['credentials file, both there', '', `${KEYS}\naws_session_token = T`, 'T'],
    ['config file, both there', `${CONFIG_KEYS}\naws_session_token = T`, '', 'T'],
    ['a stale token of the config file', 'aws_session_token = STALE', KEYS, undefined],
    ['a stale token beside other keys', `${CONFIG_KEYS}\naws_session_token = STALE`, KEYS, undefined],
    [
      'beside one key only',
      'aws_access_key_id = A\naws_session_token = STALE',
      'aws_secret_access_key = s',
      undefined,
    ],
    ['the very same keys in both', `${KEYS}\naws_session_token = T`, KEYS, 'T'],
    ['token of the credentials file', CONFIG_KEYS, 'aws_session_token = T', 'T'],
    ['the old name', '', `${KEYS}\naws_security_token = OLD`, 'OLD'],
    ['the old name beside the new', '', `${KEYS}\naws_security_token = OLD\naws_session_token = T`, 'T'],
  ])('session token: %s', (_, config, credentials, token) => {
    const { keys, asked } = read(config, credentials);
    expect(keys?.sessionToken?.reveal()).toBe(token);
    expect(asked).toMatchObject({ kind: 'keys', temporary: token !== undefined });
  });

  it('keeps secrets out of every value but the session, which redacts itself', () => {
    const { asked, source, keys } = read('', `${KEYS}\naws_session_token = TOKEN`);
    for (const value of [asked, source, keys]) {
      expect(JSON.stringify(value) + inspect(value, { depth: 9 })).not.toMatch(/creds\/secret|TOKEN/);
    }
  });
});

/** Semantics 6 to 12: the body of profile x, then who it is when asked for, as a source, and whose keys are given. */
const WHO: [body: string, credentials: string, asked: string, source: string, keys?: string][] = [
  ['region = us-east-1', '', 'none', 'none'],
  [ROLE.replace(/=.*/, '='), KEYS, 'keys', 'keys', 'AKIACREDS'],
  [`${ROLE}\nsource_profile = y`, '', 'role', 'role'],
  [`${ROLE}\nsource_profile = y`, KEYS, 'role', 'keys', 'AKIACREDS'],
  [`${ROLE}\nsource_profile = x\n${CONFIG_KEYS}`, '', 'role', 'keys', 'AKIACONFIG'],
  [`${ROLE}\ncredential_source = Environment`, '', 'role', 'role'],
  [`${ROLE}\ncredential_process = p`, '', 'role', 'role'],
  [`${ROLE}\nsource_profile = y\n${SSO}\nsso_start_url = u\nsso_region = eu-west-1`, '', 'role', 'role'],
  [ROLE, KEYS, 'broken', 'keys', 'AKIACREDS'],
  [`${ROLE}\ncredential_process = p`, KEYS, 'broken', 'keys', 'AKIACREDS'],
  [ROLE, '', 'broken', 'broken'],
  [`${ROLE}\n${SSO}\nsso_session = s`, '', 'broken', 'broken'],
  [`${ROLE}\nsource_profile = y\ncredential_source = Environment`, '', 'broken', 'broken'],
  [`${ROLE}\nlogin_session = l`, '', 'broken', 'broken'],
  [
    `role_arn = nonsense\nsource_profile = y\nexternal_id = é\nduration_seconds = soon`,
    KEYS,
    'broken',
    'keys',
    'AKIACREDS',
  ],
  [`${ROLE}\nweb_identity_token_file = /t\nsource_profile = y`, KEYS, 'web-identity', 'web-identity'],
  ['web_identity_token_file = /t', KEYS, 'broken', 'broken'],
  ['credential_process = p', KEYS, 'keys', 'keys', 'AKIACREDS'],
  [`credential_process = p\n${CONFIG_KEYS}`, '', 'process', 'process'],
  ['credential_process = p\naws_access_key_id = A', 'aws_secret_access_key = s', 'process', 'process'],
  ['credential_process = p\naws_access_key_id = A', '', 'process', 'process'],
  ['credential_process = p', 'aws_access_key_id = A', 'broken', 'broken'],
  ['credential_process = p\nlogin_session = l', '', 'login', 'login'],
  ['login_session = l', KEYS, 'keys', 'keys', 'AKIACREDS'],
  [`login_session = l\n${CONFIG_KEYS}`, '', 'login', 'login'],
  [`${SSO}\nsso_session = s`, KEYS, 'sso', 'sso'],
  [`${SSO}\nsso_start_url = https://u\nsso_region = eu-west-1`, '', 'sso', 'sso'],
  ['sso_session = s', KEYS, 'keys', 'keys', 'AKIACREDS'],
  ['source_profile = y', '', 'none', 'none'],
  ['s3 =\n  role_arn = x\n  aws_access_key_id = A', KEYS, 'keys', 'keys', 'AKIACREDS'],
];

describe('who a profile is', () => {
  it.each(WHO)('%j and credentials %j: %s, as a source %s', (body, credentials, asked, source, keys) => {
    expect(kinds(body, credentials, SESSION)).toEqual([asked, source, keys]);
  });

  it('gives a role its settings, each with its line', () => {
    const body = `${ROLE}\nsource_profile = y\nexternal_id = ext:1\nrole_session_name = me@x\nmfa_serial = arn:aws:iam::123456789012:mfa/me\nduration_seconds = 43200`;
    expect(read(body).asked).toEqual({
      kind: 'role',
      name: 'x',
      origin: { file: 'config', line: 1 },
      roleArn: { value: 'arn:aws:iam::123456789012:role/admin', from: { file: 'config', line: 2 } },
      source: { by: 'profile', profile: { value: 'y', from: { file: 'config', line: 3 } } },
      externalId: { value: 'ext:1', from: { file: 'config', line: 4 } },
      sessionName: { value: 'me@x', from: { file: 'config', line: 5 } },
      mfaSerial: { value: 'arn:aws:iam::123456789012:mfa/me', from: { file: 'config', line: 6 } },
      durationSeconds: { value: 43200, from: { file: 'config', line: 7 } },
      endpoint: {},
    });
  });

  it('leaves a duration to the role it is for', () => {
    expect(read(`${ROLE}\nsource_profile = x\nduration_seconds = 3600`, KEYS).source).not.toHaveProperty(
      'durationSeconds',
    );
    expect(read('duration_seconds = 129600', KEYS).source).toMatchObject({
      durationSeconds: { value: 129600 },
    });
  });

  it('takes the process of a role without another source, and a command over two lines', () => {
    expect(read(`${ROLE}\ncredential_process = p`).asked).toMatchObject({
      source: { by: 'process', command: { value: 'p' } },
    });
    expect(read('credential_process = p\n  --arg').asked).toMatchObject({ command: { value: 'p\n--arg' } });
  });

  it('reads both forms of SSO', () => {
    expect(read(`${SSO}\nsso_session = s`, '', SESSION).asked).toMatchObject({
      kind: 'sso',
      session: { value: 's' },
      startUrl: { value: 'https://s.example/start', from: { file: 'config', line: 7 } },
      ssoRegion: { value: 'eu-west-1' },
      accountId: { value: '123456789012' },
      roleName: { value: 'Reader' },
    });
    const older = read(`${SSO}\nsso_start_url = https://u\nsso_region = eu-west-1`).asked;
    expect(older).toMatchObject({ kind: 'sso', startUrl: { value: 'https://u' } });
    expect(older).not.toHaveProperty('session');
  });
});

describe('how STS is reached', () => {
  it('reads the settings, booleans in any case', () => {
    const body = `${CONFIG_KEYS}\nservices = v\nendpoint_url = http://localhost:4566\nuse_fips_endpoint = TRUE\nuse_dualstack_endpoint = False\nca_bundle = /ca.pem`;
    const { asked } = read(
      body,
      '',
      '[services v]\ns3 =\n  endpoint_url = http://s3\nSTS =\n  Endpoint_URL = https://sts.example',
    );
    expect(asked).toMatchObject({
      endpoint: {
        servicesSts: { value: 'https://sts.example', from: { file: 'config', line: 13 } },
        endpointUrl: { value: 'http://localhost:4566' },
        useFips: { value: true },
        useDualstack: { value: false },
        caBundle: { value: '/ca.pem' },
      },
    });
  });

  it('does not look at endpoints that are switched off, nor at those of a source', () => {
    const off = read(
      'services = nope\nendpoint_url = nonsense\nignore_configured_endpoint_urls = true',
      KEYS,
    ).asked;
    expect(off).toMatchObject({ kind: 'keys', endpoint: { ignoreConfigured: { value: true } } });
    expect(read('services = nope\nendpoint_url = nonsense', KEYS).source).toMatchObject({
      kind: 'keys',
      endpoint: {},
    });
  });
});
