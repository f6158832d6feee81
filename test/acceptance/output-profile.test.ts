import { spawn } from 'node:child_process';
import * as fs from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readCredentialsFile } from '../../src/io/ini';
import { PROGRAM, World } from '../support/harness';

let world: World;
beforeEach(async () => {
  world = await World.open();
});
afterEach(() => world.close());

const place = (name = 'credentials'): string => join(world.home.path, '.aws', name);
const text = (name?: string): string => fs.readFileSync(place(name), 'utf8');
const section = (name: string): Record<string, string> =>
  Object.fromEntries(
    [...(readCredentialsFile('', text()).profiles.get(name)?.properties ?? [])].map(([key, { value }]) => [
      key,
      value,
    ]),
  );
const modeOf = (path: string): number => fs.statSync(path).mode & 0o7777;

describe('-o, --output-profile', () => {
  it('writes the session to a profile, and changes the shell as ever', async () => {
    const before = text();
    const { code, stdout, stderr } = await world.run(['reader', '-o', 'out']);
    expect([code, text().startsWith(before)]).toEqual([0, true]);
    const { aws_access_key_id: id, expiration, ...rest } = section('out');
    expect(stdout).toContain(`export AWS_ACCESS_KEY_ID='${id ?? '?'}'`);
    expect(stdout).toContain(`export AWS_CREDENTIAL_EXPIRATION='${expiration ?? '?'}'`);
    expect(expiration).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    expect(Object.keys(rest)).toEqual(['manager', 'aws_secret_access_key', 'aws_session_token', 'region']);
    expect(stderr).toMatch(/^wrote "reader" to the profile "out"\n/);
    expect(stderr).not.toContain(rest['aws_session_token']);
    const used = await world.run(['whoami', 'out']);
    expect(used.stdout).toContain('assumed-role/reader/');
  });

  it('the same session again changes no byte; a refreshed one its own lines', async () => {
    await world.run(['assume', 'reader', '--output-profile=out']);
    fs.appendFileSync(place(), '\n# behind\n[Behind]\nKey = v\n');
    const [first, old] = [text(), section('out')];
    await world.run(['assume', 'reader', '-o', 'out']);
    expect(text()).toBe(first);
    await world.run(['reader', '-r', '-o', 'out']);
    const fresh = section('out');
    expect(fresh['aws_access_key_id']).not.toBe(old['aws_access_key_id']);
    const swapped = Object.keys(old).reduce(
      (all, key) => all.replace(old[key] ?? '', fresh[key] ?? ''),
      first,
    );
    expect(text()).toBe(swapped);
  });

  it.each([
    ['dev', 'credentials'],
    ['cli-role', 'config'],
  ])('a profile that it did not write is refused before any call: %s', async (name, file) => {
    const before = text() + text('config');
    const { code, stdout, stderr } = await world.run(['reader', '-o', name]);
    expect([code, stdout, text() + text('config'), world.calls]).toEqual([3, '', before, []]);
    expect(stderr).toMatch(new RegExp(`"${name}" that tsawsume did not write \\(.*/${file}:\\d+\\)`));
  });

  it('one section of that name without the mark is enough to refuse, and awsume’s are not ours', async () => {
    for (const more of ['[out]\nregion = x\n', '[out]\nmanager = awsume\naws_access_key_id = A\n']) {
      await world.run(['reader', '-o', 'out']);
      fs.appendFileSync(place(), more);
      const before = text();
      expect((await world.run(['reader', '-o', 'out'])).code).toBe(3);
      expect(text()).toBe(before);
      world.home.write(text('config'), before.replace(more, ''));
    }
  });

  it('does not go together with -a; a name that says nothing is a usage error', async () => {
    expect((await world.run(['reader', '-o', 'out', '-a'])).code).toBe(2);
    expect((await world.run(['reader', '-o', ' '])).code).toBe(2);
  });

  it('makes a file that is not there, 0600; keeps the mode of one that is', async () => {
    const made = join(world.home.path, 'new/credentials');
    const keys = text();
    fs.writeFileSync(
      place('config'),
      `${text('config').replace('source_profile = dev', 'source_profile = src')}\n`,
    );
    const { accessKeyId, secretAccessKey } = world.sandbox.company.users.dev.key;
    fs.appendFileSync(
      place('config'),
      `[profile src]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n[profile two]\nrole_arn = arn:aws:iam::111122223333:role/reader\nsource_profile = src\n`,
    );
    const env = { AWS_SHARED_CREDENTIALS_FILE: made };
    expect((await world.run(['two', '-o', 'out'], { env })).code).toBe(0);
    expect([modeOf(made), modeOf(join(made, '..')), text()]).toEqual([0o600, 0o700, keys]);
    fs.chmodSync(made, 0o640);
    expect((await world.run(['two', '-o', 'more'], { env })).code).toBe(0);
    expect(modeOf(made)).toBe(0o640);
    expect(fs.readFileSync(made, 'utf8')).toMatch(/^\[out\]\n[^]*\n\n\[more\]\n/);
    expect(fs.readdirSync(join(made, '..'))).toEqual(['credentials']);
  });

  it('through one link and through forty, also dangling ones; a loop is one line', async () => {
    const real = join(world.home.path, 'real');
    fs.renameSync(place(), real);
    fs.symlinkSync('../real', place('hop0'));
    for (let hop = 1; hop < 39; hop += 1) fs.symlinkSync(`hop${hop - 1}`, place(`hop${hop}`));
    fs.symlinkSync('hop38', place());
    const before = text();
    expect((await world.run(['reader', '-o', 'out'])).code).toBe(0);
    expect([fs.readlinkSync(place()), text().startsWith(before)]).toEqual(['hop38', true]);
    expect(text()).toContain('[out]');
    expect(fs.lstatSync(real).isFile()).toBe(true);
    fs.rmSync(place('hop0'));
    fs.symlinkSync('credentials', place('hop0'));
    const loop = await world.run(['reader', '-o', 'out', '--credentials-file', place()]);
    expect([loop.code === 0, loop.stdout]).toEqual([false, '']);
    expect(loop.stderr.trim().split('\n').length).toBeLessThanOrEqual(2);
  });

  it('a region that no line can hold is refused, and nothing is written', async () => {
    const before = text();
    const { code, stdout } = await world.run(['reader', '-o', 'out', '--region', 'x #y']);
    expect([code === 0, stdout, text()]).toEqual([false, '', before]);
  });
});

