import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arn, fetched, planOf, role, SERIAL, TEMPORARY, USER, type Wish } from '../support/plans';

const MFA = `mfa_serial = ${SERIAL}`;
const CHAIN = `${role('x', 'y', 'region = eu-west-1')}${role('y', 'u', MFA)}[profile u]\nregion = us-west-2\n`;
const BASE: Wish = { config: CHAIN };
const keysOf = (wish: Wish): readonly string[] => fetched(planOf(wish)).map(({ key }) => key);

/** Each change, and which of the steps (session of u, role y, role x) are another step then. */
const CHANGES: readonly (readonly [string, Wish, string])[] = [
  ['the access key', { credentials: USER.replace('AKIAUSER', 'AKIAOTHER') }, 'session y x'],
  ['the device', { config: CHAIN.replace('mfa/me', 'mfa/other') }, 'session y x'],
  ['the first role', { config: CHAIN.replace(arn('y'), arn('z')) }, 'y x'],
  ['the last role', { config: CHAIN.replace(arn('x'), arn('z')) }, 'x'],
  [
    'the last role’s account',
    { config: CHAIN.replace(arn('x'), arn('x').replace('12:role', '13:role')) },
    'x',
  ],
  ['the session name, by the flag', { flags: { sessionName: 'other' } }, 'x'],
  [
    'the session name, by the first role',
    { config: CHAIN.replace(MFA, `${MFA}\nrole_session_name = other`) },
    'y x',
  ],
  ['the session name, by the settings', { settings: { roleSessionName: 'other' } }, 'y x'],
  ['the external id', { flags: { externalId: 'other' } }, 'x'],
  ['the duration', { flags: { roleDuration: '30m' } }, 'x'],
  ['the first role’s duration', { config: CHAIN.replace(MFA, `${MFA}\nduration_seconds = 1800`) }, 'y x'],
  ['the policy', { policy: '{}' }, 'x'],
  ['the policies', { flags: { sessionPolicyArns: ['arn:aws:iam::aws:policy/x'] } }, 'x'],
  ['a tag', { flags: { sessionTags: ['a=b'] } }, 'x'],
  ['a transitive tag', { flags: { sessionTags: ['a=b'], transitiveTagKeys: ['a'] } }, 'x'],
  ['the source identity', { flags: { sourceIdentity: 'me' } }, 'x'],
  ['the region, by the flag: the user’s own session is shared', { flags: { region: 'ap-south-1' } }, 'y x'],
  ['the region, by the profile', { config: CHAIN.replace('eu-west-1', 'eu-west-2') }, 'y x'],
  ['the region of the user', { config: CHAIN.replace('us-west-2', 'us-west-1') }, 'session y x'],
  ['the endpoint', { env: { AWS_ENDPOINT_URL_STS: 'http://127.0.0.1:1' } }, 'session y x'],
  ['FIPS', { env: { AWS_USE_FIPS_ENDPOINT: 'true' } }, 'session y x'],
  ['dual-stack', { env: { AWS_USE_DUALSTACK_ENDPOINT: 'true' } }, 'session y x'],
  // And what decides nothing:
  ['the line that a value stands on', { config: `# a comment\n\n${CHAIN}` }, ''],
  ['another profile', { config: `${CHAIN}[profile other]\nregion = us-east-1\n` }, ''],
  ['the wish to refresh', { flags: { refresh: true } }, ''],
  ['the least time left', { flags: { minTtl: '1h' } }, ''],
  ['the code', { flags: { mfaToken: '123456' } }, ''],
  ['the secret of the same key', { credentials: USER.replace('user/secret', 'another') }, ''],
  [
    'the environment’s own keys',
    { env: { AWS_ACCESS_KEY_ID: 'AKIAENV', AWS_PROFILE: 'z', AWS_REGION: 'sa-east-1' } },
    '',
  ],
  ['the machine', { machine: 'other-host' }, ''],
  ['the CA bundle', { env: { AWS_CA_BUNDLE: '/ca.pem' } }, ''],
  ['the command that gives the code', { settings: { mfaProcess: 'code' } }, ''],
];

