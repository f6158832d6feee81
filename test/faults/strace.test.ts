import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { World } from '../support/harness';
import { from, injected, traced, type SystemCall } from './support/strace';

/** What makes the faults of rows 14 and 15: it must meet the call it is aimed at, also where another run counts otherwise. */
let world: World;
beforeEach(async () => {
  world = await World.open();
});
afterEach(() => world.close());

const makesTemp = ({ name, text }: SystemCall): boolean =>
  name === 'openat' && text.includes('O_CREAT') && text.includes('/.aws/.credentials.tsawsume-');

describe('row 15: a fault that is aimed beside its call', () => {
  it.each([-3, -2, -1, 1])('meets it all the same: %i calls', async (by) => {
    const args = ['reader', '-o', 'out'];
    const path = join(world.home.path, '.aws/credentials');
    const old = readFileSync(path, 'utf8');
    const restore = (): void => writeFileSync(path, old);
    for (let runs = 0; runs < 2; runs += 1) await world.run(args);
    restore();
    const { calls } = await traced(world, args);
    const [step] = from(calls, '/.aws/.credentials.tsawsume-').filter(makesTemp);
    if (step === undefined) throw new Error('no temp was made');
    const aimed = { ...step, ordinal: step.ordinal + by };
    const { code, stderr } = await injected(world, args, aimed, 'error=ENOSPC', restore, makesTemp);
    expect([code, stderr]).toEqual([1, expect.stringContaining("can't write")]);
    expect(readdirSync(join(world.home.path, '.aws')).sort()).toEqual(['config', 'credentials']);
  });
});
