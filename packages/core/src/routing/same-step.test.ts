import { SessionState } from '@cordboard/contract';
import { expect, test } from 'vitest';
import { createDispatchSite } from '../testing/dispatch-site.ts';
import { createDriver } from '../testing/driver.ts';

test('SYS-10 a call that returns to its queue when an agent becomes free goes to the one who has been idle longer', () => {
  // one of 30 s clerical state against one of 20 s ringing
  const driver = createDriver({ agents: 3 });
  for (const agentId of [1, 2, 3]) driver.logOn(agentId);
  driver.ready(1);
  const first = driver.arrive(1);
  driver.answered(driver.lastLeg());
  driver.cleared(first);
  driver.ready(2);
  driver.pass(10_000);
  // clerical of 1 and the ringing at 2 are over in the same moment; 3 has been idle since logon
  driver.arrive(1);
  expect(driver.calls(2).at(-1)?.State).toBe(SessionState.Offered);
  driver.ready(3);
  driver.pass(20_000);
  expect(driver.calls(3).at(-1)?.State).toBe(SessionState.Offered);
  expect(driver.calls(1).at(-1)?.State).toBe(SessionState.Idle);
});

test('SYS-09 of two calls that return to their queue in one step the one that waits longer is served first', () => {
  const site = createDispatchSite();
  const { driver } = site;
  for (const agentId of [1, 2]) site.picks(agentId);
  for (const number of ['0441', '0442']) driver.arrive(1, number);
  const [earlier = 0, later = 0] = site.waiting();
  // agent 1 picks the later one first, so that it is the first that he loses
  for (const id of [later, earlier]) {
    site.ask(1, { method: 'retrieveDispatchVoiceCall', arguments: { callId: id } });
    driver.answered(driver.lastLeg());
  }
  driver.ready(2);
  driver.send({ type: 'clientLost', agentId: 1, client: 'client-1' });
  driver.pass(60_000);
  expect(driver.calls(2).at(-1)).toMatchObject({ State: SessionState.Offered, PhoneNumber: '0441' });
});
