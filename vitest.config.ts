import { defineConfig } from 'vitest/config';

/** A condition that is waited for comes when the machine has the time. */
const expectations = { poll: { timeout: 20_000 } };

const patience = { expect: expectations, testTimeout: 60_000, hookTimeout: 60_000 };
const media = 'packages/switch/src/media/**/*.test.ts';
const slower = ['**/node_modules/**', '**/*.system.test.ts', '**/*.endurance.test.ts'];

/**
 * `unit` and `media` are the unit tests of `npm run check`. Many files of `unit` share a process, which is half the work: they leave
 * nothing behind. In `media` each file has a process, because the library of browser phones can be loaded once in one.
 * `npm test` adds `system`, which starts real processes, phones, databases and browsers, two files at a time, and beside it
 * `endurance`: hours of simulation, thousands of races and kills, which need the processor and no punctual speech.
 * Time-outs are for what hangs: a busy machine is no failure.
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['packages/**/*.test.ts', 'tools/**/*.test.ts', 'scripts/**/*.test.ts'],
          exclude: [...slower, media],
          isolate: false,
          maxWorkers: 2,
          ...patience,
        },
      },
      {
        test: {
          name: 'media',
          include: [media],
          exclude: slower,
          maxWorkers: 2,
          ...patience,
        },
      },
      {
        test: {
          name: 'system',
          include: ['tests/**/*.test.ts', 'packages/**/*.system.test.ts'],
          exclude: ['**/node_modules/**', '**/*.endurance.test.ts'],
          maxWorkers: 2,
          ...patience,
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
