import { defineConfig } from 'vitest/config';

/**
 * `unit` runs in `npm run check`; `npm test` adds `system`, which starts real processes, phones and databases, one file after the
 * other, and beside it `simulation`, which needs nothing but time. Time-outs are for what hangs: a busy machine is no failure.
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['packages/**/*.test.ts', 'tools/**/*.test.ts', 'scripts/**/*.test.ts'],
          exclude: ['**/node_modules/**', '**/*.system.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'system',
          include: ['tests/**/*.test.ts', 'packages/**/*.system.test.ts'],
          exclude: ['**/node_modules/**', 'tests/simulation/**'],
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      { test: { name: 'simulation', include: ['tests/simulation/**/*.test.ts'] } },
    ],
  },
});
