import * as fs from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PROGRAM, run, World } from '../support/harness';
import { needs, needsRoot } from './support/needs';
import { from, injected, traced, type SystemCall } from './support/strace';

let world: World;
beforeEach(async () => {
  world = await World.open();
});
afterEach(() => world.close());

const cached = (): readonly string[] =>
  fs.existsSync(world.home.cache)
    ? fs.readdirSync(world.home.cache, { recursive: true, encoding: 'utf8' })
    : [];
const credentials = (): string => fs.readFileSync(join(world.home.path, '.aws/credentials'), 'utf8');

/** What a full disk refuses: to make, to fill, to sync and to rename. Not what goes to a socket, to stderr or to the pipes of Node's own. */
function needsSpace({ name, text }: SystemCall): boolean {
  if (name === 'openat') return text.includes('O_CREAT');
  if (name === 'write') return /^write\((?:[3-9]|\d\d+), "(?!POST|\\1\\0|\*", 1\))/.test(text);
  return ['mkdir', 'link', 'rename', 'fsync', 'fchmod'].includes(name);
}

const FAULTS: readonly (readonly [string, (call: SystemCall) => boolean])[] = [
  ['error=ENOSPC', () => true],
  ['error=EIO', () => true],
  ['error=EDQUOT', () => true],
  // A write that ends early, without an error.
  ['retval=3', ({ name }) => name === 'write'],
];

describe('row 15: no space at any step of a write', () => {
  it.each(FAULTS)(
    'of the store, %s: the credentials are delivered, one warning at most, nothing is left',
    async (fault, fits) => {
      const { calls } = await traced(world, ['reader']);
      const steps = from(calls, '/.tsawsume').filter(needsSpace).filter(fits);
      expect(new Set(steps.map(({ name }) => name)).size).toBeGreaterThan(fault === 'retval=3' ? 0 : 4);
      let warned = 0;
      for (const step of steps) {
        const empty = (): void =>
          fs.rmSync(join(world.home.path, '.tsawsume'), { recursive: true, force: true });
        const { code, stdout, stderr } = await injected(world, ['reader'], step, fault, empty, needsSpace);
        expect([code, stderr], step.text).toEqual([
          0,
          expect.stringContaining('Role credentials will expire'),
        ]);
        expect(stdout).toMatch(/export AWS_SESSION_TOKEN='/);
        const lines = stderr.split('\n').filter((line) => line.startsWith('tsawsume: '));
        expect(lines.length, stderr).toBeLessThanOrEqual(1);
        warned += lines.length;
        // Whole, or not there; and no temp with a secret in it.
        expect(cached().filter((name) => /^tmp\/./.test(name))).toEqual([]);
        const { code: next, stderr: then } = await world.run(['reader']);
        expect([next, then]).toEqual([0, expect.not.stringContaining('tsawsume: ')]);
      }
      console.log(`${fault}: ${steps.length} steps of the store, warned at ${warned}`);
      expect(warned).toBeGreaterThan(0);
    },
  );

  it.each(FAULTS)(
    'of the credentials file, %s: its old bytes or all of the new ones, an error in a line, nothing left',
    async (fault, fits) => {
      await world.run(['reader']);
      const old = credentials();
      const args = ['reader', '-o', 'out'];
      // So that the runs below make the same calls: this one keeps the bytecode of this way.
      await world.run(args);
      fs.writeFileSync(join(world.home.path, '.aws/credentials'), old);
      const { calls } = await traced(world, args);
      const made = credentials();
      const steps = from(calls, '/.aws/.credentials.tsawsume-').filter(needsSpace).filter(fits);
      expect(steps.length).toBeGreaterThan(fault === 'retval=3' ? 0 : 3);
      for (const step of steps) {
        const restore = (): void => fs.writeFileSync(join(world.home.path, '.aws/credentials'), old);
        const { code, stdout, stderr } = await injected(world, args, step, fault, restore, needsSpace);
        if (code === 0) expect([credentials(), stderr]).toEqual([made, expect.stringContaining('wrote ')]);
        else {
          expect([code, stdout, credentials()], step.text).toEqual([1, '', old]);
          expect(stderr).toMatch(/^tsawsume: can't write [^\n]*credentials: [^\n]+\n$/);
        }
        expect(fs.readdirSync(join(world.home.path, '.aws')).sort()).toEqual(['config', 'credentials']);
      }
      console.log(`${fault}: ${steps.length} steps of the credentials file`);
    },
  );

  it('of a real file system: a tiny one that is full', async () => {
    needsRoot();
    needs('unshare', 'mount');
    const store = join(world.home.path, '.tsawsume');
    const inside = [
      'mkdir "$0" && mount -t tmpfs -o size=64k none "$0" && { dd if=/dev/zero of="$0/fill" bs=1k 2>/dev/null; true; }',
      '"$@" reader && "$@" reader >/dev/null && find "$0" -type f ! -name fill',
    ].join(' && ');
    const { code, stdout, stderr } = await run(
      ['unshare', '--mount', 'sh', '-c', inside, store, ...PROGRAM],
      {
        env: world.env,
      },
    );
    expect([code, stderr]).toEqual([
      0,
      expect.stringMatching(/^tsawsume: sessions can't be stored: [^\n]*ENOSPC/),
    ]);
    expect(stdout).toMatch(/^export AWS_/m);
    expect(stdout).not.toContain(store);
    expect(stderr.match(/can't be stored/g)).toHaveLength(2);
  });

  it("of a real file system: AWS's files on a tiny one that is full", async () => {
    needsRoot();
    needs('unshare', 'mount');
    await world.run(['reader']);
    const aws = join(world.home.path, '.aws');
    const inside = [
      'mkdir "$0.new" && mount -t tmpfs -o size=64k none "$0.new" && cp "$0"/* "$0.new" && mount --move "$0.new" "$0"',
      '{ dd if=/dev/zero of="$0/fill" bs=1k 2>/dev/null; true; }',
      'cp "$0/credentials" "$HOME/before"; "$@" reader -o out; echo "code=$?"',
      'cmp "$0/credentials" "$HOME/before" && ls -A "$0"',
    ].join(' && ');
    const { stdout, stderr } = await run(['unshare', '--mount', 'sh', '-c', inside, aws, ...PROGRAM], {
      env: world.env,
    });
    expect(stderr).toMatch(/^tsawsume: can't write [^\n]*: ENOSPC: no space left on device\n$/);
    expect(stdout).toBe('code=1\nconfig\ncredentials\nfill\n');
  });
});
