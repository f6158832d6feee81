import type { ChildProcess } from 'node:child_process';
import * as fs from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openLocks } from '../../src/io/lock';
import { openStore } from '../../src/io/session-store';
import { program, start } from './program';
import { ended, pause, scratch, tree } from './support';

/** Longer runs on demand; the figures here keep the whole file under ten seconds. */
const SECONDS = Number(process.env['TSAWSUME_TEST_STRESS_SECONDS'] ?? 4);
const TAKEOVERS = Number(process.env['TSAWSUME_TEST_TAKEOVERS'] ?? 300);
const WORKERS = 6;

/**
 * Goes over the locks of its arguments, and within each makes a witness that can be made only once. One that is there
 * already is a second holder, unless its maker is dead. Says `two` then, and `got` for every lock it had.
 */
const WORKER = `
  import * as fs from 'node:fs';
  import { openLocks } from '@src/io/lock';
  import { judge, formatIdentity, ownIdentity, parseIdentity } from '@src/io/process-identity';
  const [, , home, prefix, count, hold] = process.argv;
  const locks = openLocks({ home, now: Date.now });
  const witness = (name) => home + '/witness-' + name;
  const sleep = (ms) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
  const tell = (line) => fs.appendFileSync(home + '/log', line + '\\n');
  function testify(name) {
    try {
      fs.symlinkSync(formatIdentity(ownIdentity()), witness(name));
    } catch {
      let other = '';
      try { other = fs.readlinkSync(witness(name)); } catch {}
      const maker = parseIdentity(other);
      if (!maker || judge(maker) !== 'dead') return tell('two ' + name);
      fs.unlinkSync(witness(name));
      fs.symlinkSync(formatIdentity(ownIdentity()), witness(name));
    }
  }
  process.stdout.write('ready\\n');
  process.stdin.once('data', () => {
    for (let n = 0; n < Number(count); n += 1) {
      const name = prefix + (hold === '0' ? n : n % 2);
      const lock = locks.tryAcquire(name);
      if (!lock) { if (hold !== '0') sleep(Math.random()); continue; }
      testify(name);
      if (hold !== '0') sleep(Math.random() * Number(hold));
      tell('got ' + name);
      fs.unlinkSync(witness(name));
      lock.release();
    }
    process.exit();
  });`;

async function worker(script: string, ...args: readonly string[]): Promise<ChildProcess> {
  const child = start(script, ...args);
  await new Promise((resolve) => child.stdout?.once('data', resolve));
  return child;
}

const logOf = (home: string): string[] => fs.readFileSync(join(home, 'log'), 'utf8').split('\n');

function expectNothingLeft(home: string): void {
  openStore({ home, now: Date.now, warn: () => undefined }).clear();
  expect(tree(join(home, 'cache'))).toEqual(['locks', 'tmp']);
}

test(
  'never two, while holders are killed and stopped at any moment',
  { timeout: 60_000 + SECONDS * 2000 },
  async () => {
    const home = scratch();
    const script = program(WORKER);
    const end = Date.now() + SECONDS * 1000;
    let kills = 0;
    const life = async (): Promise<void> => {
      while (Date.now() < end) {
        const child = await worker(script, home, 'k', '1e9', '3');
        child.stdin?.write('go');
        await pause(20 + Math.random() * 150);
        if (Math.random() < 0.3) {
          child.kill('SIGSTOP');
          await pause(Math.random() * 100);
          if (Math.random() < 0.5) child.kill('SIGCONT');
          await pause(Math.random() * 30);
        }
        child.kill('SIGKILL');
        kills += 1;
        await ended(child);
      }
    };
    await Promise.all(Array.from({ length: WORKERS }, life));
    const log = logOf(home);
    expect(log.filter((line) => line.startsWith('two'))).toEqual([]);
    console.log(`${kills} holders killed: never two at once`);
    // On a busy machine many are killed before they begin; some always get to hold one.
    expect(log.filter((line) => line.startsWith('got')).length).toBeGreaterThan(0);
    expect(kills).toBeGreaterThanOrEqual(WORKERS);
    for (const name of ['k0', 'k1']) openLocks({ home, now: Date.now }).tryAcquire(name)?.release();
    // Who was killed as its term ended has left the rest of it, which nobody waits for.
    openLocks({ home, now: Date.now }).sweep();
    expectNothingLeft(home);
  },
);

test(
  'stale locks that all come for at once: never two, and each is had',
  { timeout: 60_000 + TAKEOVERS * 20 },
  async () => {
    const home = scratch();
    const script = program(WORKER);
    const stale = program(
      `import { openLocks } from '@src/io/lock';
     const locks = openLocks({ home: process.argv[2], now: Date.now });
     for (let n = 0; n < Number(process.argv[3]); n += 1) locks.tryAcquire('s' + n);`,
    );
    await ended(start(stale, home, String(TAKEOVERS)));
    expect(tree(join(home, 'cache/locks')).length).toBe(TAKEOVERS);
    const args = [home, 's', String(TAKEOVERS), '0'];
    const workers = await Promise.all(Array.from({ length: WORKERS }, () => worker(script, ...args)));
    for (const child of workers) child.stdin?.write('go');
    await Promise.all(workers.map(ended));
    const log = logOf(home);
    expect(log.filter((line) => line.startsWith('two'))).toEqual([]);
    expect(new Set(log.filter((line) => line.startsWith('got'))).size).toBe(TAKEOVERS);
    console.log(`${TAKEOVERS} stale locks, ${WORKERS} processes at each: never two holders`);
    expect(tree(join(home, 'cache/locks'))).toEqual([]);
    expectNothingLeft(home);
  },
);
