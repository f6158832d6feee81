import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { variables, type World } from '../support/harness';
import { arnOf, idOf, keysOf, OPEN, openWorld, secretsOf } from '../support/open-company';

/** `--json`: credentials as AWS prints them. */
let world: World;
beforeAll(async () => {
  world = await openWorld();
  world.home.write(
    `[default]\nregion = eu-west-1\n[profile bot]\n[profile hop]\nrole_arn = ${arnOf(OPEN.hop)}\nsource_profile = bot\n` +
      `[profile last]\nrole_arn = ${arnOf(OPEN.last)}\nsource_profile = hop\n` +
      `[profile one]\nrole_arn = ${arnOf(OPEN.hop)}\nsource_profile = bot\nmfa_serial = ${world.sandbox.company.users.dev.device?.serial ?? ''}\n`,
    `[bot]\n${keysOf(world, 'bot')}`,
  );
});
beforeEach(() => world.sandbox.journal.clear());
afterAll(() => world.close());

const keys = (user: 'dev' | 'alice') => {
  const { accessKeyId, secretAccessKey } = world.sandbox.company.users[user].key;
  return { AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey };
};
const IN_AN_HOUR = new Date(Date.now() + 3_600_000).toISOString().replace(/\.\d+Z/, '+00:00');
const TEMPORARY = {
  AccessKeyId: 'ASIAGIVENGIVENGIVEN1',
  SecretAccessKey: 'given/secret',
  SessionToken: 'given-token==',
  Expiration: IN_AN_HOUR,
};
const exported = async (args: readonly string[], input = '') => {
  const result = await world.run(['export', '--format', 'json', ...args], { input });
  return result.code === 0 ? variables(result.stdout) : { failed: result.stderr };
};

describe('without a profile: become them', () => {
  it.each([
    ['as aws sts assume-role prints them', { Credentials: TEMPORARY, AssumedRoleUser: { Arn: 'x' } }],
    ['as a credential_process prints them', { Version: 1, ...TEMPORARY }],
    ['plain', TEMPORARY],
  ])('%s, in argv or on stdin', async (_, given) => {
    const json = JSON.stringify(given, undefined, 4);
    const one = await exported(['--json', json]);
    expect(one).toMatchObject({
      AWS_ACCESS_KEY_ID: TEMPORARY.AccessKeyId,
      AWS_SECRET_ACCESS_KEY: TEMPORARY.SecretAccessKey,
      AWS_SESSION_TOKEN: TEMPORARY.SessionToken,
      AWS_CREDENTIAL_EXPIRATION: IN_AN_HOUR.replace('+00:00', 'Z'),
      TSAWSUME_PROFILE: 'json',
    });
    expect(await exported(['--json', '-'], json)).toEqual(one);
    expect(world.calls).toEqual([]);
  });

  it('AWS_PROFILE does not stand in for a profile that was not named', async () => {
    const { stdout } = await world.run(['-s', '--json', JSON.stringify(TEMPORARY)], {
      env: { AWS_PROFILE: 'bot' },
    });
    expect(stdout).toContain(TEMPORARY.AccessKeyId);
    expect(stdout).not.toContain(idOf(world, 'bot'));
  });

  it('whoami asks who they are, not who the shell is', async () => {
    const { stdout } = await world.run(['whoami', '--json', '-'], {
      input: JSON.stringify(keys('alice')),
      env: { AWS_ACCESS_KEY_ID: idOf(world, 'bot'), AWS_SECRET_ACCESS_KEY: 'x' },
    });
    expect(stdout).toContain('user/alice');
  });
});

