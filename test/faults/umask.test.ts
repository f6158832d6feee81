import * as fs from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { PROGRAM, run, World } from '../support/harness';
import { needs } from './support/needs';

let world: World;
beforeEach(async () => {
  world = await World.open();
});
afterEach(() => world.close());

const modeOf = (path: string): string => (fs.statSync(path).mode & 0o777).toString(8);

/** Every birth of a file or folder under HOME, and every change of a mode, as the kernel was asked for it. */
async function births(umask: string, args: readonly string[]): Promise<readonly string[]> {
  needs('strace');
  const log = join(world.home.path, 'log');
  const trace = '--trace=open,openat,openat2,creat,mkdir,mkdirat,mknod,mknodat,chmod,fchmod,fchmodat';
  const script = `umask ${umask}; exec strace -f -o "$0" ${trace} "$@"`;
  const { code } = await run(['sh', '-c', script, log, ...PROGRAM, ...args], { env: world.env });
  expect(code).toBe(0);
  const lines = fs.readFileSync(log, 'utf8').split('\n');
  fs.rmSync(log);
  return lines.filter(
    (line) => /O_CREAT|\bmk|chmod/.test(line) && !/ENOENT|EEXIST|\/proc\/|\/dev\//.test(line),
  );
}

/** 0700 for folders; 0600 for files, from the call that makes them. */
const allowed = (line: string): boolean =>
  / (?:mkdir|chmod)\([^)]*, 0700\)/.test(line) || / (?:openat|fchmod)\([^)]*, 0600\)/.test(line);

it.each(['0', '022', '077', '0777'])(
  'row 23: umask %s: 0700 and 0600 from birth, never wider for an instant',
  async (umask) => {
    const stored = await births(umask, ['reader']);
    expect(stored.filter((line) => !allowed(line))).toEqual([]);
    expect(stored.length).toBeGreaterThan(5);
    const written = await births(umask, ['export', 'reader', '--output', join(world.home.path, 'out')]);
    expect(written.filter((line) => !allowed(line))).toEqual([]);
    expect([modeOf(join(world.home.path, 'out')), modeOf(world.home.cache)]).toEqual(['600', '700']);
    for (const name of world.home.sessions()) expect(modeOf(join(world.home.cache, name))).toBe('600');
    const again = await world.run(['reader']);
    expect([again.code, world.calls]).toEqual([0, ['AssumeRole']]);
  },
);
