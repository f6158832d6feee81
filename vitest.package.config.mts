import { defineConfig } from 'vitest/config';

/** The package as npm packs it, installed and run by every Node that it is for. */
export default defineConfig({
  test: {
    include: ['test/package/**/*.test.ts'],
    reporters: ['default', 'test/support/closing-line.ts'],
    // npm packs, builds and installs.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    pool: 'forks',
    // Both files pack, and packing builds.
    fileParallelism: false,
  },
});
