import { expect, test } from 'vitest';
import { seedOfRun } from '../random/seed-of-run.ts';
import { createCoreWorld, type Totals } from './core-world.ts';
import { badCallManager, badNetwork, badSite, calm, rough, type Troubles } from './troubles.ts';

/** What the core promises is checked after each step; the first that is wrong is thrown, with the seed. */
const run = (seed: string, troubles: Troubles, items: number): Totals => {
  const world = createCoreWorld({
    seed,
    size: { agents: 12, serviceGroups: 5, groupsPerAgent: 3 },
    callers: { betweenCalls: 6_000, patience: 90_000, talk: 40_000, wrongNumber: 0.02 },
    agentPace: 4_000,
    troubles,
  });
  world.run(items);
  world.close();
  return world.totals();
};

const weathers = {
  calm,
  'bad network': badNetwork,
  'bad site': badSite,
  'bad call manager': badCallManager,
  rough,
};

for (const [weather, troubles] of Object.entries(weathers)) {
  test(`SYS-00 a site's core keeps its promises for ten thousand events, ${weather}`, () => {
    const totals = run(seedOfRun(), troubles, 10_000);
    expect(totals.items).toBeGreaterThanOrEqual(10_000);
    expect(totals.calls).toBeGreaterThan(100);
  }, 60_000);
}

test('SYS-17 the same seed gives the same run', () => {
  const seed = seedOfRun();
  expect(run(seed, rough, 3_000)).toEqual(run(seed, rough, 3_000));
});
