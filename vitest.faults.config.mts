import { readFileSync } from 'node:fs';
import { defineConfig } from 'vitest/config';

/** The test files that the table of the faults names, besides those of test/faults. */
const table = readFileSync(new URL('test/faults/rows.ts', import.meta.url), 'utf8');
const elsewhere = new Set([...table.matchAll(/'(test\/[^']+\.test\.ts)'/g)].map(([, file = '']) => file));

/** Every row of test/faults/rows.ts, with the real faults: by strace, faketime, mounts, other users, 50 processes. */
export default defineConfig({
  test: {
    include: ['test/faults/**/*.test.ts', ...elsewhere],
    globalSetup: ['test/support/build-once.ts'],
    reporters: ['default', 'test/support/closing-line.ts'],
    testTimeout: 600_000,
    hookTimeout: 120_000,
    pool: 'forks',
    // Fifty processes at once need the machine for themselves.
    fileParallelism: false,
    env: {
      // What is a skip where Node alone is had is a failure here.
      TSAWSUME_REQUIRE_SHELLS: '1',
      TSAWSUME_TEST_KILLS: '1000',
      TSAWSUME_TEST_TAKEOVERS: '3000',
    },
  },
});
