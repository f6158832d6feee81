import { readFileSync } from 'node:fs';
import { configDefaults, defineConfig } from 'vitest/config';

/** The test files that the table of the faults names, besides those of test/faults. */
const table = readFileSync(new URL('test/faults/rows.ts', import.meta.url), 'utf8');
const elsewhere = new Set([...table.matchAll(/'(test\/[^']+\.test\.ts)'/g)].map(([, file = '']) => file));

/** Fifty processes at once, again and again, and bounds on how long others wait: they have the machine for themselves. */
const ALONE = ['concurrency', 'lock-holder', 'output-profile-race'].map(
  (name) => `test/faults/${name}.test.ts`,
);

/** Every row of test/faults/rows.ts, with the real faults: by strace, faketime, mounts, other users, 50 processes. */
export default defineConfig({
  test: {
    globalSetup: ['test/support/build-once.ts'],
    reporters: ['default', 'test/support/closing-line.ts'],
    testTimeout: 600_000,
    hookTimeout: 120_000,
    pool: 'forks',
    env: {
      // What is a skip where Node alone is had is a failure here.
      TSAWSUME_REQUIRE_SHELLS: '1',
      TSAWSUME_TEST_KILLS: '1000',
      TSAWSUME_TEST_TAKEOVERS: '3000',
    },
    projects: [
      {
        extends: true,
        test: {
          name: 'together',
          include: ['test/faults/**/*.test.ts', ...elsewhere],
          exclude: [...configDefaults.exclude, ...ALONE],
          maxWorkers: 3,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: { name: 'alone', include: ALONE, maxWorkers: 1, sequence: { groupOrder: 1 } },
      },
    ],
  },
});
