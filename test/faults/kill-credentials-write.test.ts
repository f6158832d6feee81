import * as fs from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { World } from '../support/harness';
import { from, injected, traced } from './support/strace';

let world: World;
beforeEach(async () => {
  world = await World.open();
});
afterEach(() => world.close());

const place = (name: string): string => join(world.home.path, '.aws', name);
const text = (name: string): string => fs.readFileSync(place(name), 'utf8');
const EXPIRED = '\n[old]\nmanager = tsawsume\naws_access_key_id = ASIA\nexpiration = 2020-01-01T00:00:00Z\n';

/** Each is a way to write one of AWS's files; `ready` is run before it, and its effect is part of the old bytes. */
const WRITES: readonly (readonly [string, string, readonly string[], () => void])[] = [
  ['a new profile', 'credentials', ['reader', '-o', 'out'], () => undefined],
  ['a profile that renews itself', 'config', ['reader', '-a'], () => undefined],
  ['a clean-up', 'credentials', ['--clean'], () => fs.appendFileSync(place('credentials'), EXPIRED)],
];

/** The last system call of the process may be any of these. */
describe('row 14: SIGKILL at every system call of a write', () => {
  it.each(WRITES)(
    '%s: the old bytes of %s or the new ones, and the next run tidies up',
    async (_, file, args, ready) => {
      // From here on the session is stored, so that no run makes a call.
      await world.run(['reader']);
      ready();
      const old = text(file);
      // So that the runs below make the same calls: this one keeps the bytecode of this way.
      await world.run(args);
      fs.writeFileSync(place(file), old);
      const { calls, result } = await traced(world, args);
      expect(result.code).toBe(0);
      const made = text(file);
      expect(made).not.toBe(old);
      const last = from(calls, '/cache/locks/');
      let kills = 0;
      const seen = { old: 0, new: 0 };
      for (const call of last) {
        const restore = (): void => fs.writeFileSync(place(file), old);
        const { signal, code } = await injected(world, args, call, 'signal=KILL', restore);
        if (signal === 'SIGKILL' || code === 137) kills += 1;
        const found = text(file);
        expect([old, made], `killed at ${call.text}`).toContain(found);
        seen[found === old ? 'old' : 'new'] += 1;
      }
      console.log(
        `${args.join(' ')}: ${kills} kills at ${last.length} system calls: ${seen.old} old, ${seen.new} new bytes`,
      );
      // A few calls of Node's own are not made on every run.
      expect(kills).toBeGreaterThan(last.length * 0.8);
      expect(Math.min(seen.old, seen.new)).toBeGreaterThan(0);
      fs.writeFileSync(place(file), old);
      expect((await world.run(args)).code).toBe(0);
      expect(text(file)).toBe(made);
      expect(fs.readdirSync(join(world.home.path, '.aws')).sort()).toEqual(['config', 'credentials']);
    },
  );
});
