import { deskClockMethods } from '@cordboard/contract';
import { createManualClock } from '@cordboard/contract/testing';
import { expect, test } from 'vitest';
import { deskPeer, openDesk } from '../../testing/index.ts';
import { clockRoutes } from './clock-routes.ts';

test('WIN-225 a window is told the time of the server, whatever the clock of the desk says; before it was measured, that it is not known', () => {
  let offset: number | null = null;
  const clock = createManualClock(1_000_000);
  const route = clockRoutes(clock, () => offset).get(deskClockMethods.getServerTime);
  const ask = () => route?.run({} as never, { id: 1, method: deskClockMethods.getServerTime });
  expect(ask()).toEqual({ ok: true, value: { now: null } });
  offset = -30_000;
  expect(ask()).toEqual({ ok: true, value: { now: 970_000 } });
});

test('WIN-225 the application knows it once it is attached', async () => {
  await using desk = await openDesk();
  const peer = deskPeer(desk);
  const now = async () => {
    const answer = await peer.request(deskClockMethods.getServerTime, {});
    return answer.ok ? (answer.value as { now: number | null }).now : null;
  };
  await expect.poll(now).toBeTypeOf('number');
});
