import { expect, test } from 'vitest';
import { createDispatchSite, type DispatchSite } from '../testing/dispatch-site.ts';

const accepted = { ok: true, value: true };
const refused = (reason: string) => ({ ok: false, refusal: { reason } });

const watch = (
  site: DispatchSite,
  agentId: number,
  serviceGroupId: number,
  serviceGroupName = '',
  on = true,
) =>
  site.ask(agentId, {
    method: 'subscribeRealTimeInformation',
    arguments: { serviceGroupId, serviceGroupName, subscribe: on },
  });

/** What an agent has been told: group and number of calls, with the second in which he was. */
const told = (site: DispatchSite, agentId: number) =>
  site.driver.published.flatMap(({ agentId: to, item }) =>
    to === agentId && item.event === 'OnRealTimeInformationUpdate'
      ? [[item.values[0].ServiceGroupName, item.values[0].CallsInQueue]]
      : [],
  );

const watching = () => {
  const site = createDispatchSite({ groups: 2 });
  site.driver.logOn(1);
  expect(watch(site, 1, 1)).toEqual(accepted);
  return site;
};

test('RTI-01 who subscribes is told the number of waiting calls at once, and again on each change', () => {
  const site = createDispatchSite({ groups: 2 });
  site.driver.arrive(1);
  site.driver.logOn(1);
  watch(site, 1, 1);
  expect(told(site, 1)).toEqual([['Group 1', 1]]);
  site.driver.pass(1_000);
  const caller = site.driver.arrive(1);
  site.driver.arrive(2);
  expect(told(site, 1).at(-1)).toEqual(['Group 1', 2]);
  site.driver.pass(1_000);
  site.driver.cleared(caller);
  expect(told(site, 1)).toHaveLength(3);
});

test('RTI-02 a group is told of at most once a second, and the last number always arrives', () => {
  const site = watching();
  site.driver.pass(5_000);
  for (let calls = 0; calls < 10; calls += 1) site.driver.arrive(1);
  expect(told(site, 1)).toEqual([
    ['Group 1', 0],
    ['Group 1', 1],
  ]);
  site.driver.pass(999);
  expect(told(site, 1)).toHaveLength(2);
  site.driver.pass(1);
  expect(told(site, 1).at(-1)).toEqual(['Group 1', 10]);
  site.driver.pass(60_000);
  expect(told(site, 1)).toHaveLength(3);
});

test('RTI-03 a number that is the same again after a second is not told again', () => {
  const site = watching();
  const caller = site.driver.arrive(1);
  site.driver.cleared(caller);
  site.driver.pass(2_000);
  expect(told(site, 1)).toEqual([['Group 1', 0]]);
});

test('RTI-04 the name wins over the id, whatever its case; an unknown group is refused', () => {
  const site = watching();
  expect(watch(site, 1, 1, ' group 2 ')).toEqual(accepted);
  expect(told(site, 1).at(-1)).toEqual(['Group 2', 0]);
  expect(watch(site, 1, 1, 'Nowhere')).toEqual(refused('unknownServiceGroup'));
  expect(watch(site, 1, 9)).toEqual(refused('unknownServiceGroup'));
});

test('RTI-05 unsubscribing and logging off end it; each agent’s subscriptions are his own', () => {
  const site = watching();
  site.driver.logOn(2);
  watch(site, 2, 1);
  watch(site, 1, 1, '', false);
  site.driver.pass(1_000);
  site.driver.arrive(1);
  expect([told(site, 1).length, told(site, 2).length]).toEqual([1, 2]);
  site.driver.send({ type: 'logOff', agentId: 2 });
  site.driver.logOn(2);
  site.driver.pass(1_000);
  site.driver.arrive(1);
  expect(told(site, 2)).toHaveLength(2);
});

test('RTI-06 groups of other tenants, and users without the privilege, are refused', () => {
  const site = createDispatchSite({ groups: 2, group: id => ({ tenantId: id }) });
  site.driver.logOn(1);
  expect(watch(site, 1, 2)).toEqual(refused('unknownServiceGroup'));
  const plain = createDispatchSite({ agent: () => ({ privileges: [] }) });
  plain.driver.logOn(1);
  expect(watch(plain, 1, 1)).toEqual(refused('missingPrivilege'));
});

test('RTI-07 calls that are reserved or only to be picked are counted', () => {
  const site = createDispatchSite({ group: () => ({ dispatch: 'pick' }) });
  site.picks(1);
  site.driver.arrive(1);
  site.reserve(1, 'Voice', site.waiting()[0] ?? 0);
  watch(site, 1, 1);
  expect(told(site, 1)).toEqual([['Group 1', 1]]);
});

test('what is due to be told is told after a restart, too', () => {
  const site = watching();
  site.driver.arrive(1);
  const again = site.driver.fork();
  again.pass(1_000);
  const last = again.published.at(-1)?.item;
  expect(last).toMatchObject({ event: 'OnRealTimeInformationUpdate', values: [{ CallsInQueue: 1 }] });
});

test('RTI-08 others who subscribe put off nothing', () => {
  const site = watching();
  for (const agentId of [2, 3]) site.driver.logOn(agentId);
  site.driver.arrive(1);
  for (const agentId of [2, 3]) {
    site.driver.pass(600);
    watch(site, agentId, 1);
  }
  expect(told(site, 1)).toEqual([
    ['Group 1', 0],
    ['Group 1', 1],
  ]);
});
