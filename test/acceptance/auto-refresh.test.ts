import * as fs from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { run, PROGRAM, type Result, World } from '../support/harness';

let world: World;
beforeEach(async () => {
  world = await World.open();
});
afterEach(() => world.close());

const config = (): string => fs.readFileSync(join(world.home.path, '.aws/config'), 'utf8');
const quote = (word: string): string => `'${word.replaceAll("'", String.raw`'\''`)}'`;

/** A script in a bash that the function hooked up, `tsawsume` being on its PATH. */
function bash(script: string, env: Record<string, string> = {}): Promise<Result> {
  const bin = join(world.home.path, 'bin');
  fs.mkdirSync(bin, { recursive: true });
  fs.writeFileSync(join(bin, 'tsawsume'), `#!/bin/sh\nexec ${PROGRAM.map(quote).join(' ')} "$@"\n`, {
    mode: 0o755,
  });
  const PATH = `${bin}:${process.env['PATH'] ?? ''}`;
  return run(['bash', '--norc', '-eu', '-c', `eval "$(tsawsume init bash)"\n${script}`], {
    env: { ...world.env, ...env, PATH },
  });
}
const SHOW = `env | grep -E '^(AWS|TSAWSUME|AWSUME)' | grep -v ENDPOINT | sort || true\n`;

describe('-a and -k in bash', () => {
  it('-a and --json do not go together: there would be nothing to renew them with', async () => {
    const before = config();
    const { code, stdout, stderr } = await world.run(['reader', '-a', '--json', '-'], {
      env: { TSAWSUME_SHELL: 'bash' },
      input: '{}',
    });
    expect([code, stdout, config()]).toEqual([2, '', before]);
    expect(stderr).toMatch(/--auto-refresh .*--json.*: they do not go together\n/);
    expect(world.calls).toEqual([]);
  });

  it('the shell names a profile and holds no keys; -k takes both away again, byte for byte', async () => {
    const before = config();
    const { code, stdout } = await bash(
      `tsawsume reader 2>/dev/null
       tsawsume -a cli-role --mfa-token "$CODE" 2>/dev/null
       ${SHOW} cp ~/.aws/config ~/seen
       PATH=/usr/bin:/bin; echo "$AWS_PROFILE"
       PATH=~/bin:$PATH; tsawsume whoami | grep Arn
       echo --; tsawsume -k; ${SHOW}`,
      { CODE: world.code() },
    );
    expect(stdout.replace(/cli-role\/\S+$/m, 'cli-role/…')).toBe(
      `AWSUME_PROFILE=cli-role
AWS_DEFAULT_REGION=us-east-1
AWS_PROFILE=autotsawsume-cli-role
AWS_REGION=us-east-1
TSAWSUME_PROFILE=cli-role
autotsawsume-cli-role
Arn      arn:aws:sts::111122223333:assumed-role/cli-role/…
--
`,
    );
    expect([code, config()]).toEqual([0, before]);
    const seen = fs.readFileSync(join(world.home.path, 'seen'), 'utf8');
    const [program, ...script] = PROGRAM;
    const own = [program, ...script.map((path) => fs.realpathSync(path))].join(' ');
    expect(seen).toBe(
      `${before}\n[profile autotsawsume-cli-role]\nmanager = tsawsume\ncredential_process = ${own} export --format=process --min-ttl=900 -- cli-role\nregion = us-east-1\n`,
    );
    expect(world.calls.filter((call) => call === 'GetSessionToken')).toHaveLength(1);
  });

  it('AWS_PROFILE of our own is nobody’s wish; --unset takes it away; another one is', async () => {
    const { stdout } = await bash(
      `tsawsume -a reader 2>/dev/null
       tsawsume --dry-run | head -1
       tsawsume -u; ${SHOW}
       AWS_PROFILE=bot tsawsume --dry-run | head -1`,
    );
    expect(stdout.split('\n')[0]).toContain('default');
    expect(stdout).not.toContain('autotsawsume');
    expect(stdout.trim().split('\n')).toHaveLength(2);
    expect(stdout.trim().split('\n')[1]).toContain('bot');
  });

  it('flags of the session go along, under a name of their own; -k NAME takes those of one profile', async () => {
    const { stdout } = await bash(
      `tsawsume -a reader --session-name "it's" 2>/dev/null || echo refused
       tsawsume reader -a --session-name me --role-duration 15m 2>/dev/null; one=$AWS_PROFILE
       tsawsume whoami | grep -o 'reader/.*' | head -1
       tsawsume reader -a 2>/dev/null; echo "$one $AWS_PROFILE"
       tsawsume --role-arn 111122223333:reader --source-profile dev -a 2>/dev/null
       tsawsume whoami | grep -o 'role/reader/'
       tsawsume -k reader; echo "$TSAWSUME_PROFILE"; grep -c autotsawsume ~/.aws/config
       tsawsume -k list; tsawsume --kill-refresher; echo "\${AWS_PROFILE-none}"`,
    );
    expect(stdout).toMatch(
      /^refused\nreader\/me\nautotsawsume-reader-[0-9a-f]{8} autotsawsume-reader\nrole\/reader\/\n111122223333:reader\n1\nnone\n$/,
    );
  });

  it('list marks what is managed', async () => {
    const { stdout } = await bash('tsawsume -a reader -s >/dev/null 2>&1; tsawsume list --json');
    const rows: unknown = JSON.parse(stdout);
    expect(rows).toContainEqual(expect.objectContaining({ profile: 'autotsawsume-reader', type: 'managed' }));
  });

  it('a profile of that name that it did not write is refused, before any call', async () => {
    fs.appendFileSync(join(world.home.path, '.aws/config'), '[profile autotsawsume-reader]\nregion = x\n');
    const before = config();
    const { code, stdout } = await world.run(['reader', '-a']);
    expect([code, stdout, config(), world.calls]).toEqual([3, '', before, []]);
    expect((await world.run(['-k'])).code).toBe(0);
    expect(config()).toBe(before);
  });

  it('hostile names and folders reach the process as they are', async () => {
    const name = `my 'app' #1 "$(touch canary)" \\ ;x`;
    fs.appendFileSync(
      join(world.home.path, '.aws/credentials'),
      `\n[${name}]\naws_access_key_id = ${world.sandbox.company.users.bot.key.accessKeyId}\naws_secret_access_key = ${world.sandbox.company.users.bot.key.secretAccessKey}\n`,
    );
    const { stdout, stderr } = await bash(
      `cd; tsawsume -a ${quote(name)} 2>/dev/null; tsawsume whoami | grep -o user/.*
       line=$(sed -n 's/^credential_process = //p' ~/.aws/config); sh -c "$line" | grep -c AccessKeyId; ls canary 2>/dev/null || true`,
    );
    expect([stdout, stderr]).toEqual(['user/bot\n1\n', '']);
  });
});

