import { expect, test } from 'vitest';
import { seedOfRun } from '../random/seed-of-run.ts';
import { type CoreWorld, createCoreWorld } from './core-world.ts';
import {
  badCallManager,
  badNetwork,
  badSite,
  calm,
  changingHouse,
  rough,
  type Troubles,
} from './troubles.ts';

/** What the core promises is checked after each step; the first that is wrong is thrown, with the seed. */
export const runCoreWorld = (seed: string, troubles: Troubles, items: number): CoreWorld => {
  const world = createCoreWorld({
    seed,
    size: { agents: 12, serviceGroups: 5, groupsPerAgent: 3 },
    callers: { betweenCalls: 6_000, patience: 90_000, talk: 40_000, wrongNumber: 0.02 },
    agentPace: 4_000,
    troubles,
  });
  world.run(items);
  world.close();
  return world;
};

const weathers = {
  calm,
  'bad network': badNetwork,
  'bad site': badSite,
  'bad call manager': badCallManager,
  'changing house': changingHouse,
  rough,
};

/** A site's core among people and troubles of each kind, for so many events. */
export const coreWorldSuite = (items: number, onEnd: (world: CoreWorld) => void = () => {}): void => {
  for (const [weather, troubles] of Object.entries(weathers))
    test(`SYS-00 a site's core keeps its promises for ${items} events, ${weather}`, () => {
      const world = runCoreWorld(seedOfRun(), troubles, items);
      onEnd(world);
      expect(world.totals().items).toBeGreaterThanOrEqual(items);
      expect(world.totals().calls).toBeGreaterThan(items / 100);
    });
};
