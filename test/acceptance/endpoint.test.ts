import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { World } from '../support/harness';

let world: World;
beforeAll(async () => {
  world = await World.open();
});
afterAll(() => world.close());

// AWS's own rules refuse both together: who asked for FIPS must not silently be without.
describe('an endpoint of its own', () => {
  it.each([
    ['AWS_USE_FIPS_ENDPOINT', 'FIPS'],
    ['AWS_USE_DUALSTACK_ENDPOINT', 'dual-stack'],
  ])('and %s: refused in a line, and nobody is called', async (name, kind) => {
    const { code, stdout, stderr } = await world.run(['export', 'reader'], { env: { [name]: 'true' } });
    expect([code, stdout, world.calls]).toEqual([3, '', []]);
    expect(stderr).toMatch(new RegExp(`^tsawsume: .*${kind}.*AWS_ENDPOINT_URL.*\\n.*\\n$`));
  });
});
