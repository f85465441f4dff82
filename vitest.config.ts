import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts', 'web/**/*.test.ts'],
    setupFiles: ['test/setup.ts'],
    // Bounds for what hangs, not measures of speed: real files, servers and encoders on a small machine.
    testTimeout: 30_000,
    hookTimeout: 30_000,
    // Native codecs and databases live in processes of their own: one that dies takes one test file with it.
    pool: 'forks',
  },
});
