import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Home, PROGRAM, run, type Result } from '../support/harness';
import { AWS_ALONE } from './support/peers';
import { Moto } from './support/moto';

const ACCOUNT = '123456789012';
const arnOf = (role: string): string => `arn:aws:iam::${ACCOUNT}:role/${role}`;
const SERIAL = `arn:aws:iam::${ACCOUNT}:mfa/dev`;
const MAY_ASSUME = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: ['sts:AssumeRole', 'sts:GetSessionToken'], Resource: '*' }],
});
const trusting = (principal: string): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { AWS: principal }, Action: 'sts:AssumeRole' }],
  });
const CONFIG = `
[profile reader]
role_arn = ${arnOf('reader')}
source_profile = dev
[profile deployer]
role_arn = ${arnOf('deployer')}
source_profile = reader
role_session_name = onward
[profile with-mfa]
role_arn = ${arnOf('reader')}
source_profile = dev
mfa_serial = ${SERIAL}
[profile long]
role_arn = ${arnOf('reader')}
source_profile = dev
mfa_serial = ${SERIAL}
duration_seconds = 7200
[profile me]
mfa_serial = ${SERIAL}
`;

/** A user and two roles, made by the AWS CLI. Gives the credentials file. */
async function settle(moto: Moto): Promise<string> {
  const user = ['--user-name', 'dev'];
  const may = ['--policy-name', 'assume', '--policy-document', MAY_ASSUME];
  const trust = (principal: string): string[] => ['--assume-role-policy-document', trusting(principal)];
  await moto.aws('iam', 'create-user', ...user);
  const query = ['--query', 'AccessKey.[AccessKeyId,SecretAccessKey]'];
  const pair = await moto.aws('iam', 'create-access-key', ...user, ...query);
  await moto.aws('iam', 'put-user-policy', ...user, ...may);
  await moto.aws('iam', 'create-role', '--role-name', 'reader', ...trust(`arn:aws:iam::${ACCOUNT}:user/dev`));
  await moto.aws('iam', 'put-role-policy', '--role-name', 'reader', ...may);
  // moto trusts a role's session only by its whole name, and ours is the profile's.
  const session = `arn:aws:sts::${ACCOUNT}:assumed-role/reader/reader`;
  await moto.aws('iam', 'create-role', '--role-name', 'deployer', ...trust(session));
  const [id = '', secret = ''] = pair.split(/\s+/);
  const keys = (as: string): string => `aws_access_key_id = ${id}\naws_secret_access_key = ${as}\n`;
  return `[dev]\n${keys(secret)}[me]\n${keys(secret)}[wrong]\n${keys(`${secret}x`)}`;
}

/** An STS that was written by others, from AWS's model, and that works signatures out for itself. */
describe('an STS that is not ours: moto’s', () => {
  let moto: Moto;
  let home: Home;

  let credentials: string;

  beforeAll(async () => {
    moto = await Moto.start();
    credentials = await settle(moto);
  });
  afterAll(() => moto.stop());
  beforeEach(async () => {
    home = new Home(CONFIG, credentials);
    await moto.checks(true);
  });
  afterEach(() => home.remove());

  const tsawsume = (...args: readonly string[]): Promise<Result> =>
    run([...PROGRAM, ...args], {
      env: { ...AWS_ALONE, PATH: process.env['PATH'], HOME: home.path, AWS_ENDPOINT_URL_STS: moto.url },
    });
  const arn = async (...args: readonly string[]): Promise<string> => {
    const { code, stdout, stderr } = await tsawsume('whoami', ...args);
    expect(stderr).toBe('');
    expect(code).toBe(0);
    return /^Arn +(\S+)$/m.exec(stdout)?.[1] ?? stdout;
  };

  it('takes our signature for a user', async () => {
    expect(await arn('dev')).toBe(`arn:aws:iam::${ACCOUNT}:user/dev`);
  });

  it('gives a role without MFA, and takes its session', async () => {
    expect(await arn('reader')).toBe(`arn:aws:sts::${ACCOUNT}:assumed-role/reader/reader`);
    expect(home.sessions()).toHaveLength(1);
  });

  it('gives a chain of roles', async () => {
    expect(await arn('deployer')).toBe(`arn:aws:sts::${ACCOUNT}:assumed-role/deployer/onward`);
  });

  it('gives a role for two hours, the code signed by the user’s own keys', async () => {
    expect(await arn('long', '--mfa-token', '123456')).toContain(':assumed-role/reader/');
  });

  it('gives a user’s session for a code', async () => {
    const { code, stdout } = await tsawsume('export', 'me', '--mfa-token', '123456', '--format', 'json');
    expect(code).toBe(0);
    expect(stdout).toContain('AWS_SESSION_TOKEN');
    expect(home.sessions()).toHaveLength(1);
  });

  it('gives GetSessionToken and then AssumeRole (without checks: it forgets the sessions of users)', async () => {
    await moto.checks(false);
    const { code, stdout } = await tsawsume(
      'export',
      'with-mfa',
      '--mfa-token',
      '123456',
      '--format',
      'json',
    );
    expect(code).toBe(0);
    expect(stdout).toContain('AWS_SESSION_TOKEN');
    expect(home.sessions()).toHaveLength(2);
  });

  it('refuses a wrong secret, and we say so in a line', async () => {
    const { code, stdout, stderr } = await tsawsume('whoami', 'wrong');
    expect(stdout).toBe('');
    expect(code).toBe(1);
    expect(stderr).toMatch(/^tsawsume: .*wrong.*\n.+\n$/);
    expect(stderr).toContain('SignatureDoesNotMatch');
  });

  it('refuses a role that does not trust us, and we say so in a line', async () => {
    const { code, stdout, stderr } = await tsawsume('export', 'dev', '--role-arn', arnOf('deployer'));
    expect(stdout).toBe('');
    expect(code).toBe(1);
    expect(stderr).toMatch(/^tsawsume: .*deployer.*\n.+\n$/);
    expect(home.sessions()).toHaveLength(0);
  });
});
