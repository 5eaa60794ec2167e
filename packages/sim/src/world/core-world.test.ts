import { expect, test } from 'vitest';
import { seedOfRun } from '../random/seed-of-run.ts';
import { coreWorldSuite, runCoreWorld } from './core-world.suite.ts';
import { rough } from './troubles.ts';

coreWorldSuite(2_000);

test('SYS-17 the same seed gives the same run', () => {
  const seed = seedOfRun();
  const totals = () => runCoreWorld(seed, rough, 1_000).totals();
  expect(totals()).toEqual(totals());
});
