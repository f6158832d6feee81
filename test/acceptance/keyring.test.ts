import * as fs from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { delay } from '../../src/sandbox/faults';
import { IS_EXECUTABLE, variables, type World } from '../support/harness';
import { openWorld } from '../support/open-company';

/** `store: keyring`, with a library in the place of @napi-rs/keyring that keeps its entries in a file, hangs or fails. */
let world: World;
let modules: string;
let entries: string;
let seen: string;
beforeEach(async () => {
  world = await openWorld();
  modules = join(world.home.path, 'modules');
  entries = join(world.home.path, 'entries.json');
  seen = join(world.home.path, 'seen');
  fs.mkdirSync(join(modules, '@napi-rs/keyring'), { recursive: true });
  fs.mkdirSync(join(world.home.path, '.tsawsume'), { mode: 0o700 });
  setting('keyring');
  library(KEEPS);
});
afterEach(() => world.close());

const setting = (value: string): void =>
  fs.writeFileSync(join(world.home.path, '.tsawsume/config.yaml'), `store: ${value}\n`);

const library = (body: string): void =>
  fs.writeFileSync(
    join(modules, '@napi-rs/keyring/index.js'),
    `const fs = require('node:fs');
     fs.appendFileSync(${JSON.stringify(seen)}, JSON.stringify([process.argv, process.execArgv, process.env]) + '\\n');
     const file = ${JSON.stringify(entries)};
     const all = () => (fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')) : {});
     // Whole or not at all, as a keyring does it: others read it meanwhile.
     const put = (changes) => {
       const fresh = file + '.' + process.pid;
       fs.writeFileSync(fresh, JSON.stringify({ ...all(), ...changes }));
       fs.renameSync(fresh, file);
     };
     exports.Entry = class { constructor(service, key) { this.name = service + ' / ' + key; } ${body} };`,
  );

const KEEPS = `
  setPassword(text) { put({ [this.name]: text }); }
  getPassword() { return all()[this.name] ?? null; }
  deletePassword() { const there = this.name in all(); put({ [this.name]: undefined }); return there; }`;
const HANGS = `
  setPassword() { for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0); }
  getPassword() { this.setPassword(); }
  deletePassword() { this.setPassword(); }`;
const THROWS = `
  setPassword() { throw new Error('the collection is locked\\nand more'); }
  getPassword() { this.setPassword(); }
  deletePassword() { this.setPassword(); }`;

const run = (...args: string[]) => world.run(args, { env: { NODE_PATH: modules } });
const json = (name = 'reader', ...more: string[]) => run('export', name, '--format', 'json', ...more);
const kept = (): Record<string, string> =>
  fs.existsSync(entries) ? variables(fs.readFileSync(entries, 'utf8')) : {};
const tokenOf = (stdout: string): string => variables(stdout)['AWS_SESSION_TOKEN'] ?? '';

/** The files below ~/.tsawsume with that text in them. */
function filesWith(text: string): readonly string[] {
  const home = join(world.home.path, '.tsawsume');
  return fs
    .readdirSync(home, { recursive: true, encoding: 'utf8' })
    .filter((name) => fs.statSync(join(home, name)).isFile())
    .filter((name) => fs.readFileSync(join(home, name), 'latin1').includes(text));
}

