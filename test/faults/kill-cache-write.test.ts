import * as fs from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isCacheKey } from '../../src/core/names';
import { parseEntry } from '../../src/io/stored-entry';
import { World } from '../support/harness';
import { start } from '../support/start';
import { from, injected, traced } from './support/strace';

let world: World;
beforeEach(async () => {
  world = await World.open();
});
afterEach(() => world.close());

const KILLS = Number(process.env['TSAWSUME_TEST_PROGRAM_KILLS'] ?? 200);
/** What touches files, besides sockets and memory. */
const ON_FILES =
  /^(openat|open|mkdir|link|unlink|rename|fchmod|fchown|fsync|write|close|fstat|statx|lstat|getdents64)$/;

/** Every entry of the store that is no whole session of its key. */
function broken(): readonly string[] {
  return world.home.sessions().filter((name) => {
    const key = name.slice(0, 32);
    return !isCacheKey(key) || !parseEntry(fs.readFileSync(join(world.home.cache, name), 'utf8'), key);
  });
}

const left = (folder: string): readonly string[] => {
  const path = join(world.home.cache, folder);
  return fs.existsSync(path) ? fs.readdirSync(path) : [];
};

describe('row 13: SIGKILL in a write of the store', () => {
  it('at every system call on a file: nothing corrupt, and nothing left after the next run', async () => {
    const { calls } = await traced(world, ['reader', '-r']);
    const steps = from(calls, '/.tsawsume').filter(({ name }) => ON_FILES.test(name));
    let kills = 0;
    let orphans = 0;
    for (const step of steps) {
      const empty = (): void =>
        fs.rmSync(join(world.home.path, '.tsawsume'), { recursive: true, force: true });
      const { signal, code } = await injected(world, ['reader', '-r'], step, 'signal=KILL', empty);
      if (signal === 'SIGKILL' || code === 137) kills += 1;
      expect(broken(), step.text).toEqual([]);
      orphans += left('tmp').length;
      const next = await world.run(['reader']);
      expect([next.code, left('tmp')], step.text).toEqual([0, []]);
      // A lock of the dead holds no secret; who wants it has it at once, and leaves none.
      if (left('locks').length > 0) await world.run(['reader', '-r']);
      expect(left('locks'), step.text).toEqual([]);
    }
    console.log(
      `${kills} kills at ${steps.length} system calls: ${orphans} orphans, none after the next run`,
    );
    expect(kills).toBeGreaterThan(steps.length * 0.8);
    // Else the kills came at the wrong moments.
    expect(orphans).toBeGreaterThan(0);
  });

  it('at random, again and again: nothing corrupt, and nothing left after the next run', async () => {
    let kills = 0;
    // Milliseconds of a whole run, by the last that was not killed: the first are slower than those that follow.
    let whole = Infinity;
    for (let round = 0; round < KILLS; round += 1) {
      const began = performance.now();
      const { child, ended } = start(world, ['reader', '-r']);
      const moment = Math.min(whole * (0.3 + (0.8 * round) / KILLS), 10_000);
      const timer = setTimeout(() => child.kill('SIGKILL'), moment);
      if ((await ended).signal === 'SIGKILL') kills += 1;
      else whole = performance.now() - began;
      clearTimeout(timer);
      expect(broken()).toEqual([]);
    }
    console.log(`${kills} kills at random: nothing corrupt`);
    expect(kills).toBeGreaterThan(KILLS / 4);
    expect((await world.run(['reader', '-r'])).code).toBe(0);
    expect([left('tmp'), left('locks'), world.home.sessions().length]).toEqual([[], [], 1]);
  });
});
