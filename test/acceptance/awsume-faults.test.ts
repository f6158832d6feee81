import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PROGRAM, run, variables, type Result, type World } from '../support/harness';
import { arnOf, idOf, keysOf, OPEN, openWorld } from '../support/open-company';
import { isNotThere } from '../support/programs';

/** The faults of awsume, by their numbers in our notes: each tried here. Others stand with their own subjects. */
let world: World;
beforeEach(async () => {
  world = await openWorld();
  world.home.write(
    `[profile bot]\n[profile hop]\nrole_arn = ${arnOf(OPEN.hop)}\nsource_profile = bot\n` +
      `[profile last]\nrole_arn = ${arnOf(OPEN.last)}\nsource_profile = hop\n` +
      `[profile ambient]\nrole_arn = ${arnOf(OPEN.hop)}\ncredential_source = Environment\n` +
      `[profile my app]\nregion = us-west-2 # prod\n[profile *]\n[profile $(touch canary)'"]\n`,
    ['default', 'bot', 'my app', '*', `$(touch canary)'"`]
      .map((name) => `[${name}]\n${keysOf(world, name === 'default' ? 'alice' : 'bot')}`)
      .join(''),
  );
});
afterEach(() => world.close());

const signers = () => world.sandbox.journal.calls.map(({ accessKeyId }) => accessKeyId);
const fresh = () => world.sandbox.cloud.freshCode(world.sandbox.company.users.dev.device?.serial ?? '') ?? '';
const quote = (word: string): string => `'${word.replaceAll("'", `'\\''`)}'`;

/** A script in a real shell, with the program as `tsawsume` on PATH, in a folder where a canary would show. */
async function shell(
  command: readonly string[],
  script: string,
  env: Record<string, string> = {},
): Promise<Result> {
  const bin = join(world.home.path, 'bin');
  mkdirSync(bin, { recursive: true });
  writeFileSync(join(bin, 'tsawsume'), `#!/bin/sh\nexec ${PROGRAM.map(quote).join(' ')} "$@"\n`, {
    mode: 0o755,
  });
  const path = `${bin}:${process.env['PATH'] ?? ''}`;
  return run([...command, script], { env: { ...world.env, ...env, PATH: path }, cwd: world.home.path });
}
const HOOKED = 'eval "$(tsawsume init bash)"\n';

describe('1: who signs', () => {
  it('a chain with a duration is signed hop by hop, never by [default] or the environment', async () => {
    const env = { AWS_ACCESS_KEY_ID: idOf(world, 'alice'), AWS_SECRET_ACCESS_KEY: 'x' };
    expect((await world.run(['export', 'last', '--role-duration', '30m'], { env })).code).toBe(0);
    expect(signers()[0]).toBe(idOf(world, 'bot'));
    expect(signers()[1]).toMatch(/^ASIA/);
    expect(world.sandbox.journal.calls[1]?.params['DurationSeconds']).toBe('1800');
  });

  it('credential_source is what it says, also where there is a [default]', async () => {
    const none = await world.run(['export', 'ambient']);
    expect([none.code, none.stdout, signers()]).toEqual([3, '', []]);
    const { accessKeyId, secretAccessKey } = world.sandbox.company.users.dev.key;
    const env = { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey };
    expect((await world.run(['export', 'ambient'], { env })).code).toBe(0);
    expect(signers()).toEqual([accessKeyId]);
  });
});

describe('4: time zones', () => {
  it('a session that ended is fetched anew in every zone, one that lives is served in every zone', async () => {
    const zones = ['Pacific/Kiritimati', 'Etc/GMT+12', 'Asia/Kathmandu', 'UTC'];
    for (const TZ of zones) expect((await world.run(['export', 'hop'], { env: { TZ } })).code).toBe(0);
    expect(world.calls).toHaveLength(1);
    const [name = ''] = world.home.sessions();
    const path = join(world.home.cache, name);
    const past = (text: string): string =>
      text.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, (time) =>
        new Date(Date.parse(time) - 3_700_000).toISOString(),
      );
    for (const TZ of zones) {
      writeFileSync(path, past(readFileSync(path, 'utf8')));
      world.sandbox.journal.clear();
      await world.run(['export', 'hop'], { env: { TZ } });
      expect(world.calls).toEqual(['AssumeRole']);
    }
  });
});