describe('a cache key', () => {
  it.each(CHANGES)('%s', (_, change, other) => {
    const [before, after] = [keysOf(BASE), keysOf({ ...BASE, ...change })];
    const changed = ['session', 'y', 'x'].filter((__, index) => before[index] !== after[index]);
    expect(changed.join(' ')).toBe(other);
    expect(after).toHaveLength(3);
  });

  it('no two of all these wishes share the last step’s key, unless they decide the same', () => {
    const deciding = CHANGES.filter(([, , other]) => other !== '').map(
      ([, wish]) => keysOf({ ...BASE, ...wish })[2],
    );
    expect(new Set(deciding).size).toBe(deciding.length);
  });

  it.each<readonly [string, Wish, Wish]>([
    [
      'a process',
      { config: `${role('x', 'p')}[profile p]\ncredential_process = one` },
      { config: `${role('x', 'p')}[profile p]\ncredential_process = two` },
    ],
    [
      'the environment’s key',
      { env: { AWS_ACCESS_KEY_ID: 'AKIA1' } },
      { env: { AWS_ACCESS_KEY_ID: 'AKIA2' } },
    ],
    [
      'a token file',
      { config: `[profile x]\nrole_arn = ${arn('x')}\nweb_identity_token_file = /one` },
      { config: `[profile x]\nrole_arn = ${arn('x')}\nweb_identity_token_file = /two` },
    ],
    ['an instance', { machine: 'one' }, { machine: 'two' }],
    [
      'a container',
      { env: { AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://a' } },
      { env: { AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://b' } },
    ],
  ])('the start of a chain tells it from others: %s', (name, one, two) => {
    const source = name.includes('environment')
      ? 'Environment'
      : name.includes('container')
        ? 'EcsContainer'
        : 'Ec2InstanceMetadata';
    const config = `[profile x]\nrole_arn = ${arn('x')}\ncredential_source = ${source}`;
    expect(keysOf({ config, ...one })).not.toEqual(keysOf({ config, ...two }));
    expect(keysOf({ config, ...one })).toEqual(keysOf({ config, ...one }));
  });

  it('any two different texts of a wish have different keys, equal ones the same', () => {
    const name = fc.stringMatching(/^[\w+=,.@-]{2,20}$/);
    const tag = fc.record({
      key: fc.stringMatching(/^[a-c]{1,2}$/),
      value: fc.stringMatching(/^[=a-c]{0,3}$/),
      transitive: fc.boolean(),
    });
    const tags = fc.uniqueArray(tag, { maxLength: 3, selector: ({ key }) => key });
    const wish = fc.record({ sessionName: name, externalId: name, tags }).map(({ tags: given, ...rest }) => ({
      ...rest,
      sessionTags: given.map(({ key, value }) => `${key}=${value}`),
      transitiveTagKeys: given.filter(({ transitive }) => transitive).map(({ key }) => key),
    }));
    fc.assert(
      fc.property(wish, wish, (one, two) => {
        const [a, b] = [keysOf({ ...BASE, flags: one })[2], keysOf({ ...BASE, flags: two })[2]];
        expect(a === b).toBe(JSON.stringify(one) === JSON.stringify(two));
      }),
      { numRuns: 300 },
    );
  });
});

describe('a plan', () => {
  const flags = fc.record(
    {
      roleDuration: fc.constantFrom('900', '1h', '12h'),
      region: fc.constantFrom('eu-west-1', 'cn-north-1'),
      externalId: fc.stringMatching(/^[\w]{2,9}$/),
      mfaToken: fc.constant('987654'),
      refresh: fc.boolean(),
    },
    { requiredKeys: [] },
  );
  it('holds no secret and no code, however it is printed', () => {
    fc.assert(
      fc.property(flags, fc.constantFrom(USER, TEMPORARY), (wished, credentials) => {
        const plan = planOf({
          ...BASE,
          credentials,
          flags: wished,
          env: { AWS_SECRET_ACCESS_KEY: 'env/secret' },
        });
        const printed = JSON.stringify(plan) + inspect(plan, { depth: 20 });
        expect(printed).not.toMatch(/user\/secret|user\/token|env\/secret|987654/);
      }),
      { numRuns: 200 },
    );
  });

  it('is JSON, and the same for the same wishes', () => {
    fc.assert(
      fc.property(flags, (wished) => {
        const [one, two] = [planOf({ ...BASE, flags: wished }), planOf({ ...BASE, flags: wished })];
        expect(JSON.stringify(one)).toBe(JSON.stringify(two));
        expect(JSON.parse(JSON.stringify(one))).toMatchObject({ profile: 'x' });
      }),
      { numRuns: 100 },
    );
  });
});
