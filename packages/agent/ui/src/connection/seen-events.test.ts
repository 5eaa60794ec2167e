import { accepted, createLinkedPair, deskSettingsMethods, printMessage } from '@cordboard/contract';
import { expect, test } from 'vitest';
import { createSeenEvents } from './seen-events.ts';

const event = (method: string, at?: number) =>
  printMessage({
    type: 'notification',
    method,
    parameters: { seq: 1, values: [{ PrivateData: '"at":9}}' }], ...(at !== undefined && { at }) },
  });

test('WIN-89 the window tells when it had handled what the site made, where that is logged; nothing of what the events hold', async () => {
  let time = 5_000;
  let wanted = true;
  const asked: [string, object][] = [];
  const seen = createSeenEvents({
    async read(method, parameters) {
      asked.push([method, parameters]);
      return accepted({ now: 105_000 });
    },
    isWanted: () => wanted,
    now: () => time,
  });
  const [here, there] = createLinkedPair();
  const handled: string[] = [];
  seen.watch(here).onMessage(message => {
    handled.push(message);
    time += 10;
  });
  there.send(event('OnCallEvent', 104_990));
  there.send(event('OnUserLogin'));
  await expect.poll(() => handled.length).toBe(2);
  await seen.report();
  wanted = false;
  there.send(event('OnCallEvent', 104_999));
  await expect.poll(() => handled.length).toBe(3);
  await seen.report();
  expect(asked.map(([method]) => method)).toEqual([
    deskSettingsMethods.getConnection,
    deskSettingsMethods.seen,
  ]);
  expect(asked[1]?.[1]).toEqual({
    seen: [{ page: 'window', event: 'OnCallEvent', at: 104_990, handledAt: 5_010 }],
    pageOffset: 105_000 - 5_020,
  });
});
