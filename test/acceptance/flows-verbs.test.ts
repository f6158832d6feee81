import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { run, variables, World } from '../support/harness';
import { arrayWith, objectWith } from '../support/matchers';

/** The verbs around a session, on one home where `reader` is stored. */
let world: World;
beforeAll(async () => {
  world = await World.open();
  expect((await world.run(['export', 'reader'])).code).toBe(0);
});
afterAll(() => world.close());
beforeEach(() => world.sandbox.journal.clear());

/** Nothing answers there: who needs the network fails. */
const OFFLINE = { AWS_ENDPOINT_URL_STS: 'http://127.0.0.1:9' };
const NAMES = [
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'AWS_REGION',
  'AWS_DEFAULT_REGION',
  'AWS_CREDENTIAL_EXPIRATION',
  'TSAWSUME_PROFILE',
  'AWSUME_PROFILE',
  'AWSUME_EXPIRATION',
];

describe('export', () => {
  it.each([
    'env',
    'env-no-export',
    'fish',
    'powershell',
    'windows-cmd',
    'nushell',
    'dotenv',
    'json',
    'process',
  ])('--format %s carries the whole session', async (format) => {
    const json = await world.run(['export', 'reader', '--format', 'json']);
    const session = variables(json.stdout);
    const { code, stdout, stderr } = await world.run(['export', 'reader', '--format', format]);
    expect([code, stderr, world.calls]).toEqual([0, '', []]);
    for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'])
      expect(stdout).toContain(session[name]);
  });

  it('json names every variable that is set', async () => {
    const { stdout } = await world.run(['export', 'reader', '--format', 'json']);
    expect(Object.keys(variables(stdout)).sort()).toEqual([...NAMES].sort());
    expect(variables(stdout)['AWS_CREDENTIAL_EXPIRATION']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  });

  it('process is what the SDKs take', async () => {
    const { stdout } = await world.run(['export', 'reader', '--format', 'process']);
    expect(Object.keys(variables(stdout))).toEqual([
      'Version',
      'AccessKeyId',
      'SecretAccessKey',
      'SessionToken',
      'Expiration',
    ]);
  });

  it('--output writes it 0600, also over a file that was wider, and stdout stays empty', async () => {
    const file = join(world.home.path, 'session.env');
    writeFileSync(file, 'old', { mode: 0o644 });
    const { code, stdout } = await world.run(['export', 'reader', '--format', 'dotenv', '--output', file]);
    expect([code, stdout, statSync(file).mode & 0o777]).toEqual([0, '', 0o600]);
    expect(readFileSync(file, 'utf8')).toMatch(/^AWS_ACCESS_KEY_ID='ASIA/m);
    const nowhere = await world.run(['export', 'reader', '--output', '/no/such/folder/x']);
    expect(nowhere.code).not.toBe(0);
    expect(nowhere.stderr).not.toMatch(/\n\s+at |something went wrong/);
  });
});

describe('the shell’s variables', () => {
  /** A shell with these variables evals what the program prints; what it then has. */
  async function after(args: readonly string[], before: Readonly<Record<string, string>>) {
    const { stdout, code } = await world.run(args, { env: before });
    expect(code).toBe(0);
    const shell = await run(['sh', '-c', `${stdout}\nenv`], {
      env: { PATH: process.env['PATH'], ...before },
    });
    const found: Record<string, string> = {};
    for (const [, name = '', value = ''] of shell.stdout.matchAll(/^((?:AWS|TSAWSUME)\w*)=(.*)$/gm))
      found[name] = value;
    return found;
  }
  const STALE = {
    AWS_SECURITY_TOKEN: 'old',
    AWS_PROFILE: 'reader',
    AWS_DEFAULT_PROFILE: 'old',
    AWS_ROLE_ARN: 'old',
    AWS_ROLE_SESSION_NAME: 'old',
    AWS_WEB_IDENTITY_TOKEN_FILE: 'old',
    AWS_CONTAINER_CREDENTIALS_FULL_URI: 'old',
    AWS_CONTAINER_AUTHORIZATION_TOKEN: 'old',
    AWSUME_COMMAND: 'old',
    AWSUME_SKIP_ALIAS: 'old',
  };

  it('everything stale is cleared, and the rest is left', async () => {
    const found = await after(['reader'], { ...STALE, AWS_PAGER: 'less', AWS_ACCESS_KEY_ID: 'old' });
    expect(Object.keys(found).sort()).toEqual([...NAMES, 'AWS_PAGER'].sort());
    expect(found['AWS_ACCESS_KEY_ID']).toMatch(/^ASIA/);
  });

  it('long-lived keys clear an old token and expiry', async () => {
    const old = { AWS_SESSION_TOKEN: 'old', AWS_CREDENTIAL_EXPIRATION: 'old', AWSUME_EXPIRATION: 'old' };
    const found = await after(['bot'], old);
    expect(Object.keys(found)).not.toEqual(expect.arrayContaining(['AWS_SESSION_TOKEN']));
    expect(found).not.toHaveProperty('AWS_CREDENTIAL_EXPIRATION');
    expect(found).not.toHaveProperty('AWSUME_EXPIRATION');
  });

  it('--unset clears all of it; a region that is the user’s own stays, one that tsawsume set does not', async () => {
    const ours = await after(['reader'], {});
    expect(await after(['--unset'], { ...STALE, ...ours })).toEqual({});
    expect(await after(['--unset'], { AWS_REGION: 'eu-west-1', AWS_ACCESS_KEY_ID: 'x' })).toEqual({
      AWS_REGION: 'eu-west-1',
    });
    expect(world.calls).toEqual([]);
  });
});

describe('exec', () => {
  it.each([
    [['sh', '-c', 'exit 7'], 7],
    [['true'], 0],
    [['no-such-command-here'], 127],
    [['/etc/passwd'], 126],
  ])('%j: exit %i', async (command, exit) => {
    expect((await world.run(['exec', 'reader', '--', ...command])).code).toBe(exit);
  });

  it('ends by the signal that ended the command, as a shell sees it: 143', async () => {
    const { signal, code } = await world.run(['exec', 'reader', '--', 'sh', '-c', 'kill -TERM $$']);
    expect([signal, code]).toEqual(['SIGTERM', null]);
  });

  it('the child has the identity, and nothing stale', async () => {
    const env = { AWS_PROFILE: 'x', AWS_SECURITY_TOKEN: 'old', TSAWSUME_MFA_TOKEN: '123456' };
    const { stdout } = await world.run(['exec', 'reader', '--', 'env'], { env });
    expect(stdout).toMatch(/^AWS_ACCESS_KEY_ID=ASIA/m);
    expect(stdout).toMatch(/^TSAWSUME_PROFILE=reader$/m);
    expect(stdout).not.toMatch(/AWS_PROFILE|AWS_SECURITY_TOKEN|TSAWSUME_MFA_TOKEN/);
  });

  it('flags before --, the command’s own after it', async () => {
    const { stdout } = await world.run([
      'exec',
      'reader',
      '--region',
      'eu-west-2',
      '--',
      'sh',
      '-c',
      'echo $AWS_REGION "$@"',
      'x',
      '--region',
      'y',
    ]);
    expect(stdout).toBe('eu-west-2 --region y\n');
    expect((await world.run(['exec', 'reader'])).code).toBe(2);
  });
});

describe('without the network', () => {
  it('list, status, explain, --dry-run', async () => {
    const list = await world.run(['list'], { env: OFFLINE });
    expect(list.stdout).toMatch(/^deployer +role +cli-role +yes|^deployer +role +cli-role/m);
    const status = await world.run(['status'], { env: { ...OFFLINE, TSAWSUME_PROFILE: 'dev' } });
    expect(status.stdout).toMatch(/^this shell is dev\n\nPROFILE[^\n]*\nreader +role +59m/);
    for (const args of [
      ['explain', 'deployer'],
      ['--dry-run', 'deployer'],
    ]) {
      const { code, stdout } = await world.run(args, { env: OFFLINE });
      expect(code).toBe(0);
      expect(stdout).toMatch(
        /1\. the keys of profile "dev"[^]*2\. GetSessionToken[^]*3\. AssumeRole for profile "cli-role"[^]*4\. AssumeRole for profile "deployer"/,
      );
      expect(stdout).toMatch(/role +arn:aws:iam::111122223333:role\/deployer +\(\S+\/\.aws\/config:\d+\)/);
    }
    expect(existsSync(join(world.home.path, '.tsawsume'))).toBe(true);
  });

  it('explain says what is stored, and --json prints the plan without a secret', async () => {
    const text = await world.run(['explain', 'reader']);
    expect(text.stdout).toMatch(/stored +until .*\(in 59m\)\n +now +is used as it is stored/);
    const json = await world.run(['explain', 'reader', '--json']);
    const { secretAccessKey } = world.sandbox.company.users.dev.key;
    expect(JSON.parse(json.stdout)).toMatchObject({
      profile: 'reader',
      steps: [{ now: 'not needed' }, { now: 'stored' }],
    });
    expect(json.stdout).not.toContain(secretAccessKey);
  });

  it('status --json and --format', async () => {
    const env = {
      ...OFFLINE,
      TSAWSUME_PROFILE: 'reader',
      AWS_REGION: 'us-east-1',
      AWS_CREDENTIAL_EXPIRATION: '2020-01-01T00:00:00Z',
    };
    const json = await world.run(['status', '--json'], { env });
    expect(JSON.parse(json.stdout)).toMatchObject({
      shell: { profile: 'reader', secondsLeft: 0 },
      stored: arrayWith([objectWith({ profile: 'reader', kind: 'assume-role' })]),
    });
    const format = await world.run(['status', '--format', '{profile}@{region} {left}'], { env });
    expect(format.stdout).toBe('reader@us-east-1 expired\n');
    expect((await world.run(['status', '--format', '{profile}'])).stdout).toBe('');
  });

  it('what is stored of one AWS never serves another: the endpoint is part of the key', async () => {
    const { code } = await world.run(['export', 'reader'], { env: OFFLINE });
    expect(code).toBe(1);
  });
});

describe('whoami', () => {
  it('asks STS of a profile, and of this shell', async () => {
    const profile = await world.run(['whoami', 'reader']);
    expect(profile.stdout).toContain('Arn      arn:aws:sts::111122223333:assumed-role/reader/reader');
    const session = variables((await world.run(['export', 'reader', '--format', 'json'])).stdout);
    const shell = await world.run(['whoami'], { env: session });
    expect(shell.stdout).toBe(profile.stdout);
    expect(world.calls).toEqual(['GetCallerIdentity', 'GetCallerIdentity']);
    const nobody = await world.run(['whoami'], {
      env: { AWS_ACCESS_KEY_ID: 'AKIANOBODY', AWS_SECRET_ACCESS_KEY: 'x' },
    });
    expect([nobody.code, nobody.stdout]).toEqual([1, '']);
    expect(nobody.stderr).toContain('InvalidClientTokenId');
  });
});