describe('many at once', () => {
  it('fifty processes: every profile is kept, every other byte as it was', async () => {
    const strange =
      '\ufeff# Mine\r\n[Dev]\r\nAWS_ACCESS_KEY_ID=A # é\r\n\n[dev]\n  s3 =\n    key = v\n[twice]\nk = 1\n[twice]\nk = 2\n; no end';
    const { accessKeyId, secretAccessKey } = world.sandbox.company.users.dev.key;
    world.home.write(
      `[profile dev]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n[profile reader]\nrole_arn = arn:aws:iam::111122223333:role/reader\nsource_profile = dev\nregion = eu-west-1\n`,
      strange,
    );
    const names = Array.from({ length: 50 }, (_, index) => `out-${index}`);
    const results = await Promise.all(names.map((name) => world.run(['reader', '-o', name])));
    expect(results.map(({ code }) => code)).toEqual(names.map(() => 0));
    expect(text().startsWith(strange)).toBe(true);
    const ids = names.map((name) => section(name)['aws_access_key_id']);
    expect(new Set(ids).size).toBe(1);
    expect(ids[0]).toMatch(/^ASIA/);
    expect(readCredentialsFile('', text()).profiles.names().length).toBe(3 + 50);
    expect(fs.readdirSync(join(world.home.path, '.aws')).sort()).toEqual(['config', 'credentials']);
    const aged = text().replace(/expiration = \S+/g, 'expiration = 2020-01-01T00:00:00Z');
    fs.writeFileSync(place(), aged);
    expect((await world.run(['--clean'])).code).toBe(0);
    expect(text()).toBe(strange);
  }, 120_000);

  it('killed at any moment: the old bytes or the new, and the next run tidies up', async () => {
    await world.run(['reader', '-o', 'out']);
    const began = Date.now();
    await world.run(['reader', '-o', 'out']);
    const whole = Date.now() - began;
    const [before, own] = [text().replace(/\n\n\[out\][^]*$/, '\n'), section('out')];
    for (let round = 0; round < 40; round += 1) {
      const child = spawn(PROGRAM[0] ?? '', [...PROGRAM.slice(1), 'reader', '-o', `kill-${round}`], {
        env: world.env,
        stdio: 'ignore',
      });
      const ended = new Promise((resolve) => child.once('exit', resolve));
      // From before it writes to after its end, on a fast machine and a slow one.
      await new Promise((resolve) => setTimeout(resolve, whole * (0.4 + round / 50)));
      child.kill('SIGKILL');
      await ended;
      expect(text().startsWith(before)).toBe(true);
      expect(section('out')).toEqual(own);
      for (const name of readCredentialsFile('', text())
        .profiles.names()
        .filter((one) => one.startsWith('kill-')))
        expect(section(name)).toEqual(own);
    }
    expect((await world.run(['reader', '-o', 'last'])).code).toBe(0);
    expect(section('last')).toEqual(own);
    expect(fs.readdirSync(join(world.home.path, '.aws')).sort()).toEqual(['config', 'credentials']);
  }, 120_000);
});

describe('--clean', () => {
  it('removes expired profiles with the mark, and tells them; nothing else', async () => {
    const keep = [
      '[awsumes]\nmanager = awsume\nexpiration = 2020-01-01T00:00:00Z\n',
      '[theirs]\nexpiration = 2020-01-01T00:00:00Z\n',
      '[local]\nmanager = tsawsume\nexpiration = 2020-01-01 00:00:00\n',
      '[live]\nmanager = tsawsume\nexpiration = 2999-01-01T00:00:00Z\n',
      '[timeless]\nmanager = tsawsume\n',
      '[odd]\nmanager = tsawsume\nexpiration = 2020-02-31T00:00:00Z\n',
    ];
    const gone = '[gone]\nmanager = tsawsume\naws_access_key_id = ASIA\nexpiration = 2020-01-01T00:00:00Z\n';
    fs.writeFileSync(place(), keep.join('\n# kept\n') + `\n${gone}# behind\n`);
    const { code, stdout, stderr } = await world.run(['--clean']);
    expect([code, stdout, stderr]).toEqual([
      0,
      '',
      'removed the profile "gone": it expired at 2020-01-01T00:00:00Z\n',
    ]);
    expect(text()).toBe(`${keep.join('\n# kept\n')}# behind\n`);
    expect((await world.run(['--clean'])).stderr).toBe('no profile that tsawsume wrote has expired\n');
    fs.rmSync(join(world.home.path, '.aws'), { recursive: true });
    expect((await world.run(['--clean'])).code).toBe(0);
    expect(fs.existsSync(join(world.home.path, '.aws'))).toBe(false);
  });
});
