import { beforeEach, describe, expect, it } from 'vitest';
import type { Holder } from '../../src/core/ports';
import { acquireOr, awaitOther, GAVE_UP, type WaitPorts } from '../../src/core/waiting';
import { Clock, MemoryLocks } from '../support/fakes';
import { objectWith, textWith } from '../support/matchers';

const START = Date.UTC(2026, 0, 1);
const FETCHING: Holder = { pid: 42, doing: 'fetching', stopped: false };
let clock: Clock;
let locks: MemoryLocks;
let said: string[];
let ports: WaitPorts;
let stored: string | undefined;
beforeEach(() => {
  [clock, locks, said, stored] = [new Clock(START), new MemoryLocks(), [], undefined];
  ports = { locks, now: clock.now, sleep: clock.sleep, say: (line) => void said.push(line) };
});
const look = () => stored;
/** Runs an action once so many milliseconds have passed. */
const after = (milliseconds: number, action: () => void): void => {
  clock.onSleep = (at) => {
    if (at - START >= milliseconds) action();
  };
};
const passed = () => clock.at - START;

describe('for the lock', () => {
  it('has it at once where nobody holds it', async () => {
    expect(await acquireOr('n', look, ports)).toHaveProperty('release');
    expect(clock.slept).toEqual([]);
  });
  it('takes what is stored already, without a lock', async () => {
    stored = 'session';
    expect(await acquireOr('n', look, ports)).toEqual({ found: 'session' });
    expect(locks.log).toEqual([]);
  });
  it('takes what the holder stores meanwhile, in silence when that is soon', async () => {
    locks.other = FETCHING;
    after(500, () => (stored = 'session'));
    expect(await acquireOr('n', look, ports)).toEqual({ found: 'session' });
    expect(said).toEqual([]);
  });
  it('has it when the holder ended without a session', async () => {
    locks.other = FETCHING;
    after(500, () => (locks.other = undefined));
    expect(await acquireOr('n', look, ports)).toHaveProperty('release');
  });
  it('says once, after a second, who is waited for and what they do', async () => {
    locks.other = { ...FETCHING, doing: 'asking' };
    after(10_000, () => (stored = 'session'));
    await acquireOr('n', look, ports);
    expect(said).toEqual(['waiting for another tsawsume (pid 42), which is asking for an MFA code']);
  });
  it.each([
    ['fetches', FETCHING, 60_000, 'is fetching the same session'],
    ['asks a person', { ...FETCHING, doing: 'asking' } as const, 120_000, 'is asking for an MFA code'],
    ['is stopped', { ...FETCHING, stopped: true }, 10_000, 'is stopped'],
  ])('of one that %s: gives up in bounded time, naming the pid', async (_, holder, most, does) => {
    locks.other = holder;
    await expect(acquireOr('n', look, ports)).rejects.toThrow(
      objectWith({ kind: 'refused', message: textWith(`(pid 42) ${does}`) }),
    );
    expect(passed()).toBeGreaterThan(most);
    expect(passed()).toBeLessThan(most + 1_000);
  });
});

describe('for somebody who can give a code', () => {
  it('nobody turns up: under a second', async () => {
    expect(await awaitOther('n', look, ports)).toBe(GAVE_UP);
    expect(passed()).toBeLessThan(1_000);
  });
  it('somebody turns up a little later, and takes their time', async () => {
    clock.onSleep = (at) => {
      if (at - START >= 300) locks.other = { ...FETCHING, doing: 'asking' };
      if (at - START >= 60_000) stored = 'session';
    };
    expect(await awaitOther('n', look, ports)).toBe('session');
  });
  it('they cancel: at once', async () => {
    locks.other = { ...FETCHING, doing: 'asking' };
    after(5_000, () => (locks.other = undefined));
    expect(await awaitOther('n', look, ports)).toBe(GAVE_UP);
    expect(passed()).toBeLessThan(5_200);
  });
  it('they store it and end in the same instant', async () => {
    locks.other = FETCHING;
    after(2_000, () => {
      locks.other = undefined;
      stored = 'session';
    });
    expect(await awaitOther('n', look, ports)).toBe('session');
  });
});
