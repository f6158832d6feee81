import {
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { World } from '../support/harness';
import { untilSettled } from '../support/settled';

/** `~/.tsawsume/config.yaml` and the verb that edits it. */
let world: World;
let folder: string;
let file: string;
beforeEach(async () => {
  world = await World.open();
  folder = join(world.home.path, '.tsawsume');
  file = join(folder, 'config.yaml');
});
afterEach(() => world.close());

const put = (text: string): void => {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(file, text);
};
const text = (): string => readFileSync(file, 'utf8');
const config = (...words: string[]) => world.run(['config', ...words]);

describe('config set, get, reset', () => {
  it('makes the file 0600 in a folder of 0700, and the setting counts', async () => {
    expect((await config('set', 'region', 'eu-north-1')).code).toBe(0);
    expect(text()).toBe('region: eu-north-1\n');
    expect([statSync(file).mode & 0o777, statSync(folder).mode & 0o777]).toEqual([0o600, 0o700]);
    expect((await config('get', 'region')).stdout).toBe('eu-north-1\n');
    const explained = await world.run(['explain', 'bot', '--config-file', '/dev/null']);
    expect(explained.stdout).toContain(`region: eu-north-1  (${file}:1)`);
  });

  it('comments, order and what we do not know survive', async () => {
    put(
      '# mine\nconsole:\n  browser_command: x # why\nregion: a-b-1 # old\n\n# how long\nrole-duration: 1h\n',
    );
    await config('set', 'region', 'eu-west-3');
    await config('set', 'fuzzy-match', 'yes');
    expect(text()).toBe(
      '# mine\nconsole:\n  browser_command: x # why\nregion: eu-west-3 # old\n\n# how long\nrole-duration: 1h\nfuzzy-match: true\n',
    );
    await config('reset', 'region');
    expect(text()).not.toContain('region');
    expect(text()).toContain('  browser_command: x # why\n');
    await config('reset');
    expect(text()).toContain('browser_command');
    expect(text()).not.toMatch(/^(role-duration|fuzzy-match):/m);
  });

  it.each([
    ['# top\nregion: a-b-1\n# end\n', '# top\n# end\n'],
    ['# top\n\n# over\nregion: a-b-1 # it\n\n\n', '# top\n\n# over\n\n\n'],
    ['colors: yes\r\nregion: a-b-1\r\nx: |\r\n  two\r\n', 'colors: yes\r\nx: |\r\n  two\r\n'],
    ['---\n# mine\nregion: "a-b-1"\n', '---\n# mine\n'],
  ])('%j without its region, and with another: every other byte as it was', async (before, without) => {
    put(before);
    await config('reset', 'region');
    expect(text()).toBe(without);
    put(before);
    await config('set', 'region', 'eu-west-1');
    expect(text()).toBe(before.replace(/"?a-b-1"?/, 'eu-west-1'));
    put(without);
    await config('set', 'region', 'eu-west-1');
    expect(text()).toBe(`${without}region: eu-west-1${without.includes('\r') ? '\r' : ''}\n`);
  });

  it.each(['{region: a-b-1, x: y}\n', '  region: a-b-1\n  x: y\n', 'region: >-\n  a-b-1\nx: y\n...\n'])(
    '%j, which can not be edited as lines, says the same afterwards',
    async (before) => {
      put(before);
      await config('set', 'fuzzy-match', 'on');
      await config('set', 'region', 'eu-west-1');
      expect((await config('get', 'region')).stdout).toBe('eu-west-1\n');
      await config('reset', 'region');
      expect((await config('get', 'fuzzy-match')).stdout).toBe('true\n');
      expect((await config('get', 'region')).stdout).toBe('');
      expect(text()).toMatch(/x: y/);
    },
  );

  it('what changes nothing writes nothing, and begins no file', async () => {
    expect((await config('reset')).stderr).toBe('nothing was set\n');
    expect(existsSync(file)).toBe(false);
    put('---\n');
    await config('reset');
    expect(text()).toBe('---\n');
  });

  it.each([
    ['region', 'eu west'],
    ['role-session-name', '{nope}'],
    ['role-session-name', 'a b'],
    ['role-duration', 'soon'],
    ['colors', 'maybe'],
    ['mfa-process', ''],
  ])('set %s %j is refused, before a run has to', async (key, value) => {
    const { code, stderr } = await config('set', key, value);
    expect([code, existsSync(file)]).toEqual([2, false]);
    expect(stderr).toMatch(new RegExp(`^tsawsume: ${key} wants `));
  });

  it('without an action says which there are', async () => {
    const { code, stderr } = await config();
    expect([code, stderr]).toEqual([2, expect.stringContaining('config get KEY, set KEY VALUE')]);
  });

  it('through a symlink, as dotfiles are kept', async () => {
    const real = join(world.home.path, 'dotfiles.yaml');
    writeFileSync(real, 'colors: false\n');
    mkdirSync(folder);
    symlinkSync(real, file);
    await config('set', 'region', 'eu-west-3');
    expect(lstatSync(file).isSymbolicLink()).toBe(true);
    expect(readFileSync(real, 'utf8')).toBe('colors: false\nregion: eu-west-3\n');
  });

  it('one that is not set is said to be so, and stdout stays empty', async () => {
    expect(await config('get', 'role-session-name')).toMatchObject({
      code: 0,
      stdout: '',
      stderr: "role-session-name is not set: the profile's name\n",
    });
  });

  it('ten at once: none is lost', async () => {
    const keys = ['region', 'role-session-name', 'mfa-process', 'config-file', 'credentials-file'];
    const runs = await Promise.all(keys.map((key) => config('set', key, `of-${key}`)));
    expect(runs.map(({ code }) => code)).toEqual(keys.map(() => 0));
    for (const key of keys) expect(text()).toContain(`${key}: of-${key}\n`);
  });

  it.each([
    [['set', 'reigon', 'x'], /no setting "reigon"\n.*did you mean region\?/],
    [['get', 'nonsense'], /no setting "nonsense"\n.*role-duration/],
    [['set', 'colors', 'maybe'], /colors wants true or false/],
    [['set', 'role-duration', 'soon'], /role-duration wants seconds/],
    [['set', 'region'], /config wants to know what to do/],
    [['frobnicate'], /config wants to know what to do/],
    [['get', 'region', 'more'], /config wants to know what to do/],
  ] as const)('%j is refused', async (words, message) => {
    const { code, stdout, stderr } = await config(...words);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(message);
    expect(existsSync(file)).toBe(false);
  });
});

describe('config list', () => {
  it('each key, its value, where it stands, what it means; and what is not known', async () => {
    put('region: eu-west-3\nreigon: x\ncolors: maybe\n');
    const { code, stdout, stderr } = await config('list');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^KEY +VALUE +FROM +MEANING\n/);
    expect(stdout).toContain(`${file}:1`);
    expect(stdout).toMatch(/^role-duration +1h, AWS's own +default +how long/m);
    expect(stderr).toContain(`no setting "reigon" (${file}:2): did you mean region?`);
    expect(stderr).toContain(`the setting colors has no usable value (${file}:3)`);
    const json: unknown = JSON.parse((await config('list', '--json')).stdout);
    expect(json).toContainEqual(
      expect.objectContaining({ key: 'region', value: 'eu-west-3', from: `${file}:1` }),
    );
  });
});

describe('a bad file', () => {
  it.each([
    ['region: [\n', 'the settings are not valid YAML', 2],
    ['# a\n- region\n', 'the settings are not key: value lines', 2],
    ['colors: true\nrole-duration: soon\n', 'the setting role-duration has no usable value', 2],
  ])('%j is one line with file:line, and what needs no settings still works', async (bad, words, line) => {
    put(bad);
    for (const args of [['export', 'reader'], ['list'], ['bot', '-s'], ['explain', 'reader']]) {
      const { code, stdout, stderr } = await world.run(args);
      expect([code, stdout]).toEqual([3, '']);
      expect(stderr).toMatch(/^tsawsume: [^\n]+\n[^\n]+\n$/);
      expect(stderr).toContain(`${words} (${file}:${String(line)})`);
    }
    for (const args of [
      ['--version'],
      ['--help'],
      ['init', 'bash'],
      ['--unset', '-s'],
      ['status'],
      ['logout'],
    ])
      expect((await world.run(args)).code).toBe(0);
    expect((await config('reset')).code).toBe(0);
    expect((await world.run(['export', 'bot'])).code).toBe(0);
  });

  it('reset sets one aside that can not be edited, and loses nothing', async () => {
    put('region: [\n');
    expect((await config('set', 'colors', 'true')).code).toBe(3);
    const { stderr } = await config('reset');
    expect(stderr).toContain(`${file}.bad`);
    expect([readFileSync(`${file}.bad`, 'utf8'), text()]).toEqual(['region: [\n', '']);
    expect((await config('set', 'colors', 'true')).code).toBe(0);
  });
});

describe('what was parsed is remembered', () => {
  it('until the file changes, in whatever way', async () => {
    const regionOf = async () => (await world.run(['export', 'bot', '--config-file', '/dev/null'])).stdout;
    put('region: eu-west-3\n');
    utimesSync(file, 1_000_000_000, 1_000_000_000);
    await untilSettled(file);
    expect(await regionOf()).toContain('eu-west-3');
    expect(await regionOf()).toContain('eu-west-3');
    // The same size, the same time of change as programs see it, the same inode.
    writeFileSync(file, 'region: eu-west-1\n');
    utimesSync(file, 1_000_000_000, 1_000_000_000);
    expect(await regionOf()).toContain('eu-west-1');
    writeFileSync(file, 'colors: maybe\n');
    utimesSync(file, 1_000_000_000, 1_000_000_000);
    expect((await world.run(['export', 'bot'])).stderr).toContain('the setting colors');
    writeFileSync(file, '');
    expect(await regionOf()).not.toContain('eu-west');
  });
});

describe('awsume’s own settings', () => {
  const AWSUME =
    '# awsume\ncolors: true\nfuzzy-match: false\nrole-duration: 0\nregion: us-west-2\nconsole:\n  browser_command: x\n';

  it('are not read; it is said once how to take them over, and only where a shell is changed', async () => {
    mkdirSync(join(world.home.path, '.awsume'));
    writeFileSync(join(world.home.path, '.awsume/config.yaml'), AWSUME);
    const told = /awsume's settings in \S+ are not read; to take them over: tsawsume config import\n/;
    const exported = await world.run(['export', 'bot', '--config-file', '/dev/null']);
    expect(exported.stdout).not.toContain('us-west-2');
    expect(exported.stderr).toBe('');
    expect((await world.run(['-s', 'bot'])).stderr).toMatch(told);
    expect((await world.run(['-s', 'bot'])).stderr).toBe('');
  });

  it('import takes over what is not set, and names what it leaves', async () => {
    const theirs = join(world.home.path, 'their.yaml');
    writeFileSync(theirs, AWSUME);
    put('colors: false\n');
    const { code, stderr } = await config('import', theirs);
    expect(code).toBe(0);
    expect(stderr).toContain('colors is left: it is set already');
    expect(stderr).toContain(`console.browser_command is left: tsawsume knows no such setting (${theirs}:7)`);
    expect(text()).toBe('colors: false\nfuzzy-match: false\nregion: us-west-2\n');
    expect(readFileSync(theirs, 'utf8')).toBe(AWSUME);
    expect((await config('import', '/no/such/file')).code).toBe(3);
    expect((await config('import')).code).toBe(2);
  });

  it('import of what is no YAML, or of nothing usable, begins no file and leaves ours alone', async () => {
    const theirs = join(world.home.path, 'their.yaml');
    writeFileSync(theirs, 'colors: [\n');
    const bad = await config('import', theirs);
    expect([bad.code, bad.stderr.includes('config reset')]).toEqual([3, false]);
    expect(bad.stderr).toContain(`(${theirs}:2)`);
    writeFileSync(theirs, 'colors: maybe\n');
    const { code, stderr } = await config('import', theirs);
    expect([code, stderr]).toEqual([0, expect.stringContaining('nothing was left to take over')]);
    expect(existsSync(file)).toBe(false);
  });

  it('role-duration: 0, which awsume writes into every file, is no wish', async () => {
    put('role-duration: 0\n');
    expect((await world.run(['export', 'reader'])).code).toBe(0);
    expect(world.sandbox.journal.calls[0]?.params).not.toHaveProperty('DurationSeconds');
  });
});
