import * as fs from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PROGRAM, run, World, type Result } from '../support/harness';
import { needs, needsRoot } from './support/needs';

let world: World;
beforeEach(async () => {
  world = await World.open();
});
afterEach(() => world.close());

const NOBODY = 65_534;
const JSON_OF = ['export', 'reader', '--format', 'json'];

/** The credentials came, they were told to be unstored in one line, and nothing else was said. */
function expectUnstored({ code, stdout, stderr }: Result): void {
  expect(stderr).toMatch(/^tsawsume: sessions can't be stored: [^\n]+\n$/);
  expect([code, stdout]).toEqual([0, expect.stringContaining('"AWS_SESSION_TOKEN"')]);
}

/** In a mount namespace of its own, which ends with the command. */
const mounted = (script: string, args: readonly string[]): Promise<Result> =>
  run(['unshare', '--mount', 'sh', '-c', script, world.home.path, ...PROGRAM, ...args], {
    env: world.env,
    cwd: '/',
  });

/** As a user who is nobody here, and has no right but what others have. */
const asNobody = (
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>> = {},
): Promise<Result> =>
  run(['setpriv', `--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups', ...PROGRAM, ...args], {
    env: { ...world.env, ...env },
    cwd: '/',
  });

function giveTo(uid: number, path: string): void {
  fs.chownSync(path, uid, uid);
  for (const name of fs.readdirSync(path, { recursive: true, encoding: 'utf8' }))
    fs.chownSync(join(path, name), uid, uid);
}

describe('row 16: a HOME that can not be written', () => {
  it('a read-only file system: works unstored, one warning, every time', async () => {
    needsRoot();
    needs('unshare', 'mount');
    const readOnly = 'mount --bind "$0" "$0" && mount -o remount,ro,bind "$0" && exec "$@"';
    for (let times = 0; times < 2; times += 1) expectUnstored(await mounted(readOnly, JSON_OF));
    expect(world.calls).toEqual(['AssumeRole', 'AssumeRole']);
  });

  it('a read-only file system with a stored session: it is taken, in silence', async () => {
    needsRoot();
    needs('unshare', 'mount');
    await world.run(JSON_OF);
    const readOnly = 'mount --bind "$0" "$0" && mount -o remount,ro,bind "$0" && exec "$@"';
    const { code, stderr } = await mounted(readOnly, JSON_OF);
    expect([code, stderr, world.calls]).toEqual([0, '', ['AssumeRole']]);
  });

  it("somebody else's, readable: works unstored, one warning", async () => {
    needsRoot();
    needs('setpriv');
    fs.chmodSync(world.home.path, 0o755);
    expectUnstored(await asNobody(JSON_OF));
  });

  it("somebody else's store in one's own HOME: not read, not changed, one warning", async () => {
    needsRoot();
    needs('setpriv');
    await world.run(JSON_OF);
    const store = fs.readdirSync(world.home.cache);
    giveTo(NOBODY, world.home.path);
    giveTo(0, join(world.home.path, '.tsawsume'));
    expectUnstored(await asNobody(JSON_OF));
    expect([fs.readdirSync(world.home.cache), world.calls]).toEqual([store, ['AssumeRole', 'AssumeRole']]);
  });

  it("one's own, copied from somebody else: as ever", async () => {
    needsRoot();
    needs('setpriv');
    await world.run(JSON_OF);
    giveTo(NOBODY, world.home.path);
    const { code, stderr } = await asNobody(JSON_OF);
    expect([code, stderr, world.calls]).toEqual([0, '', ['AssumeRole']]);
  });

  it('not readable: one line that names the file, and what to do', async () => {
    needsRoot();
    needs('setpriv');
    fs.chmodSync(join(world.home.path, '.aws/config'), 0o600);
    fs.chmodSync(world.home.path, 0o755);
    const { code, stdout, stderr } = await asNobody(JSON_OF);
    expect([code, stdout]).toEqual([3, '']);
    expect(stderr).toMatch(/^tsawsume: [^\n]*\.aws\/config[^\n]*\n[^\n]+\n$/);
  });

  it.each([undefined, ''])('none (%j): works unstored, one warning', async (HOME) => {
    const files = {
      AWS_CONFIG_FILE: join(world.home.path, '.aws/config'),
      AWS_SHARED_CREDENTIALS_FILE: join(world.home.path, '.aws/credentials'),
    };
    expectUnstored(await world.run(JSON_OF, { env: { HOME, ...files }, cwd: world.home.path }));
    expect(fs.readdirSync(world.home.path)).toEqual(['.aws']);
  });
});
