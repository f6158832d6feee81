import * as fs from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hang } from '../../src/sandbox/faults';
import { Pty, until } from '../io/pty';
import { PROGRAM, type World } from '../support/harness';
import { openWorld } from '../support/open-company';
import { start, strings } from '../support/start';

const ROUNDS = Number(process.env['TSAWSUME_TEST_ROUNDS'] ?? 20);

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

const json = (name: string): readonly string[] => ['export', name, '--format', 'json'];
const settled = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));
const others = (count: number, name = 'reader') =>
  Array.from({ length: count }, () => start(world, json(name)));

function atTerminal(name: string): Pty {
  const [program = '', ...rest] = [...PROGRAM, ...json(name)];
  return new Pty(program, rest, strings(world.env));
}

describe('row 9: the holder killed during its call', () => {
  it('round after round: one call more, and the others are done within 2 s', async () => {
    let slowest = 0;
    let calls = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      await world.run(['logout']);
      world.sandbox.journal.clear();
      let held = 0;
      world.sandbox.setFault(() => ((held += 1) === 1 ? hang() : undefined));
      const holder = start(world, json('reader'));
      await world.sandbox.journal.arrived(1);
      const waiting = others(6);
      await settled(600);
      const killed = performance.now();
      holder.child.kill('SIGKILL');
      const results = await Promise.all(waiting.map(({ ended }) => ended));
      const took = performance.now() - killed;
      expect(results.map(({ code }) => code)).toEqual(waiting.map(() => 0));
      expect(world.calls).toEqual(['AssumeRole', 'AssumeRole']);
      expect(took).toBeLessThan(2_000);
      await holder.ended;
      slowest = Math.max(slowest, took);
      calls += world.calls.length;
    }
    console.log(
      `${ROUNDS} kills: ${calls} calls for ${ROUNDS} sessions, the others done in ${slowest.toFixed(0)} ms at most`,
    );
  });

  it('five holders, one after the other: five calls more', async () => {
    const holders = new Set<number>();
    world.sandbox.setFault(() => (holders.size < 5 ? hang() : undefined));
    const waiting = others(12);
    while (holders.size < 5) {
      await world.sandbox.journal.arrived(holders.size + 1);
      const holder = waiting.find(({ child }) => !holders.has(child.pid ?? 0) && isHolding(child.pid ?? 0));
      if (holder === undefined) continue;
      holders.add(holder.child.pid ?? 0);
      holder.child.kill('SIGKILL');
      await holder.ended;
    }
    const results = await Promise.all(waiting.map(({ ended }) => ended));
    expect(results.filter(({ signal }) => signal === 'SIGKILL')).toHaveLength(5);
    expect(results.filter(({ code }) => code === 0)).toHaveLength(7);
    expect(world.calls).toHaveLength(6);
  });
});

/** Who has a connection to STS is who fetches. */
const isHolding = (pid: number): boolean => {
  try {
    return fs
      .readdirSync(`/proc/${pid}/fd`)
      .some((fd) => fs.readlinkSync(`/proc/${pid}/fd/${fd}`).startsWith('socket:') && Number(fd) > 2);
  } catch {
    return false;
  }
};

describe('row 10: a stale lock', () => {
  /** The lock of a run that was killed, and how it is made to look like another's. */
  async function staleLock(change: (record: string) => string): Promise<number> {
    world.sandbox.setFault(() => hang());
    const holder = start(world, json('reader'));
    await world.sandbox.journal.arrived(1);
    holder.child.kill('SIGKILL');
    await holder.ended;
    world.sandbox.setFault(undefined);
    const locks = join(world.home.cache, 'locks');
    for (const name of fs.readdirSync(locks)) {
      const path = join(locks, name);
      fs.writeFileSync(path, change(fs.readFileSync(path, 'latin1')), 'latin1');
    }
    const began = performance.now();
    const next = await world.run(json('reader'));
    expect([next.code, next.stderr, fs.readdirSync(locks)]).toEqual([0, '', []]);
    return performance.now() - began;
  }

  it.each<[string, (record: string) => string]>([
    ['of a killed process', (record) => record],
    [
      'of a pid that is another process now',
      (record) => record.replace(/\b\d{2,7}(?=-)/, String(process.pid)),
    ],
    ['of before a reboot', (record) => record.replace(/[0-9a-f]{32}/g, '0'.repeat(32))],
    ['torn by a power cut', (record) => record.slice(0, 5)],
    ['of no bytes', () => ''],
  ])('%s: taken over in under a second', async (_, change) => {
    const took = await staleLock(change);
    console.log(`taken over in ${took.toFixed(0)} ms, the start of the program included`);
    expect(took).toBeLessThan(1_000);
  });
});

