import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { World } from '../support/harness';

/** The faults of awsume that are about files and processes of others, by their numbers in our notes. */
let world: World;
beforeEach(async () => {
  world = await World.open();
});
afterEach(() => world.close());

const place = (name: string): string => join(world.home.path, name);
const text = (): string => readFileSync(place('.aws/credentials'), 'utf8');
const modeOf = (name: string): number => statSync(place(name)).mode & 0o777;

describe('2: the credentials file', () => {
  it('twenty -o at once: long-lived keys, comments and the case of names are as they were', async () => {
    const before = `# Mine, and dear to me\n${text()}[Work]\nAWS_Access_Key_Id = AKIAWORK # keep\n`;
    writeFileSync(place('.aws/credentials'), before);
    chmodSync(place('.aws/credentials'), 0o640);
    const names = Array.from({ length: 20 }, (_, index) => `out-${String(index)}`);
    const runs = await Promise.all(names.map((name) => world.run(['reader', '-s', '-o', name])));
    expect(runs.map(({ code }) => code)).toEqual(names.map(() => 0));
    expect(text().startsWith(before)).toBe(true);
    expect(names.filter((name) => !text().includes(`\n[${name}]\nmanager = tsawsume\n`))).toEqual([]);
    expect(modeOf('.aws/credentials')).toBe(0o640);
  }, 60_000);

  it('a new one is 0600, whatever the umask', async () => {
    const { accessKeyId, secretAccessKey } = world.sandbox.company.users.bot.key;
    const json = JSON.stringify({ AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey });
    rmSync(place('.aws/credentials'));
    const before = process.umask(0);
    try {
      expect((await world.run(['-s', '--json', '-', '-o', 'out'], { input: json })).code).toBe(0);
    } finally {
      process.umask(before);
    }
    expect(modeOf('.aws/credentials')).toBe(0o600);
  });
});

it('3: --clean leaves a profile that it did not write, however old its expiration is', async () => {
  const before = `${text()}[old]\naws_access_key_id = AKIAOLD\nexpiration = 2020-01-01 00:00:00\n`;
  writeFileSync(place('.aws/credentials'), before);
  expect((await world.run(['--clean'])).code).toBe(0);
  expect(text()).toBe(before);
});

it('9: -a and -k end no process, whatever its words are', async () => {
  const words = ['autoawsume', 'autotsawsume-reader', 'tsawsume'];
  const bystander = spawn('sleep', ['60'], { argv0: words.join(' '), stdio: 'ignore' });
  try {
    const env = { TSAWSUME_SHELL: 'bash' };
    for (const args of [['-a', 'reader'], ['-k', 'reader'], ['-a', 'reader'], ['-k']])
      expect((await world.run(args, { env })).code).toBe(0);
    expect([bystander.exitCode, bystander.signalCode]).toEqual([null, null]);
    expect(bystander.kill(0)).toBe(true);
  } finally {
    bystander.kill('SIGKILL');
  }
});

it('12: a bad config.yaml is one line and one hint, and flags that need no settings are still read', async () => {
  mkdirSync(place('.tsawsume'));
  writeFileSync(place('.tsawsume/config.yaml'), 'region: [\n');
  const bad = await world.run(['reader']);
  expect([bad.code, bad.stdout]).toEqual([3, '']);
  expect(bad.stderr).toMatch(/^tsawsume: [^\n]+config\.yaml:2\)\n[^\n]+\n$/);
  for (const flag of ['--version', '--help', '-u']) expect((await world.run([flag, '-s'])).code).toBe(0);
  expect((await world.run(['--nonsense'])).code).toBe(2);
});

it('17: no start writes anything into HOME but what it was asked for', async () => {
  for (const args of [['--version'], ['list'], ['status'], ['explain', 'reader'], ['init', 'zsh']])
    expect((await world.run(args)).code).toBe(0);
  expect(existsSync(place('.tsawsume'))).toBe(false);
});
