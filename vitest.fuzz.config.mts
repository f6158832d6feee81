import { defineConfig } from 'vitest/config';

/** All of what test:faults makes a tenth of, with a seed of its own each time: TSAWSUME_SEED=… makes one again. */
export default defineConfig({
  test: {
    include: ['test/faults/fuzz-*.test.ts'],
    globalSetup: ['test/support/build-once.ts'],
    reporters: ['default', 'test/support/closing-line.ts'],
    testTimeout: 3_600_000,
    hookTimeout: 120_000,
    pool: 'forks',
    maxWorkers: 2,
    env: { TSAWSUME_FUZZ: 'all' },
  },
});
