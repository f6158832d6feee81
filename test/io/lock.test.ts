import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Locks } from '../../src/core/ports';
import { checksum } from '../../src/core/checksum';
import { openLocks } from '../../src/io/lock';
import { formatIdentity, ownIdentity } from '../../src/io/process-identity';
import type { ProcessIdentity } from '../../src/io/process-identity';
import { program, start } from './program';
import { ended, pause, run, scratch, T0, tree } from './support';
import { RUNTIME } from '../support/program';

const root = process.getuid?.() === 0;

let home: string;
let locks: string;

beforeEach(() => {
  home = join(scratch(), '.tsawsume');
  locks = join(home, 'cache/locks');
});

const open = (now: () => number = Date.now): Locks => openLocks({ home, now });
const first = (name: string): string => join(locks, checksum(name) + checksum(name, 1));

/** Puts the record of some other process in the place of a held lock. */
function fake(name: string, owner: ProcessIdentity, doing = 'f'): void {
  open().tryAcquire('another')?.release();
  fs.writeFileSync(first(name), `${doing} ${'ab'.repeat(16)} ${formatIdentity(owner)}\n`, { mode: 0o600 });
}

const own = ownIdentity();
const gone: ProcessIdentity = { ...own, pid: 2 ** 22 + 1 };

/** Holds the lock `x` until it is killed; says so; with an argument, while asking. */
const HOLDER = `
  import { openLocks } from '@src/io/lock';
  const lock = openLocks({ home: process.argv[2], now: Date.now }).tryAcquire('x');
  if (process.argv[3]) lock?.doing('asking');
  process.stdout.write(lock ? 'held\\n' : 'not held\\n');
  setInterval(() => {}, 1000);`;

async function holder(...args: readonly string[]): Promise<ReturnType<typeof start>> {
  const child = start(program(HOLDER), home, ...args);
  const said = await new Promise((resolve) => child.stdout?.once('data', resolve));
  expect(String(said)).toBe('held\n');
  return child;
}

describe('one at a time', () => {
  test('held until released; other names are other locks; nothing is left', () => {
    const lock = open().tryAcquire('x');
    expect(open().tryAcquire('x')).toBeUndefined();
    open().tryAcquire('../x\0')?.release();
    expect(open().holder('x')).toEqual({ pid: process.pid, doing: 'fetching', stopped: false });
    lock?.doing('asking');
    expect(open().holder('x')?.doing).toBe('asking');
    lock?.release();
    lock?.release();
    lock?.doing('fetching');
    expect(open().holder('x')).toBeUndefined();
    open().tryAcquire('x')?.release();
    expect(tree(join(home, 'cache'))).toEqual(['locks', 'tmp']);
  });

  test.each([0, 0o777])('umask %o: 0700 and 0600', (umask) => {
    const before = process.umask(umask);
    try {
      open().tryAcquire('x');
    } finally {
      process.umask(before);
    }
    expect([locks, first('x')].map((path) => fs.statSync(path).mode & 0o777)).toEqual([0o700, 0o600]);
  });

  test('looking makes nothing', () => {
    expect(open().holder('x')).toBeUndefined();
    expect(fs.existsSync(home)).toBe(false);
  });
});

