import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Call } from '../../src/sandbox/journal';
import { variables, type World } from '../support/harness';
import { arnOf, idOf, keysOf, OPEN, openWorld } from '../support/open-company';
import { textLike } from '../support/matchers';

/** What the command line may wish, and what STS then hears. */
let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

const READER = 'arn:aws:iam::111122223333:role/reader';
const lastCall = (): Call | undefined => world.sandbox.journal.calls.at(-1);
const params = () => lastCall()?.params ?? {};

describe('--role-arn', () => {
  it.each([
    ['an ARN, --source-profile', ['--role-arn', READER, '--source-profile', 'bot'], 'bot'],
    ['an ARN, the profile as the source', ['bot', '--role-arn', READER], 'bot'],
    ['the flag before the profile', ['--role-arn', READER, 'bot'], 'bot'],
    ['account:role', ['bot', '--role-arn', '111122223333:reader'], 'bot'],
    ['partition:account:role', ['bot', '--role-arn', 'aws:111122223333:reader'], 'bot'],
    ['no source named: the default profile', ['--role-arn', READER], 'dev'],
    [
      '--source-profile wins over the profile',
      ['bot', '--role-arn', READER, '--source-profile', 'alice'],
      'alice',
    ],
  ] as const)('%s', async (_, args, signer) => {
    world.home.write(
      readFileSync(join(world.home.path, '.aws/config'), 'utf8').replace(/mfa_serial = .*/g, ''),
      readFileSync(join(world.home.path, '.aws/credentials'), 'utf8'),
    );
    const result = await world.run(['export', ...args, '--format', 'json']);
    expect(result.stderr).toBe('');
    expect(result.code).toBe(0);
    expect(lastCall()?.accessKeyId).toBe(idOf(world, signer));
    expect(params()).toMatchObject({ RoleArn: READER, RoleSessionName: 'reader' });
    expect(variables(result.stdout)['TSAWSUME_PROFILE']).toBe('111122223333:reader');
  });

  it('the source’s MFA device counts, and its one code', async () => {
    const args = ['export', '--role-arn', '111122223333:mfa-one', '--source-profile', 'alice'];
    expect((await world.run(args)).code).toBe(4);
    expect((await world.run([...args, '--mfa-token', world.code('alice')])).code).toBe(0);
    expect(world.calls).toEqual(['GetSessionToken', 'AssumeRole']);
    const two = await world.run(['export', '--role-arn', arnOf(OPEN.mfaTwo), '--source-profile', 'alice']);
    expect([two.code, world.calls.length]).toEqual([0, 3]);
  });

  it('a role of another partition is called where that partition’s STS is', async () => {
    world.home.write('', `[plain]\n${keysOf(world, 'bot')}`);
    await world.run(['export', 'plain', '--role-arn', 'aws-us-gov:111122223333:reader']);
    expect([lastCall()?.region, params()['RoleArn']]).toEqual([
      'us-gov-west-1',
      'arn:aws-us-gov:iam::111122223333:role/reader',
    ]);
  });
});

describe('what goes to AssumeRole', () => {
  it('each flag under AWS’s own name', async () => {
    const policy = '{"Version":"2012-10-17","Statement":[]}';
    const result = await world.run([
      ...[
        'export',
        'reader',
        '--session-name',
        'me@work',
        '--external-id',
        'ext:1',
        '--role-duration',
        '30m',
      ],
      ...['-t', 'project=apollo', '-t', 'team=a=b', '--transitive-tag-keys', 'project,team'],
      ...['--source-identity', 'me', '--session-policy', policy, '--region', 'eu-north-1'],
      ...[
        '--session-policy-arns',
        'arn:aws:iam::aws:policy/ReadOnlyAccess,arn:aws:iam::aws:policy/job-function/Billing',
      ],
    ]);
    expect([result.code, result.stderr]).toEqual([0, '']);
    expect(lastCall()?.region).toBe('eu-north-1');
    expect(params()).toMatchObject({
      RoleSessionName: 'me@work',
      ExternalId: 'ext:1',
      DurationSeconds: '1800',
      'Tags.member.1.Key': 'project',
      'Tags.member.1.Value': 'apollo',
      'Tags.member.2.Key': 'team',
      'Tags.member.2.Value': 'a=b',
      'TransitiveTagKeys.member.2': 'team',
      SourceIdentity: 'me',
      Policy: policy,
      'PolicyArns.member.2.arn': 'arn:aws:iam::aws:policy/job-function/Billing',
    });
  });

  it('a session policy out of a file', async () => {
    const file = join(world.home.path, 'policy.json');
    writeFileSync(file, '{"Statement": []}');
    await world.run(['export', 'reader', '--session-policy', `@${file}`]);
    expect(params()['Policy']).toBe('{"Statement":[]}');
    const missing = await world.run(['export', 'reader', '--session-policy', '@/no/such/file']);
    expect([missing.code, missing.stdout, world.calls.length]).toEqual([3, '', 1]);
  });

  it('in a chain the command line speaks of the last role only, the profiles of their own', async () => {
    world.home.write(
      `[profile bot]\n[profile hop]\nrole_arn = ${arnOf(OPEN.hop)}\nsource_profile = bot\nexternal_id = of-hop\nrole_session_name = hop-name\nduration_seconds = 1800\n` +
        `[profile last]\nrole_arn = ${arnOf(OPEN.last)}\nsource_profile = hop\n`,
      `[bot]\n${keysOf(world, 'bot')}`,
    );
    const flags = [
      '--external-id',
      'mine',
      '--session-name',
      'my-name',
      '--role-duration',
      '20m',
      '-t',
      'a=b',
    ];
    expect((await world.run(['export', 'last', ...flags])).code).toBe(0);
    const [hop, last] = world.sandbox.journal.calls.map((call) => call.params);
    expect(hop).toMatchObject({ ExternalId: 'of-hop', RoleSessionName: 'hop-name', DurationSeconds: '1800' });
    expect(hop).not.toHaveProperty(['Tags.member.1.Key']);
    expect(last).toMatchObject({ ExternalId: 'mine', RoleSessionName: 'my-name', DurationSeconds: '1200' });
    expect(last).toHaveProperty(['Tags.member.1.Key'], 'a');
  });
});