it('5: a stored session that AWS has ended is dropped, not used for ever', async () => {
  const serial = world.sandbox.company.users.dev.device?.serial ?? '';
  world.home.write(
    `[profile dev]\n[profile m]\nrole_arn = ${arnOf(OPEN.mfaOne)}\nsource_profile = dev\nmfa_serial = ${serial}\n`,
    `[dev]\n${keysOf(world, 'dev')}`,
  );
  expect((await world.run(['export', 'm', '--mfa-token', fresh()])).code).toBe(0);
  world.sandbox.cloud.expireSessions();
  const other = ['export', 'm', '--session-name', 'other'];
  expect((await world.run([...other, '--mfa-token', fresh()])).code).toBe(0);
  expect((await world.run([...other, '--min-ttl', '59m59s'])).code).toBe(0);
});

describe('6 and 8: names and values are words, never code', () => {
  it.each(['my app', '*', `$(touch canary)'"`])('%s, through the function and through eval', async (name) => {
    const print = 'printf "%s|" "$TSAWSUME_PROFILE" "$AWS_ACCESS_KEY_ID" "${AWS_REGION-}"\n';
    const region = name === 'my app' ? 'us-west-2' : '';
    for (const become of [
      `${HOOKED}tsawsume ${quote(name)}`,
      `eval "$(tsawsume ${quote(name)})"`,
      `eval "$(tsawsume -s ${quote(name)})"`,
    ]) {
      const { code, stdout, stderr } = await shell(['bash', '-c'], `${become}\n${print}`);
      expect([code, stderr, stdout]).toEqual([0, '', `${name}|${idOf(world, 'bot')}|${region}|`]);
      expect(existsSync(join(world.home.path, 'canary'))).toBe(false);
    }
  });
});

describe('10: secrets stay where they belong', () => {
  it('no log: outside of the store, which is 0600, nothing of a session is left in HOME', async () => {
    const { stdout } = await world.run(['export', 'hop', '--format', 'json', '--debug']);
    const { AWS_SESSION_TOKEN: token = '' } = variables(stdout);
    expect(token.length).toBeGreaterThan(20);
    const holding = execFileSync('grep', ['-rlF', '--', token, world.home.path], { encoding: 'utf8' });
    const files = holding.trim().split('\n');
    expect(files.map((file) => file.startsWith(world.home.cache))).toEqual([true]);
    expect(files.map((file) => statSync(file).mode & 0o777)).toEqual([0o600]);
  });

  it('no variable holds the command line with its code and its --json', async () => {
    const json = JSON.stringify({ AccessKeyId: 'AKIAX', SecretAccessKey: 'of-json' });
    const { stdout } = await shell(
      ['bash', '-c'],
      `${HOOKED}tsawsume --json ${quote(json)} --mfa-token 918273\nenv; set`,
    );
    expect(stdout).toContain('AWS_ACCESS_KEY_ID=AKIAX');
    // The one line that holds them is bash's own copy of this test's script.
    const others = stdout.split('\n').filter((line) => !line.startsWith('BASH_EXECUTION_STRING='));
    const left = others.filter((line) => /AWSUME_COMMAND|"SecretAccessKey"|918273/.test(line));
    expect(left).toEqual([]);
  });
});

it('11: what is stale in the shell does not break the fresh session', async () => {
  const stale = {
    AWS_CREDENTIAL_EXPIRATION: '2020-01-01T00:00:00Z',
    AWS_SECURITY_TOKEN: 'stale',
    AWS_SESSION_TOKEN: 'stale',
    AWS_PROFILE: 'stale',
    AWSUME_COMMAND: 'stale',
  };
  const { code, stdout } = await shell(['bash', '-c'], `${HOOKED}tsawsume bot\nenv`, stale);
  expect(code).toBe(0);
  expect(stdout).toContain(`AWS_ACCESS_KEY_ID=${idOf(world, 'bot')}`);
  expect(stdout).not.toContain('stale');
  expect(stdout).not.toContain('2020-01-01');
});

