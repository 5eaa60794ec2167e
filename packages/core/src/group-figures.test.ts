import { expect, test } from 'vitest';
import { groupFigures } from './group-figures.ts';
import { createDriver } from './testing/driver.ts';

test('RTE-38 the figures of a group: who waits and how long, who is logged on, free and busy', () => {
  const site = createDriver({ agents: 3 });
  site.talk(1);
  site.logOn(2);
  site.arrive(1);
  site.pass(5000);
  site.arrive(1);
  site.logOn(3);
  expect(groupFigures(site.state, site.now + 2000)).toEqual([
    {
      groupId: 1,
      name: 'Group 1',
      callsInQueue: 2,
      longestWaitSeconds: 7,
      agentsLoggedOn: 3,
      agentsAvailable: 0,
      agentsBusy: 1,
    },
  ]);
});
