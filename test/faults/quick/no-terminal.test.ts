import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { World } from '../../support/harness';
import { openWorld } from '../../support/open-company';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

/** The harness starts every program in a session of its own, as setsid does. */
describe('row 29: a code is needed, and there is no terminal', () => {
  it.each([['cli-role'], ['export', 'cli-role'], ['exec', 'cli-role', '--', 'true']])(
    '%s %s: exit 4, one line and what to do, no call',
    async (...args) => {
      const began = performance.now();
      const { code, stdout, stderr } = await world.run(args);
      expect([code, stdout, world.calls]).toEqual([4, '', []]);
      expect(stderr).toMatch(/^tsawsume: [^\n]*cli-role[^\n]*\n[^\n]*--mfa-token[^\n]*\n$/);
      expect(performance.now() - began).toBeLessThan(1_000);
    },
  );
});

describe('row 27: a code used twice', () => {
  it('is refused the second time, without a call, and says how long to wait', async () => {
    const code = world.code();
    const first = await world.run(['cli-role', '--mfa-token', code]);
    expect(first.code).toBe(0);
    world.sandbox.journal.clear();
    const again = await world.run(['cli-role', '-r', '--mfa-token', code]);
    expect([again.code === 0, again.stdout, world.calls]).toEqual([false, '', []]);
    expect(again.stderr).toMatch(/\d+ ?s/);
  });
});
