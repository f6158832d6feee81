import { configDefaults, defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // They need what npm does not bring, other programs and other Nodes: .ci/run installs these and runs them. Of the
    // faults, those of test/faults/quick need nothing and take a moment.
    exclude: [...configDefaults.exclude, 'test/peers/**', 'test/package/**', 'test/faults/*.test.ts'],
    globalSetup: ['test/support/build-once.ts'],
    reporters: ['default', 'test/support/closing-line.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    pool: 'forks',
    // Most of the time goes into programs that are waited for: one worker more than this many cores is worth it.
    maxWorkers: 3,
  },
});