describe('a keyring that answers', () => {
  it('holds the sessions, and no file does', async () => {
    const first = await json();
    expect([first.code, first.stderr]).toEqual([0, '']);
    const second = await json();
    expect([second.code, second.stderr, second.stdout]).toEqual([0, '', first.stdout]);
    expect(world.calls).toEqual(['AssumeRole']);
    const token = tokenOf(first.stdout);
    expect(token.length).toBeGreaterThan(20);
    expect(filesWith(token)).toEqual([]);
    expect(filesWith(variables(first.stdout)['AWS_SECRET_ACCESS_KEY'] ?? '?')).toEqual([]);
    expect([world.home.sessions(), Object.values(kept())]).toEqual([[], [expect.stringContaining(token)]]);
  });

  it('gets no secret in an argument or in the environment', async () => {
    const { stdout } = await json();
    await json();
    const processes = fs.readFileSync(seen, 'utf8');
    expect(processes.split('\n').length).toBeGreaterThan(2);
    for (const secret of [tokenOf(stdout), variables(stdout)['AWS_SECRET_ACCESS_KEY'] ?? '?'])
      expect(processes).not.toContain(secret);
  });

  it('status and list see them; logout forgets them, one profile’s and all', async () => {
    await json('reader');
    await json('limited');
    expect((await run('status')).stdout).toMatch(/reader[^]*limited|limited[^]*reader/);
    expect((await run('list')).stdout).toMatch(/^reader .*59m$/m);
    expect((await run('logout', 'reader')).stderr).toMatch(/^forgot 1 stored session;/);
    expect(Object.values(kept())).toHaveLength(1);
    expect((await run('logout')).stderr).toMatch(/^forgot 1 stored session;/);
    expect(Object.values(kept())).toEqual([]);
    expect((await run('logout')).stderr).toBe('no sessions were stored\n');
    const { length } = world.calls;
    await json('reader');
    expect(world.calls).toHaveLength(length + 1);
  });

  it.each<[string, (text: string) => string]>([
    ['cut off', (text) => text.slice(0, 200)],
    ['with another token', (text) => text.replace(/("sessionToken": ")./, '$1!')],
    ['of nothing', () => ''],
  ])('an entry %s is a miss, and made anew', async (_, change) => {
    const first = await json();
    const [name = '', text = ''] = Object.entries(kept())[0] ?? [];
    fs.writeFileSync(entries, JSON.stringify({ [name]: change(text) }));
    const second = await json();
    expect([second.code, second.stderr]).toEqual([0, '']);
    expect(second.stdout).not.toBe(first.stdout);
    expect((await json()).stdout).toBe(second.stdout);
    expect(world.calls).toHaveLength(2);
  });

  it('takes over what is in files, and drops what has ended', async () => {
    setting('file');
    const first = await json();
    const limited = await json('limited');
    expect(world.home.sessions()).toHaveLength(2);
    setting('keyring');
    expect((await json()).stdout).toBe(first.stdout);
    expect([world.home.sessions().length, Object.keys(kept()).length]).toEqual([1, 1]);
    await json('partner');
    expect([world.home.sessions().length, Object.keys(kept()).length]).toEqual([0, 3]);
    expect((await json('limited')).stdout).toBe(limited.stdout);
    const [name = '', text = ''] = Object.entries(kept()).find(([, one]) => one.includes('"limited"')) ?? [];
    const marks = join(world.home.cache, 'keyring');
    expect(fs.readdirSync(marks)).toHaveLength(3);
    fs.utimesSync(join(marks, name.slice(-32)), 0, 0);
    fs.writeFileSync(entries, JSON.stringify({ ...kept(), [name]: text.slice(1) }));
    await json('reader', '-r');
    expect(fs.readdirSync(marks)).toHaveLength(2);
    expect(Object.keys(kept())).not.toContain(name);
  });

  it('asks once for a session that has ended, however long another run is waited for', async () => {
    await json();
    const [name = '', text = ''] = Object.entries(kept())[0] ?? [];
    fs.writeFileSync(entries, JSON.stringify({ [name]: text.slice(1) }));
    fs.rmSync(seen);
    world.sandbox.setFault(() => delay(3_000));
    const [one, other] = await Promise.all([json(), json()]);
    expect([one.code, other.stdout]).toEqual([0, one.stdout]);
    expect(world.calls).toHaveLength(2);
    // Both look before the call and after it, and one of them stores the new one.
    expect(fs.readFileSync(seen, 'utf8').trim().split('\n').length).toBeLessThanOrEqual(5);
  });

  it('ten at once: one call, and all of them have the session', async () => {
    const all = await Promise.all(Array.from({ length: 10 }, () => json()));
    expect(new Set(all.map(({ code, stdout }) => `${String(code)} ${stdout}`)).size).toBe(1);
    expect(world.calls).toEqual(['AssumeRole']);
  });
});

describe('a keyring that can not be had: files of 0600, and one line that says why', () => {
  it.each<[string, () => void, string, 'perhaps stored'?]>([
    [
      'not installed',
      () => fs.rmSync(modules, { recursive: true }),
      'npm install -g @napi-rs/keyring is wanted',
    ],
    ['hangs', () => library(HANGS), 'no answer in 3 s', 'perhaps stored'],
    ['is locked', () => library(THROWS), 'the collection is locked'],
    [
      'crashes',
      () => library('setPassword() { process.kill(process.pid, "SIGKILL"); }'),
      'it ended without an answer',
      'perhaps stored',
    ],
    [
      'is another library',
      () => library('}; exports.Entry = class {'),
      // Each engine has its own words for it.
      IS_EXECUTABLE
        ? "entry(key).setPassword is not a function. (In 'entry(key).setPassword(value)', 'entry(key).setPassword' is undefined)"
        : 'entry(...).setPassword is not a function',
    ],
  ])('%s', async (_, make, why, perhaps) => {
    make();
    const began = performance.now();
    const first = await json();
    expect(performance.now() - began).toBeLessThan(10_000);
    const line = `tsawsume: the keyring can't be used (${why}): sessions are kept in files of 0600\n`;
    expect([first.code, first.stderr]).toEqual([0, line]);
    const second = await json();
    expect([second.code, second.stderr, second.stdout]).toEqual([0, line, first.stdout]);
    expect(world.calls).toEqual(['AssumeRole']);
    const [name = ''] = world.home.sessions();
    expect(filesWith(tokenOf(first.stdout))).toEqual([`cache/${name}`]);
    expect(fs.statSync(join(world.home.cache, name)).mode & 0o777).toBe(0o600);
    const { stderr } = await run('logout');
    expect(stderr).toContain('forgot 1 stored session');
    expect(stderr.includes('1 session may be in the keyring still')).toBe(perhaps !== undefined);
    expect(world.home.sessions()).toEqual([]);
  });

  it('logout says that it could not reach what is in it, and does so the next time', async () => {
    await json();
    library(THROWS);
    expect((await run('logout')).stderr).toContain('1 session may be in the keyring still');
    library(KEEPS);
    expect((await run('logout')).stderr).toMatch(/^forgot 1 stored session;/);
    expect(Object.values(kept())).toEqual([]);
  });

  it('doctor says so, and that all is well when it is', async () => {
    expect((await run('doctor')).stdout).not.toContain('keyring');
    library(THROWS);
    const { stdout, stderr } = await run('doctor');
    expect(stdout).toMatch(
      /^warning {2}the keyring can't be used \(the collection is locked\): .*\n +→ .*config reset store$/m,
    );
    expect(stderr).not.toContain('keyring');
  });

  it('is not asked unless the setting says so', async () => {
    setting('file');
    await json();
    expect([fs.existsSync(seen), world.home.sessions().length]).toEqual([false, 1]);
  });

  it('is not looked for in the folder that we stand in', async () => {
    fs.cpSync(modules, join(world.home.path, 'node_modules'), { recursive: true });
    const { code, stderr } = await world.run(['export', 'reader', '--format', 'json'], {
      cwd: world.home.path,
    });
    expect([code, stderr, fs.existsSync(seen)]).toEqual([
      0,
      expect.stringContaining('npm install -g @napi-rs/keyring is wanted'),
      false,
    ]);
  });
});

describe('config', () => {
  it('takes file and keyring for store, and nothing else', async () => {
    expect((await run('config', 'set', 'store', 'file')).code).toBe(0);
    expect((await run('config', 'get', 'store')).stdout).toBe('file\n');
    const wrong = await run('config', 'set', 'store', 'vault');
    expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining('store wants file or keyring')]);
    setting('vault');
    const { code, stderr } = await json();
    expect([code, stderr]).toEqual([
      3,
      expect.stringMatching(/the setting store has no usable value .*:1\)/),
    ]);
  });
});
