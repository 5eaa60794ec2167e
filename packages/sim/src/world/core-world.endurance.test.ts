import { expect, test } from 'vitest';
import { everything } from '../invariants/everything.ts';
import { seedOfRun } from '../random/seed-of-run.ts';
import { coreWorldSuite, runCoreWorld } from './core-world.suite.ts';
import type { CoreWorld } from './core-world.ts';
import { changingHouse, rough } from './troubles.ts';

/** over all weathers */
const met = new Map<string, number>();

const note = (world: CoreWorld) => {
  for (const [name, times] of world.met) met.set(name, (met.get(name) ?? 0) + times);
};

coreWorldSuite(10_000, note);

/** What seldom comes about does so in one run or another; what never does, nothing is known of. */
const furtherRuns = 12;

test('SIM-60 everything that a site can be told, asked and made to do is met in the simulation', () => {
  const missing = () => everything.filter(each => !met.has(each));
  for (let further = 1; further <= furtherRuns && missing().length > 0; further += 1)
    note(runCoreWorld(`${seedOfRun()}-${further}`, further % 2 === 0 ? rough : changingHouse, 5_000));
  expect(missing()).toEqual([]);
});