describe('row 11: the holder does not go on', () => {
  /** The waiter names the holder, and gives up within a quarter of a minute. */
  async function givesUp(pid: number): Promise<void> {
    const began = performance.now();
    const waiter = await world.run(json('cli-role'));
    expect([waiter.code === 0, waiter.stdout]).toEqual([false, '']);
    expect(waiter.stderr).toMatch(new RegExp(`pid ${pid}\\) is stopped, and did not finish`));
    const took = performance.now() - began;
    console.log(`gave up after ${(took / 1000).toFixed(1)} s`);
    expect(took).toBeLessThan(15_000);
  }

  it('stopped in the middle of its call: the waiter names its pid, and gives up in bounded time', async () => {
    world.sandbox.setFault(() => hang());
    const holder = start(world, [...json('cli-role'), '--mfa-token', world.code()]);
    await world.sandbox.journal.arrived(1);
    holder.child.kill('SIGSTOP');
    await givesUp(holder.child.pid ?? 0);
    holder.child.kill('SIGKILL');
    await holder.ended;
  });

  it('stopped at the prompt by Ctrl-Z: the same', async () => {
    const shell = new Pty('bash', ['--norc', '--noprofile', '-i'], strings(world.env));
    await shell.shows('ready> ');
    shell.type(`${[...PROGRAM, ...json('cli-role')].map((word) => `'${word}'`).join(' ')}\r`);
    await shell.shows('MFA code for');
    shell.type('\u001a');
    let mark = await shell.shows('Stopped');
    shell.type('echo "pi""d=$(jobs -p)/"\r');
    mark = await shell.shows(/pid=\d+\//, mark);
    await givesUp(Number(/pid=(\d+)\//.exec(shell.screen)?.[1]));
    shell.type('fg\r');
    await shell.shows('MFA code for', mark);
    shell.type(`${world.code()}\r`);
    await shell.shows('AWS_SESSION_TOKEN', mark);
    shell.close();
  });

  it('stopped and continued: the waiter has its session', async () => {
    let letGo: () => void = () => undefined;
    const untilThen = new Promise<void>((resolve) => (letGo = resolve));
    world.sandbox.setFault(async () => {
      await untilThen;
      return undefined;
    });
    const holder = start(world, json('reader'));
    await world.sandbox.journal.arrived(1);
    holder.child.kill('SIGSTOP');
    const [waiter] = others(1);
    await settled(1_500);
    letGo();
    holder.child.kill('SIGCONT');
    const results = await Promise.all([holder.ended, waiter?.ended]);
    expect(results.map((result) => result?.code)).toEqual([0, 0]);
    expect(world.calls).toEqual(['AssumeRole']);
  });

  it('waiting for a code: the waiter says so, and who it is', async () => {
    const person = atTerminal('cli-role');
    await person.shows('MFA code for');
    const [waiter] = others(1, 'cli-role');
    await settled(2_500);
    person.type(`${world.code()}\r`);
    const result = await waiter?.ended;
    expect(result?.code).toBe(0);
    expect(result?.stderr).toMatch(new RegExp(`pid ${person.pid}\\), which is asking for an MFA code`));
    await person.ended;
  });
});

describe('row 12: the holder is cancelled', () => {
  it('the next at a terminal asks, and is served; those without fail within a second', async () => {
    const first = atTerminal('cli-role');
    await first.shows('MFA code for');
    const second = atTerminal('cli-role');
    const without = others(3, 'cli-role');
    await settled(1_500);
    expect(second.screen).not.toContain('MFA code for');
    const cancelled = performance.now();
    first.type('\u0003');
    expect((await first.ended).exitCode).toBe(130);
    const ends = await Promise.race([
      Promise.all(without.map(({ ended }) => ended)),
      second.shows('MFA code for'),
    ]);
    await second.shows('MFA code for');
    expect(performance.now() - cancelled).toBeLessThan(1_000);
    second.type(`${world.code()}\r`);
    expect((await second.ended).exitCode).toBe(0);
    // They end at once, or are served by the second: both is better than to wait.
    const codes = (await Promise.all(without.map(({ ended }) => ended))).map(({ code }) => code);
    expect(codes.every((code) => code === 0 || code === 4)).toBe(true);
    expect(ends).toBeDefined();
    expect(world.sandbox.journal.count('GetSessionToken')).toBe(1);
  });

  it('nobody else is at a terminal: those without one fail within a second, and no call was made', async () => {
    const person = atTerminal('cli-role');
    await person.shows('MFA code for');
    const without = others(5, 'cli-role');
    await settled(1_500);
    const cancelled = performance.now();
    person.type('\u0003');
    await person.ended;
    const results = await Promise.all(without.map(({ ended }) => ended));
    const took = performance.now() - cancelled;
    console.log(`${results.length} without a terminal ended in ${took.toFixed(0)} ms`);
    expect(took).toBeLessThan(1_000);
    expect(results.map(({ code }) => code)).toEqual(without.map(() => 4));
    expect(world.calls).toEqual([]);
  });

  it('SIGINT while it fetches: another takes over at once', async () => {
    let held = 0;
    world.sandbox.setFault(() => ((held += 1) === 1 ? hang() : undefined));
    const holder = start(world, json('reader'));
    await world.sandbox.journal.arrived(1);
    const waiting = others(3);
    await settled(500);
    holder.child.kill('SIGINT');
    const results = await Promise.all(waiting.map(({ ended }) => ended));
    expect(results.map(({ code }) => code)).toEqual([0, 0, 0]);
    expect(world.calls).toHaveLength(2);
    await until(() => fs.readdirSync(join(world.home.cache, 'locks')).length === 0, 'an end of the locks');
  });
});
