import { type AgentSnapshot, UpdateType } from '@cordboard/contract';
import { expect, test } from 'vitest';
import { openDesk } from '../testing/desk.ts';
import { exampleSnapshot, exampleWaitingCall } from '../testing/index.ts';

const many = 10_000;

const waiting = (from: number, count: number): AgentSnapshot =>
  exampleSnapshot({
    dispatch: {
      personalCalls: [],
      commonHoldCalls: [],
      voiceCalls: Array.from({ length: count }, (_, index) => exampleWaitingCall({ ID: from + index })),
    },
  });

const idsOf = (snapshot: AgentSnapshot) => snapshot.dispatch.voiceCalls.map(each => each.ID);
const ids = (from: number, count: number) => Array.from({ length: count }, (_, index) => from + index);

test('APP-09 10,000 waiting items come whole to an application that attaches anew, and to its programs', async () => {
  await using desk = await openDesk();
  const client = await desk.connected();
  const heard: [number, UpdateType][] = [];
  const whole: number[][] = [];
  client.on('resynchronized', snapshot => whole.push(idsOf(snapshot)));
  client.on('OnDispatchVoiceCallEvent', (call, update) => heard.push([call.ID, update]));
  desk.gateway.setSnapshot(waiting(1, many));
  desk.gateway.breakConnections();
  await expect.poll(() => heard.length, { timeout: 20_000 }).toBe(many);
  expect(heard.map(([id]) => id)).toEqual(ids(1, many));
  expect(heard.every(([, update]) => update === UpdateType.Add)).toBe(true);
  expect(whole).toEqual([ids(1, many)]);
  expect(desk.gateway.attachments).toBe(2);
});

test('APP-09 a connection that breaks among the parts of a snapshot is made again, and the whole comes', async () => {
  await using desk = await openDesk();
  const client = await desk.connected();
  const whole: number[][] = [];
  client.on('resynchronized', snapshot => whole.push(idsOf(snapshot)));
  desk.gateway.setSnapshot(waiting(1, 5_000));
  desk.gateway.breakInParts(2);
  desk.gateway.breakConnections();
  await expect.poll(() => whole, { timeout: 20_000 }).toEqual([ids(1, 5_000)]);
  expect(desk.gateway.attachments).toBe(3);
});

test.each([
  ['a part of no snapshot', { part: 1, dispatch: waiting(1, 1).dispatch }],
  ['a part of the wrong type', { part: 'one', dispatch: null }],
])('APP-09 %s ends the connection, and nothing is lost', async (_name, part) => {
  await using desk = await openDesk();
  const before = desk.gateway.attachments;
  desk.gateway.sendRaw('snapshotPart', part);
  await expect.poll(() => desk.gateway.attachments).toBe(before + 1);
  expect(desk.application.state.type).toBe('attached');
});

test('CLI-17 a program that comes back too late to hear what it missed gets 10,000 waiting items whole', async () => {
  await using desk = await openDesk();
  desk.gateway.setSnapshot(waiting(1, many));
  desk.gateway.breakConnections();
  await expect.poll(() => desk.gateway.attachments).toBe(2);
  const client = await desk.connected();
  const whole: number[][] = [];
  client.on('resynchronized', snapshot => whole.push(idsOf(snapshot)));
  desk.breakClients();
  desk.gateway.setSnapshot(waiting(20_001, many));
  desk.gateway.breakConnections();
  await expect.poll(() => whole.at(-1), { timeout: 20_000 }).toEqual(ids(20_001, many));
});
