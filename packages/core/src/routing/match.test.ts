import { expect, test } from 'vitest';
import { createDriver, type Driver } from '../testing/driver.ts';

const ready = (site: Driver, ...agents: number[]) => {
  for (const agentId of agents) {
    site.logOn(agentId);
    site.ready(agentId);
  }
};
const offeredTo = (site: Driver, agents: number) =>
  Array.from({ length: agents }, (_, index) => index + 1).filter(
    agentId => site.calls(agentId).at(-1)?.State === 3,
  );
/** Numbers of the callers in the order in which they reach agent 1. */
const order = (site: Driver, callers: number): string[] =>
  Array.from({ length: callers }, () => {
    const offered = site.calls(1).at(-1);
    site.answered(site.lastLeg());
    site.request(1, { method: 'hangupActiveCall', arguments: {} });
    return offered?.PhoneNumber ?? '';
  });

test('RTE-01 with an agent free, a caller is answered and the phone rings in the same step', () => {
  const site = createDriver();
  ready(site, 1);
  const from = site.commands.length;
  site.arrive(1);
  expect(site.commands.slice(from)).toEqual([
    {
      type: 'originate',
      leg: 'l1',
      to: { extension: '1001' },
      callerNumber: '0441234',
      callerName: 'Customer',
      answering: 'talk',
      ringSeconds: 30,
      media: { type: 'none' },
    },
    {
      type: 'answer',
      leg: 'caller-1',
      media: {
        type: 'play',
        sounds: [
          { type: 'file', name: 'greeting' },
          { type: 'music', name: 'default' },
        ],
      },
    },
  ]);
});

test('RTE-02 the agent who has been idle longest is offered the call', () => {
  const site = createDriver({ agents: 3, group: () => ({ clericalSeconds: 0 }) });
  ready(site, 2, 3, 1);
  site.arrive(1);
  expect(offeredTo(site, 3)).toEqual([2]);
  site.answered(site.lastLeg());
  site.request(2, { method: 'hangupActiveCall', arguments: {} });
  site.arrive(1);
  site.arrive(1);
  site.arrive(1);
  const offers = site.commands.flatMap(each =>
    each.type === 'originate' && 'extension' in each.to ? [each.to.extension] : [],
  );
  expect(offers).toEqual(['1002', '1003', '1001', '1002']);
});

test('RTE-03 going Not Ready and back keeps the place in the order of idle agents', () => {
  const site = createDriver();
  ready(site, 1, 2);
  site.request(1, { method: 'setReadyStatus', arguments: { status: false } });
  site.ready(1);
  site.arrive(1);
  expect(offeredTo(site, 2)).toEqual([1]);
});

test('RTE-04 the best skill comes before the longest idle, and who lacks it comes last', () => {
  const skills: Record<number, Record<string, number>> = { 1: {}, 2: { french: 3 }, 3: { french: 1 } };
  const site = createDriver({
    agents: 3,
    agent: id => ({ skills: skills[id] ?? {} }),
    group: () => ({ skill: 'french' }),
  });
  ready(site, 1, 2, 3);
  site.arrive(1);
  expect(offeredTo(site, 3)).toEqual([3]);
  site.arrive(1);
  expect(offeredTo(site, 3)).toEqual([2, 3]);
});

test('RTE-05 who becomes free gets the highest priority of all his groups, then the longest waiting', () => {
  const site = createDriver({
    groups: 3,
    group: id => ({ priority: id === 2 ? 1 : 5, clericalSeconds: 0 }),
  });
  site.arrive(1, 'first');
  site.pass(1000);
  site.arrive(3, 'second');
  site.pass(1000);
  site.arrive(2, 'urgent');
  site.arrive(1, 'last');
  ready(site, 1);
  expect(order(site, 4)).toEqual(['urgent', 'first', 'second', 'last']);
});

test('RTE-06 an agent gets calls only of the groups that his agent groups serve', () => {
  const site = createDriver({
    groups: 2,
    agent: id => ({ agentGroups: [id] }),
    group: id => ({ agentGroups: [id] }),
  });
  ready(site, 1, 2);
  site.arrive(2);
  site.arrive(2);
  expect(offeredTo(site, 2)).toEqual([2]);
  expect(site.state.queues.waiting.size).toBe(1);
});

test('RTE-07 the seconds that a call waited are told with it', () => {
  const site = createDriver();
  site.arrive(1);
  site.pass(12_345);
  ready(site, 1);
  expect(site.calls(1).at(-1)?.CallInfo).toMatchObject({ GroupName: 'Group 1', QueueDuration: 12 });
});

test('RTE-08 a caller who hangs up while he waits leaves the queue', () => {
  const site = createDriver();
  site.cleared(site.arrive(1));
  ready(site, 1);
  expect(site.calls(1)).toEqual([]);
  expect(site.state.calls.size).toBe(0);
});

test('RTE-09 the place in the queue becomes the session: it keeps its id', () => {
  const site = createDriver();
  site.arrive(1);
  const stage = [...site.state.calls.values()][0]?.service?.stage;
  ready(site, 1);
  expect(stage).toEqual({ type: 'waiting', itemId: site.calls(1)[0]?.ID });
});

test('RTE-10 who has had the greeting hears only music when he waits again', () => {
  const site = createDriver();
  const { caller } = site.talk(1);
  site.send({ type: 'clientLost', agentId: 1, client: 'client-1' });
  site.pass(60_000);
  expect(site.commands.findLast(each => each.type === 'setMedia')).toEqual({
    type: 'setMedia',
    leg: caller,
    media: { type: 'play', sounds: [{ type: 'music', name: 'default' }] },
  });
});
