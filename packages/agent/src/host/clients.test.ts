import { SessionState } from '@cordboard/contract';
import { expect, test } from 'vitest';
import { exampleCall, openDesk } from '../testing/index.ts';

test('APP-01 a client connects, reads from the replica and hears every event in order', async () => {
  await using desk = await openDesk();
  const client = await desk.connected();
  const heard: number[] = [];
  client.on('OnCallEvent', call => heard.push(call.State));
  for (const State of [SessionState.Offered, SessionState.Connected, SessionState.Idle])
    desk.gateway.publish('OnCallEvent', exampleCall({ State }));
  await expect.poll(() => heard).toEqual([3, 6, 1]);
  expect(await client.getCalls()).toEqual([]);
  expect((await client.getUserInformation()).UserName).toBe('Anna Andersson');
  expect(await client.isRegistered()).toBe(true);
});

test('CLI-01 a request goes to the site and returns true; refused, it returns false and says why', async () => {
  await using desk = await openDesk();
  const client = await desk.connected();
  expect(await client.makeCall('+46 8 1', 'Bertil', true)).toBe(true);
  expect(desk.gateway.received[0]).toMatchObject({
    method: 'makeCall',
    parameters: { number: '+46 8 1', name: 'Bertil', useNumberTranslation: true },
  });
  desk.gateway.respond('answerCall', () => ({ ok: false, refusal: { reason: 'notRinging' } }));
  expect(await client.answerCall(4)).toBe(false);
  expect(client.lastRefusal).toMatchObject({ method: 'answerCall', reason: 'notRinging' });
});

test('CLI-02 after a break the client resumes: no event lost, doubled or out of order', async () => {
  await using desk = await openDesk();
  const client = await desk.connected();
  const heard: number[] = [];
  client.on('OnCallEvent', call => heard.push(call.ID));
  let next = 1;
  const publish = () => desk.gateway.publish('OnCallEvent', exampleCall({ ID: next++ }));
  for (let round = 0; round < 5; round++) {
    publish();
    desk.gateway.breakConnections();
    publish();
    publish();
    await expect.poll(() => desk.gateway.attached).toBe(1);
  }
  await expect.poll(() => heard.length).toBe(15);
  expect(heard).toEqual(Array.from({ length: 15 }, (_, index) => index + 1));
});