it('12: one bad line in the config hurts its own profile alone', async () => {
  const { config, credentials } = {
    config: readFileSync(join(world.home.path, '.aws/config'), 'utf8'),
    credentials: readFileSync(join(world.home.path, '.aws/credentials'), 'utf8'),
  };
  world.home.write(`${config}[profile bad]\nthis is no line\n`, credentials);
  expect((await world.run(['export', 'hop'])).code).toBe(0);
  const bad = await world.run(['export', 'bad']);
  expect([bad.code, bad.stdout]).toEqual([3, '']);
  expect(bad.stderr).toMatch(/^tsawsume: profile "bad": [^\n]+\/\.aws\/config:\d+\)\n[^\n]+\n$/);
});

describe('13: a shell that is strict lives on', () => {
  describe.each([
    ['bash', ['bash', '-c']],
    ['zsh', ['zsh', '-f', '-c']],
  ])('%s with set -eu', (name, command) => {
    it.skipIf(isNotThere(name))('goes on after an error, and after --unset', async () => {
      const script = `set -eu\neval "$(tsawsume init ${name})"\ntsawsume bot\ntsawsume nobody || echo "code $?, still $TSAWSUME_PROFILE"\ntsawsume --unset\necho "and \${TSAWSUME_PROFILE-nobody}"`;
      const { code, stdout } = await shell(command, script);
      expect([code, stdout]).toEqual([0, 'code 3, still bot\nand nobody\n']);
    });
  });
});

it('14: an endpoint that refuses connections is told, after three tries and without a long silence', async () => {
  const env = { AWS_ENDPOINT_URL_STS: 'http://127.0.0.1:1' };
  const { code, stdout, stderr } = await world.run(['export', 'hop', '--info'], { env });
  expect([code, stdout]).toEqual([1, '']);
  expect(stderr.match(/^AssumeRole at 127\.0\.0\.1:1 .*NetworkError in \d+ms$/gm)).toHaveLength(3);
  expect(stderr).toMatch(/^tsawsume: .*connection refused/m);
});

describe('15: flags', () => {
  it('--show-commands prints, in its long form as in its short', async () => {
    const [long, short] = [await world.run(['bot', '--show-commands']), await world.run(['-s', 'bot'])];
    expect(long.stdout).toContain('export AWS_ACCESS_KEY_ID=');
    expect(long.stdout).toBe(short.stdout);
  });

  it('a flag with a list takes one word, and leaves the profile behind it', async () => {
    const arn = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
    for (const flag of [
      ['--session-policy-arns', arn],
      ['--transitive-tag-keys', 'a', '-t', 'a=b'],
      ['-t', 'a=b'],
    ]) {
      const { code, stdout } = await world.run([...flag, '-s', 'hop']);
      expect([code, stdout.includes("TSAWSUME_PROFILE='hop'")]).toEqual([0, true]);
    }
  });
});

it('16: a role that is stored needs no network', async () => {
  const { stdout } = await world.run(['export', 'last', '--format', 'json']);
  const { url } = world.sandbox;
  await world.sandbox.close();
  const again = await world.run(['export', 'last', '--format', 'json'], {
    env: { AWS_ENDPOINT_URL_STS: url },
  });
  expect([again.code, again.stderr]).toEqual([0, '']);
  expect(variables(again.stdout)).toEqual(variables(stdout));
});

it('17: nothing edits dotfiles: a HOME with a .bashrc is as it was', async () => {
  writeFileSync(join(world.home.path, '.bashrc'), '# mine\n');
  await world.run(['init', 'bash']);
  await world.run(['export', 'hop']);
  expect(readFileSync(join(world.home.path, '.bashrc'), 'utf8')).toBe('# mine\n');
  expect(readdirSync(world.home.path).sort()).toEqual(['.aws', '.bashrc', '.tsawsume']);
});
