import { defineConfig } from 'vitest/config';

/** Other people's programs as judges. They come from PyPI, so these tests are no part of `npm test`. */
export default defineConfig({
  test: {
    include: ['test/peers/**/*.test.ts'],
    globalSetup: ['test/support/build-once.ts'],
    reporters: ['default', 'test/support/closing-line.ts'],
    // One start of the AWS CLI takes a second, two at once on a small machine more.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    pool: 'forks',
    maxWorkers: 2,
  },
});