describe('whose holder is dead', () => {
  test.each<[string, ProcessIdentity]>([
    ['no such pid', gone],
    ['the pid is used again', { ...own, start: own.start - 1 }],
    ['before a reboot', { ...own, boot: '0123456789abcdef' }],
  ])('%s: taken over at once, over and over', (_, owner) => {
    fake('x', owner);
    expect(open().holder('x')).toBeUndefined();
    const began = performance.now();
    const lock = open().tryAcquire('x');
    expect(performance.now() - began).toBeLessThan(1000);
    expect(lock).toBeDefined();
    expect(open().tryAcquire('x')).toBeUndefined();
    expect(open().holder('x')?.pid).toBe(own.pid);
    lock?.release();
    expect(tree(locks)).toEqual([]);
  });

  test('a line of the dead, a torn record, a torn line', () => {
    for (const spoil of ['', 'f', `f ${'ab'.repeat(16)} 1-2-3\n`, '\0'.repeat(80), 'x'.repeat(5000)]) {
      fake('x', gone);
      fs.writeFileSync(`${first('x')}.${'ab'.repeat(16)}.1`, spoil, { mode: 0o600 });
      open().tryAcquire('x')?.release();
      expect(tree(locks)).toEqual([]);
      fs.writeFileSync(first('x'), spoil, { mode: 0o600 });
      const lock = open().tryAcquire('x');
      expect(open().tryAcquire('x')).toBeUndefined();
      lock?.release();
      expect(tree(locks)).toEqual([]);
    }
  });

  test.each<[string, ProcessIdentity]>([
    ['on another host', { ...own, host: '0123456789ab', boot: 'abc' }],
    ['in another pid namespace', { ...own, space: '1' }],
  ])(
    'who can not be looked up, %s, is believed alive for a quarter of an hour, and notices its replacement',
    (_, owner) => {
      fake('x', owner, 'a');
      const written = fs.statSync(first('x')).mtimeMs;
      const late = (): number => written + 16 * 60_000;
      expect(open().tryAcquire('x')).toBeUndefined();
      expect(open(() => written + 14 * 60_000).tryAcquire('x')).toBeUndefined();
      expect(open().holder('x')).toEqual({ pid: own.pid, doing: 'asking', stopped: false });
      expect(open(late).holder('x')).toBeUndefined();
      const lock = open(late).tryAcquire('x');
      expect(open(late).tryAcquire('x')).toBeUndefined();
      lock?.release();
      expect(tree(locks)).toEqual([]);
    },
  );

  test('who was replaced, or whose files were removed, leaves the lock alone', () => {
    const slow = open().tryAcquire('x');
    const token = fs.readFileSync(first('x'), 'latin1').split(' ')[1] ?? '';
    fs.copyFileSync(first('x'), `${first('x')}.${token}.1`);
    fs.chmodSync(`${first('x')}.${token}.1`, 0o600);
    slow?.release();
    expect(tree(locks).length).toBe(2);
    const removed = open().tryAcquire('y');
    fs.unlinkSync(first('y'));
    const next = open().tryAcquire('y');
    removed?.doing('asking');
    removed?.release();
    expect(open().holder('y')?.doing).toBe('fetching');
    next?.release();
  });

  test('killed: free at once; stopped or asking: others can see it, and do not get in', async () => {
    const child = await holder('asking');
    expect(open().tryAcquire('x')).toBeUndefined();
    expect(open().holder('x')).toEqual({ pid: child.pid, doing: 'asking', stopped: false });
    child.kill('SIGSTOP');
    while (open().holder('x')?.stopped !== true) await pause(5);
    expect(open().tryAcquire('x')).toBeUndefined();
    child.kill('SIGKILL');
    const began = performance.now();
    let lock = open().tryAcquire('x');
    for (; !lock; lock = open().tryAcquire('x')) await pause(5);
    expect(performance.now() - began).toBeLessThan(1000);
    lock.release();
    await ended(child);
  });

  test.skipIf(run('unshare', ['--pid', '--fork', 'true']).code !== 0)('in a pid namespace of its own', () => {
    const script = program(
      `import { openLocks } from '@src/io/lock';
       const locks = openLocks({ home: process.argv[2], now: Date.now });
       console.log(locks.tryAcquire('x') !== undefined, locks.tryAcquire('x') === undefined);`,
    );
    for (const mount of [[], ['--mount-proc']]) {
      const inside = run('unshare', ['--pid', '--fork', ...mount, ...RUNTIME, script, home]);
      expect(inside.out).toBe('true true\n');
      expect(open().tryAcquire('x')).toBeUndefined();
      expect(
        open(() => Date.now() + 16 * 60_000)
          .tryAcquire('x')
          ?.release(),
      ).toBeUndefined();
      expect(tree(locks)).toEqual([]);
    }
  });
});

describe('where locks can not be had', () => {
  test('no home, a file or a link or a FIFO in the way: a lock that locks nothing, at once', () => {
    expect(openLocks({ home: undefined, now: Date.now }).tryAcquire('x')).toBeDefined();
    expect(openLocks({ home: join(home, 'none'), now: Date.now }).tryAcquire('x')).toBeDefined();
    open().tryAcquire('x')?.release();
    const places = [
      () => execFileSync('mkfifo', [first('x')]),
      () => fs.symlinkSync('/etc/passwd', first('x')),
      () => fs.mkdirSync(first('x')),
    ];
    for (const place of places) {
      fs.rmSync(first('x'), { force: true, recursive: true });
      place();
      const lock = open().tryAcquire('x');
      expect(lock).toBeDefined();
      expect(open().holder('x')).toBeUndefined();
      lock?.doing('asking');
      lock?.release();
    }
  });

  test.skipIf(!root)('hard links are forbidden: the same, and no temp is left', () => {
    const script = program(
      `import fs from 'node:fs';
       import { openLocks } from '@src/io/lock';
       fs.linkSync = () => { throw Object.assign(new Error('EPERM'), { code: 'EPERM' }); };
       const locks = openLocks({ home: process.argv[2], now: Date.now });
       console.log(locks.tryAcquire('x') !== undefined, locks.tryAcquire('x') !== undefined);`,
    );
    expect(run('env', [...RUNTIME, script, home]).out).toBe('true true\n');
    expect(tree(join(home, 'cache'))).toEqual(['locks', 'tmp']);
  });
});

test('a sweep removes what is nobody’s, and leaves what is held', () => {
  const held = open().tryAcquire('held');
  const lived = `${first('held')}.${fs.readFileSync(first('held'), 'latin1').split(' ')[1] ?? ''}.1`;
  fake('x', gone);
  for (const name of [`${first('x')}.${'ab'.repeat(16)}.1`, `${first('y')}.${'cd'.repeat(16)}.2`, lived]) {
    fs.writeFileSync(name, `f ${'ab'.repeat(16)} ${formatIdentity(gone)}\n`, { mode: 0o600 });
  }
  fs.unlinkSync(lived);
  fs.writeFileSync(join(locks, 'notes'), '');
  open(() => T0).sweep();
  expect(tree(locks)).toEqual(
    [first('held'), join(locks, 'notes')].map((path) => path.slice(locks.length + 1)).sort(),
  );
  held?.release();
});