describe('with a role', () => {
  it('they sign for the chain’s first role, and no code is asked for', async () => {
    expect(await exported(['last', '--json', JSON.stringify(keys('alice'))])).toHaveProperty(
      'TSAWSUME_PROFILE',
      'last',
    );
    expect(world.calls).toEqual(['AssumeRole', 'AssumeRole']);
    expect(world.sandbox.journal.calls[0]?.accessKeyId).toBe(idOf(world, 'alice'));
  });

  it('are stored apart: neither other keys nor the profile’s own get that session', async () => {
    const first = ['hop', '--json', JSON.stringify(keys('dev')), '--session-name', 's1'];
    await exported(first);
    await exported(first);
    expect(world.calls).toHaveLength(1);
    await exported(['hop', '--json', JSON.stringify(keys('alice')), '--session-name', 's1']);
    await exported(['hop', '--session-name', 's1']);
    expect(world.sandbox.journal.calls.map(({ accessKeyId }) => accessKeyId)).toEqual(
      (['dev', 'alice', 'bot'] as const).map((user) => idOf(world, user)),
    );
  });

  it('--role-arn without a source is signed by them', async () => {
    await exported(['--role-arn', arnOf(OPEN.last), '--json', JSON.stringify(keys('alice'))]);
    expect(world.sandbox.journal.calls.map(({ accessKeyId }) => accessKeyId)).toEqual([idOf(world, 'alice')]);
  });

  it('temporary ones carry their MFA; long-lived ones need the role’s code', async () => {
    const failed = await world.run(['export', 'one', '--json', JSON.stringify(keys('dev'))]);
    expect(failed.code).toBe(4);
    const temporary = await world.run(['export', 'one', '--json', JSON.stringify(TEMPORARY)]);
    expect([temporary.code, world.calls]).toEqual([1, ['AssumeRole']]);
    expect(temporary.stderr).toContain('AssumeRole');
    expect(world.sandbox.journal.calls[0]?.params).not.toHaveProperty('SerialNumber');
  });
});

describe('refused, without a word of what was given', () => {
  it.each([
    ['no JSON', '{"SecretAccessKey": "given/secret", ', 2, /is no JSON/],
    ['a list', '[]', 2, /no JSON object/],
    ['half a pair', '{"AccessKeyId": "AKIAX"}', 2, /has no SecretAccessKey/],
    ['a number', '{"AccessKeyId": 7, "SecretAccessKey": "given/secret"}', 2, /AccessKeyId that is no text/],
    ['a version', JSON.stringify({ ...TEMPORARY, Version: 2 }), 2, /Version that is not 1/],
    ['a time without a zone', JSON.stringify({ ...TEMPORARY, Expiration: '2099-01-01T00:00:00' }), 2, /zone/],
    ['expired', JSON.stringify({ ...TEMPORARY, Expiration: '2020-01-01T00:00:00Z' }), 1, /have expired/],
  ])('%s', async (_, json, exit, words) => {
    for (const args of [['hop'], []]) {
      const { code, stdout, stderr } = await world.run(['export', ...args, '--json', json, '--debug']);
      expect([code, stdout]).toEqual([exit, '']);
      expect(stderr).toMatch(words);
      expect(stderr).not.toContain('given/secret');
      expect(stderr).not.toContain('given-token');
    }
    expect(world.calls).toEqual([]);
  });

  it('beside a profile that is no role: its own keys were asked for, too', async () => {
    const { code, stderr } = await world.run(['export', 'bot', '--json', JSON.stringify(TEMPORARY)]);
    expect([code, stderr]).toEqual([2, expect.stringContaining('profile "bot" is no role')]);
  });

  it('when two flags want stdin', async () => {
    const { code, stderr } = await world.run(['export', 'one', '--json', '-', '--mfa-token', '-']);
    expect([code, stderr]).toEqual([2, expect.stringContaining('both want stdin')]);
    for (const secret of secretsOf(world)) expect(stderr).not.toContain(secret);
  });
});

it('explain, list and status keep --json as their output switch', async () => {
  for (const args of [
    ['explain', 'hop', '--json'],
    ['list', '--json'],
    ['status', '--json'],
  ]) {
    const { code, stdout } = await world.run(args);
    expect(code).toBe(0);
    expect(typeof JSON.parse(stdout)).toBe('object');
  }
});