describe('past an expiry', () => {
  const NODE = `
const { STSClient, GetCallerIdentityCommand } = require(process.env.STS);
const sts = new STSClient({ endpoint: process.env.AWS_ENDPOINT_URL_STS });
const keys = new Set();
(async () => {
  const until = Date.now() + 7000;
  while (Date.now() < until) {
    const { Arn } = await sts.send(new GetCallerIdentityCommand({}));
    keys.add((await sts.config.credentials()).accessKeyId);
    console.log(Arn.replace(/.*:/, ''));
    await new Promise((done) => setTimeout(done, 1000));
  }
  console.log(keys.size);
})().catch((error) => { console.log(error.name); process.exitCode = 1; });`;
  const sdk = {
    STS: createRequire(import.meta.url).resolve('@aws-sdk/client-sts'),
    NODE,
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: '1',
  };

  it('a program of the JavaScript SDK goes on; with the keys of the start alone it does not', async () => {
    world.sandbox.cloud.settings.roleSessionsEndAfter = 3;
    const env = { ...sdk, CODE: world.code() };
    const fresh = await bash('tsawsume -a cli-role --mfa-token "$CODE" 2>/dev/null; node -e "$NODE"', env);
    const lines = fresh.stdout.trim().split('\n');
    expect(fresh.code).toBe(0);
    expect(Number(lines.pop())).toBeGreaterThan(2);
    expect(new Set(lines)).toEqual(new Set([expect.stringMatching(/^assumed-role\/cli-role\//)]));
    expect(lines.length).toBeGreaterThan(3);
    // The code served once, and nobody was asked again.
    expect(world.calls.filter((call) => call === 'GetSessionToken')).toHaveLength(1);

    const still = await bash('tsawsume cli-role 2>/dev/null; node -e "$NODE"', env);
    expect(still.code).toBe(1);
    expect(still.stdout.trim().split('\n').pop()).toMatch(/^ExpiredToken/);
  }, 60_000);

  it('when the MFA session behind it has ended, the process says so in one line, exit 4', async () => {
    world.sandbox.cloud.settings.roleSessionsEndAfter = 3;
    const { stdout, stderr } = await bash(
      `tsawsume -a cli-role --mfa-token "$CODE" 2>/dev/null
       tsawsume logout 2>/dev/null
       line=$(sed -n 's/^credential_process = //p' ~/.aws/config)
       sh -c "$line" && echo bad || echo "$?"`,
      { CODE: world.code() },
    );
    expect(stdout).toBe('4\n');
    expect(stderr.split('\n')[0]).toMatch(/MFA/);
  });
});
