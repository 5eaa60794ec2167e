import { defineConfig } from 'vitest/config';

/** A condition that is waited for comes when the machine has the time. */
const expectations = { poll: { timeout: 20_000 } };

/**
 * `unit` runs in `npm run check`; `npm test` adds `system`, which starts real processes, phones, databases and browsers, two files at
 * a time, and beside it `endurance`: hours of simulation, thousands of races and kills, which need the processor and no punctual speech.
 * Time-outs are for what hangs: a busy machine is no failure.
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['packages/**/*.test.ts', 'tools/**/*.test.ts', 'scripts/**/*.test.ts'],
          exclude: ['**/node_modules/**', '**/*.system.test.ts', '**/*.endurance.test.ts'],
          expect: expectations,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'system',
          include: ['tests/**/*.test.ts', 'packages/**/*.system.test.ts'],
          exclude: ['**/node_modules/**', '**/*.endurance.test.ts'],
          maxWorkers: 2,
          expect: expectations,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'endurance',
          include: ['tests/**/*.endurance.test.ts', 'packages/**/*.endurance.test.ts'],
          fileParallelism: false,
          expect: expectations,
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});