describe('how long', () => {
  it('over an hour with MFA: the code goes with AssumeRole, signed by the long-lived keys, and it is stored', async () => {
    const long = ['export', 'cli-role', '--role-duration', '12h', '--format', 'json'];
    const first = await world.run([...long, '--mfa-token', world.code()]);
    expect(first.code).toBe(0);
    expect(world.calls).toEqual(['AssumeRole']);
    expect(lastCall()?.accessKeyId).toBe(idOf(world, 'dev'));
    expect(params()).toMatchObject({ DurationSeconds: '43200', TokenCode: textLike(/^\d{6}$/) });
    const second = await world.run(long);
    expect([second.code, world.calls.length]).toEqual([0, 1]);
    expect(variables(second.stdout)).toEqual(variables(first.stdout));
  });

  it('a role that refuses steps down, says so, remembers it, and -r asks again', async () => {
    const first = await world.run(['export', 'limited', '--format', 'json']);
    expect(first.code).toBe(0);
    expect(world.sandbox.journal.calls.map((call) => call.params['DurationSeconds'])).toEqual([
      '43200',
      '28800',
      '14400',
      '7200',
    ]);
    expect(first.stderr).toMatch(/"limited" refused so long a session; it took 2h, which is remembered/);
    const second = await world.run(['export', 'limited', '--format', 'json']);
    expect([variables(second.stdout), world.calls.length]).toEqual([variables(first.stdout), 4]);
    world.sandbox.journal.clear();
    const other = await world.run(['export', 'limited', '--session-name', 'other']);
    expect([other.code, world.sandbox.journal.calls.map(({ outcome }) => outcome)]).toEqual([0, ['ok']]);
    await world.run(['export', 'limited', '-r']);
    expect(world.calls).toHaveLength(5);
  });

  it('at the end of a chain: capped at 1h, and said so', async () => {
    const { stderr, code } = await world.run([
      ...['export', 'deployer', '--role-duration', '4h', '--mfa-token', world.code()],
    ]);
    expect(code).toBe(0);
    expect(stderr).toMatch(/"deployer": 4h was asked for \(--role-duration\).* so 1h it is/);
    expect(world.sandbox.journal.calls.map(({ outcome }) => outcome)).toEqual(['ok', 'ok', 'ok']);
    expect(params()['DurationSeconds']).toBe('3600');
  });

  it('an hour wherever nobody asks for more: no DurationSeconds is sent', async () => {
    await world.run(['export', 'reader']);
    expect(params()).not.toHaveProperty('DurationSeconds');
  });

  it('role-duration and role-session-name of the settings are the last to be asked', async () => {
    const file = join(world.home.path, '.tsawsume');
    await world.run(['export', 'reader']);
    writeFileSync(join(file, 'config.yaml'), 'role-duration: 20m\nrole-session-name: from-settings\n');
    await world.run(['export', 'reader']);
    expect(params()).toMatchObject({ DurationSeconds: '1200', RoleSessionName: 'from-settings' });
    await world.run(['export', 'reader', '--role-duration', '900', '--session-name', 'flag']);
    expect(params()).toMatchObject({ DurationSeconds: '900', RoleSessionName: 'flag' });
  });
});

describe('the settings’ own paths', () => {
  it('config-file and credentials-file: below the flags and the environment', async () => {
    const folder = join(world.home.path, '.tsawsume');
    await world.run(['export', 'reader']);
    const own = join(world.home.path, 'other-credentials');
    writeFileSync(own, `[only-here]\n${keysOf(world, 'alice')}[bot]\n${keysOf(world, 'alice')}`);
    writeFileSync(join(folder, 'config.yaml'), `credentials-file: ${own}\n`);
    const there = await world.run(['export', 'only-here', '--format', 'json']);
    expect(there.stderr).toBe('');
    expect(variables(there.stdout)['AWS_ACCESS_KEY_ID']).toBe(idOf(world, 'alice'));
    const standard = join(world.home.path, '.aws/credentials');
    const environment = await world.run(['export', 'bot', '--format', 'json'], {
      env: { AWS_SHARED_CREDENTIALS_FILE: standard },
    });
    expect(variables(environment.stdout)['AWS_ACCESS_KEY_ID']).toBe(idOf(world, 'bot'));
    const flag = await world.run(['export', 'bot', '--format', 'json', '--credentials-file', standard]);
    expect(variables(flag.stdout)['AWS_ACCESS_KEY_ID']).toBe(idOf(world, 'bot'));
    const list = await world.run(['list']);
    expect(list.stdout).toContain('only-here');
  });
});
