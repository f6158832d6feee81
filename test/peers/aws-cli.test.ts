import { appendFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { run, type Result, World } from '../support/harness';
import { AWS_ALONE, peersPath } from './support/peers';

const ASK = 'aws sts get-caller-identity --query "[Account,Arn]" --output text';
const CLI_ROLE = /^111122223333\tarn:aws:sts::111122223333:assumed-role\/cli-role\/\S+\n$/;

/** The AWS CLI as the reader of what we print, write and run. */
describe('the AWS CLI takes what tsawsume gives', () => {
  let world: World;
  let PATH: string;

  beforeEach(async () => {
    world = await World.open();
    PATH = peersPath();
  });
  afterEach(() => world.close());

  const sh = (shell: readonly string[], script: string): Promise<Result> =>
    run([...shell, '-c', script], { env: { ...world.env, ...AWS_ALONE, PATH, CODE: world.code() } });
  const bash = (script: string): Promise<Result> => sh(['bash', '--norc', '-eu', '-o', 'pipefail'], script);
  /** One code, and from then on nobody has to be asked. */
  const signIn = async (): Promise<void> => {
    const { code, stderr } = await world.run(['export', 'cli-role', '--mfa-token', world.code()]);
    expect(stderr).not.toMatch(/warn|deprecat/i);
    expect(code).toBe(0);
  };

  it('as variables of a bash that the function changed', async () => {
    const { code, stdout, stderr } = await bash(
      `eval "$(tsawsume init bash)"; tsawsume cli-role --mfa-token "$CODE" 2>/dev/null; ${ASK}`,
    );
    expect(stderr).toBe('');
    expect(stdout).toMatch(CLI_ROLE);
    expect(code).toBe(0);
  });

  it('as variables of a shell without the function, which --unset takes away again', async () => {
    const { stdout, stderr } = await sh(
      ['sh', '-eu'],
      `eval "$(tsawsume cli-role --mfa-token "$CODE" 2>/dev/null)"; ${ASK}
       eval "$(tsawsume --unset)"; ${ASK}`,
    );
    expect(stderr).toBe('');
    const [role = '', user = ''] = stdout.split(/(?<=\n)/);
    expect(role).toMatch(CLI_ROLE);
    expect(user).toBe('111122223333\tarn:aws:iam::111122223333:user/dev\n');
  });

  it('from a credential_process', async () => {
    await signIn();
    const profile = '[profile by-process]\ncredential_process = tsawsume export cli-role --format process\n';
    appendFileSync(join(world.home.path, '.aws/config'), profile);
    const { stdout, stderr } = await bash(ASK.replace('aws', 'aws --profile by-process'));
    expect(stderr).toBe('');
    expect(stdout).toMatch(CLI_ROLE);
  });

  it('from a file that export wrote, for the owner alone', async () => {
    await signIn();
    const { stdout, stderr } = await sh(
      ['sh', '-eu'],
      `umask 0; tsawsume export cli-role --output "$HOME/session.env"; . "$HOME/session.env"; ${ASK}`,
    );
    expect(stderr).toBe('');
    expect(stdout).toMatch(CLI_ROLE);
    expect(statSync(join(world.home.path, 'session.env')).mode & 0o777).toBe(0o600);
  });

  it('as a command that exec runs, its exit code its own', async () => {
    await signIn();
    const { stdout, stderr } = await bash(`tsawsume exec cli-role -- ${ASK}`);
    expect(stderr).toBe('');
    expect(stdout).toMatch(CLI_ROLE);
    const failing = await bash('tsawsume exec cli-role -- aws sts no-such-operation');
    expect(failing.code).toBe((await bash('aws sts no-such-operation')).code);
  });

  it('from a profile that -o wrote, beside one that it wrote itself', async () => {
    await signIn();
    const { stdout, stderr } = await bash(
      `aws configure set region eu-west-1 --profile 'other one'
       tsawsume cli-role -o out >/dev/null 2>&1; ${ASK.replace('aws', 'aws --profile out')}`,
    );
    expect(stderr).toBe('');
    expect(stdout).toMatch(CLI_ROLE);
  });

  it('from a profile that renews itself, past the end of what it gave first', async () => {
    world.sandbox.cloud.settings.roleSessionsEndAfter = 3;
    const { stdout, stderr } = await bash(
      `eval "$(tsawsume init bash)"; tsawsume -a cli-role --mfa-token "$CODE" 2>/dev/null
       ${ASK}; sleep 4; ${ASK}; tsawsume -k 2>/dev/null; echo "\${AWS_PROFILE-nobody}"`,
    );
    expect(stderr).toBe('');
    const [first = '', second = '', none] = stdout.split(/(?<=\n)/);
    expect(first).toMatch(CLI_ROLE);
    expect(second).toMatch(CLI_ROLE);
    expect(none).toBe('nobody\n');
    expect(world.calls.filter((call) => call === 'GetSessionToken')).toHaveLength(1);
  });

  it('and still lets --profile name another identity', async () => {
    await signIn();
    const other = 'aws --profile bot sts get-caller-identity --query Arn --output text';
    const { stdout } = await bash(`eval "$(tsawsume cli-role 2>/dev/null)"; ${other}`);
    expect(stdout).toBe('arn:aws:iam::111122223333:user/bot\n');
  });
});
