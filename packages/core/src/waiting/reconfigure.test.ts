import { expect, test } from 'vitest';
import { type SiteOptions, testConfiguration } from '../testing/configuration.ts';
import { createDriver } from '../testing/driver.ts';
import { invariantFaults } from '../testing/invariants.ts';

const center = (helpers: number[]): SiteOptions => ({
  agents: 2,
  agent: id => ({ agentGroups: [id] }),
  group: () => ({
    agentGroups: [1],
    waiting: {
      announceSeconds: 0,
      announcePosition: false,
      announceWaitingTime: false,
      overflow: { seconds: 60, waitingCalls: 0, group: 0, number: '', agentGroups: helpers },
      callback: null,
    },
  }),
});

test('IVR-78 who was widened to other agents is served by those of his group when the overflow is configured away', () => {
  const site = createDriver(center([2]));
  site.arrive(1);
  site.pass(60_000);
  site.send({ type: 'configure', configuration: testConfiguration(center([])) });
  expect(invariantFaults(site.state)).toEqual([]);
  site.logOn(1);
  site.ready(1);
  expect(site.calls(1).at(-1)).toMatchObject({ State: 3, CallInfo: { GroupName: 'Group 1' } });
});

test('IVR-78 and is widened still when it helps with other agents now', () => {
  const site = createDriver({ ...center([2]), agents: 3 });
  site.arrive(1);
  site.pass(60_000);
  site.send({ type: 'configure', configuration: testConfiguration({ ...center([3]), agents: 3 }) });
  site.logOn(3);
  site.ready(3);
  expect(site.calls(3).at(-1)?.State).toBe(3);
});
