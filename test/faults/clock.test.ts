import * as fs from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PROGRAM, run, variables, World } from '../support/harness';
import { needs, needsRoot } from './support/needs';

const HOUR = 3_600;
const DAY = 24 * HOUR;
const JSON_OF = ['export', 'reader', '--format', 'json'];

/** Seconds that AWS's clock is ahead of this machine's: real time, as far as a session is concerned. */
let elapsed: number;
let world: World;
beforeEach(async () => {
  elapsed = 0;
  world = await World.open({ now: () => Date.now() + elapsed * 1000 });
});
afterEach(() => world.close());

/** The program with a local clock that is so many seconds from the machine's. */
async function at(
  seconds: number,
  args: readonly string[] = JSON_OF,
  env: Readonly<Record<string, string>> = {},
) {
  needs('faketime');
  return run(['faketime', '-f', `${seconds < 0 ? '' : '+'}${seconds}s`, ...PROGRAM, ...args], {
    env: { ...world.env, ...env },
  });
}

const idOf = (stdout: string): string => variables(stdout)['AWS_ACCESS_KEY_ID'] ?? '';

/** Whether AWS still takes what was printed: by its clock, not by ours. */
function isAlive(stdout: string): boolean {
  const expiry = /"AWS_CREDENTIAL_EXPIRATION": ?"([^"]+)"/.exec(stdout)?.[1] ?? '';
  return Date.parse(expiry) > world.sandbox.cloud.now();
}

describe('row 25: nothing expired is ever served', () => {
  it.each([-DAY, -2 * HOUR, -HOUR / 2, 0, HOUR / 2, 2 * HOUR, DAY])(
    'by a clock that is off by %i s, now and as time goes by',
    async (skew) => {
      for (elapsed of [0, HOUR / 2, HOUR - 400, HOUR + 1, 2 * HOUR, DAY]) {
        const { code, stdout, stderr } = await at(elapsed + skew);
        expect([code, stderr.includes('expire') && code !== 0]).toEqual([0, false]);
        expect(isAlive(stdout), `${elapsed} s later`).toBe(true);
      }
    },
  );

  it.each([-DAY, -2 * HOUR, 2 * HOUR, DAY])(
    'when the clock is set off by %i s after a session was stored',
    async (skew) => {
      const first = await at(0);
      for (elapsed of [0, HOUR / 4, HOUR + 1, 2 * HOUR]) {
        const { code, stdout } = await at(elapsed + skew);
        expect(code).toBe(0);
        expect(isAlive(stdout), `${elapsed} s later`).toBe(true);
        if (elapsed > HOUR) expect(idOf(stdout)).not.toBe(idOf(first.stdout));
      }
    },
  );

  it('when the clock is set back by as much as has passed: the machine’s uptime tells', async () => {
    needsRoot();
    needs('unshare', 'mount');
    const first = await at(0);
    elapsed = 2 * HOUR;
    const uptime = join(world.home.path, 'uptime');
    const [up = '0'] = fs.readFileSync('/proc/uptime', 'utf8').split(' ');
    fs.writeFileSync(uptime, `${Number(up) + elapsed} 1.00\n`);
    const later = await run(
      [
        'unshare',
        '--mount',
        'sh',
        '-c',
        'mount --bind "$0" /proc/uptime && exec "$@"',
        uptime,
        ...PROGRAM,
        ...JSON_OF,
      ],
      { env: world.env },
    );
    expect(later.code).toBe(0);
    expect([isAlive(later.stdout), idOf(later.stdout) === idOf(first.stdout)]).toEqual([true, false]);
  });

  it.each(['Pacific/Kiritimati', 'Pacific/Pago_Pago', 'Asia/Kathmandu', 'nonsense'])(
    'stored in UTC and read in %s: served while it lives, and no longer',
    async (TZ) => {
      const first = await at(0, JSON_OF, { TZ: 'UTC' });
      elapsed = HOUR / 2;
      const second = await at(elapsed, JSON_OF, { TZ });
      expect([idOf(second.stdout), world.calls.length]).toEqual([idOf(first.stdout), 1]);
      elapsed = HOUR + 1;
      const third = await at(elapsed, JSON_OF, { TZ });
      expect([third.code, isAlive(third.stdout), world.calls.length]).toEqual([0, true, 2]);
    },
  );

  it.each([
    ['summer time ends', '2026-10-25T00:30:00Z'],
    ['summer time begins', '2026-03-29T00:30:00Z'],
  ])('in the night in which %s', async (_, start) => {
    const began = Math.round((Date.parse(start) - Date.now()) / 1000);
    const seen: string[] = [];
    for (const passed of [0, HOUR / 2, HOUR - 400, HOUR + 60, 1.5 * HOUR, 2 * HOUR + 120]) {
      elapsed = began + passed;
      const { code, stdout } = await at(elapsed, JSON_OF, { TZ: 'Europe/Berlin' });
      expect([code, isAlive(stdout)]).toEqual([0, true]);
      seen.push(idOf(stdout));
    }
    // One session for the first hour, one for the second, one for what is left.
    expect(new Set(seen).size).toBe(3);
    expect(world.calls.length).toBe(3);
  });
});
