import { createManualClock } from '@cordboard/contract/testing';
import { createDriver } from '@cordboard/core/testing';
import { expect, test } from 'vitest';
import type { PastCallScope } from '../../store/call-history.ts';
import { createDeskReads } from './desk-reads.ts';

const openReads = () => {
  const site = createDriver({
    agents: 2,
    agent: id => ({ privileges: id === 1 ? ['realTimeInformation'] : [] }),
  });
  site.logOn(1);
  site.ready(1);
  site.arrive(1, '+46812345');
  const asked: [number: string, besides: number, scope: PastCallScope][] = [];
  let figures = 0;
  const clock = createManualClock(site.now);
  let loaded = true;
  const reads = createDeskReads({
    state: () => (loaded ? site.state : null),
    clock,
    history: {
      async ofCaller(...of) {
        asked.push(of);
        return [{ startedAt: new Date(0), groupId: 1, agentId: 2, seconds: 61, codes: 'Sold' }];
      },
      async serviceLevels() {
        figures += 1;
        return new Map([[1, 80]]);
      },
    },
  });
  return {
    site,
    reads,
    asked,
    clock,
    figuresMade: () => figures,
    unload() {
      loaded = false;
    },
  };
};

test('WIN-52 an agent is told the earlier calls of whom he has a session with, and of nobody else', async () => {
  const { reads, asked, site } = openReads();
  const callId = site.calls(1)[0]?.ID ?? 0;
  expect(await reads.callerHistory(1, { callId })).toEqual({
    ok: true,
    value: [
      {
        startedAt: '1970-01-01T00:00:00.000Z',
        groupName: 'Group 1',
        agentName: site.state.directory.users.get(2)?.name,
        seconds: 61,
        codes: 'Sold',
      },
    ],
  });
  expect(asked).toEqual([['+46812345', expect.any(Number), { groupIds: [1], agentId: 1 }]]);
  for (const [agentId, id] of [
    [2, callId],
    [1, 4711],
  ] as const)
    expect(await reads.callerHistory(agentId, { callId: id })).toMatchObject({
      refusal: { reason: 'unknownCall' },
    });
  expect(asked).toHaveLength(1);
});

test('WIN-56 figures take the privilege, and are made once for many windows', async () => {
  const { reads, clock, figuresMade } = openReads();
  expect(await reads.queueFigures(2)).toMatchObject({ refusal: { reason: 'missingPrivilege' } });
  expect(figuresMade()).toBe(0);
  const [first, second] = await Promise.all([reads.queueFigures(1), reads.queueFigures(1)]);
  expect(first).toEqual(second);
  expect(first).toMatchObject({ value: [{ id: 1, serviceLevel: 80, busy: 1, waiting: 0 }] });
  expect(figuresMade()).toBe(1);
  clock.advance(2_000);
  await reads.queueFigures(1);
  expect(figuresMade()).toBe(2);
});

test('while the site is loaded nothing is told', async () => {
  const { reads, unload } = openReads();
  unload();
  const refusal = { refusal: { reason: 'connectionLost' } };
  expect(await reads.callerHistory(1, { callId: 1 })).toMatchObject(refusal);
  expect(reads.directory(1, { text: '' })).toMatchObject(refusal);
  expect(await reads.queueFigures(1)).toMatchObject(refusal);
});
