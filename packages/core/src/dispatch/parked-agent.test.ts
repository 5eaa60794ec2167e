import { expect, test } from 'vitest';
import { agentSnapshot } from '../stream/agent-snapshot.ts';
import { createDriver } from '../testing/driver.ts';

test('SYS-14 the agent who served a colleague sees whose call it is when that one parks him', () => {
  const site = createDriver({
    agents: 2,
    agent: () => ({ privileges: ['makeCalls', 'dispatchCommonHold'] }),
  });
  site.logOn(1);
  site.logOn(2);
  site.ready(2);
  site.request(1, { method: 'makeCall', arguments: { number: '501' } });
  site.answered(site.lastLeg());
  site.answered(site.lastLeg());
  const [mine, theirs] = [1, 2].map(agentId => site.calls(agentId).at(-1)?.ID ?? 0);
  const parked = site.request(1, { method: 'parkCall', arguments: { callId: mine ?? 0 } });
  expect(parked).toEqual({ ok: true, value: true });
  const told = site.calls(2).findLast(each => each.ID === theirs);
  expect(agentSnapshot(site.state, 2)?.calls).toEqual([told]);
});
