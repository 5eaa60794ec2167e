import { SessionState } from '@cordboard/contract';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { AgentApplication } from './testing/application.ts';
import { type House, musicHertz, openHouse } from './testing/house.ts';

let house: House;
beforeEach(async () => {
  house = await openHouse();
  await house.start();
});
afterEach(() => house.close());

const patience = { timeout: 15_000, interval: 20 };
const heard = 0.1;
const stateOf = (application: AgentApplication) => application.calls().at(-1)?.State;

/** A caller talks with agent 1: he sends 600 Hz and hears 900 Hz. */
async function talk() {
  const agentPhone = await house.phone('1001', { tone: 900 });
  const callerPhone = await house.phone('2001', { tone: 600 });
  const application = await house.application('agent1');
  expect(await application.request('setReadyStatus', { status: true })).toEqual({ ok: true, value: true });
  const caller = await callerPhone.call('700');
  await expect.poll(() => stateOf(application), patience).toBe(SessionState.Offered);
  const call = application.calls().at(-1);
  expect(await application.request('answerCall', { callId: call?.ID })).toEqual({ ok: true, value: true });
  await expect.poll(() => stateOf(application), patience).toBe(SessionState.Connected);
  const agent = await agentPhone.nextCall();
  await agent.waitFor('up');
  await expect.poll(() => caller.level(900), patience).toBeGreaterThan(heard);
  await expect.poll(() => agent.level(600), patience).toBeGreaterThan(heard);
  return { agentPhone, agent, callerPhone, caller, application, callId: call?.ID ?? 0 };
}

test('SIT-40 a caller waits with music, is offered, answered through the interface, talks and hangs up', async () => {
  const callerPhone = await house.phone('2001');
  const waiting = await callerPhone.call('700');
  await waiting.waitFor('up');
  await expect.poll(() => waiting.level(musicHertz), patience).toBeGreaterThan(heard);
  waiting.hangUp();
  const { caller, agent, application } = await talk();
  caller.hangUp();
  await agent.waitFor('ended');
  await expect.poll(() => stateOf(application), patience).toBe(SessionState.Idle);
  const numbers = application.items.map(each => each.seq);
  expect(numbers).toEqual(numbers.map((_, index) => index + (numbers[0] ?? 0)));
});

test('SIT-41 kill -9 of the server leaves the call talking, and the server that comes back goes on with it', async () => {
  const { caller, agent, application, callId } = await talk();
  const before = application.items.length;
  const instance = await house.switchProcess();
  await house.killServer();
  expect(await caller.level(900)).toBeGreaterThan(heard);
  expect(await agent.level(600)).toBeGreaterThan(heard);
  await house.start();
  expect(await house.switchProcess()).toBe(instance);
  await expect.poll(() => application.attaches.length, patience).toBe(2);
  expect(application.attaches[1]?.resumed).toBe(true);
  expect(await application.request('hangupCall', { callId })).toEqual({ ok: true, value: true });
  await caller.waitFor('ended');
  await agent.waitFor('ended');
  await expect.poll(() => stateOf(application), patience).toBe(SessionState.Idle);
  const numbers = application.items.slice(before - 1).map(each => each.seq);
  expect(numbers).toEqual(numbers.map((_, index) => index + (numbers[0] ?? 0)));
});

test('SIT-42 a call that ended while no server was there ends at its true time; who waited still waits, with music', async () => {
  const { caller, application } = await talk();
  const secondPhone = await house.phone('2002');
  const second = await secondPhone.call('700');
  await second.waitFor('up');
  await expect.poll(() => second.level(musicHertz), patience).toBeGreaterThan(heard);
  await house.killServer();
  const hungUp = Date.now();
  caller.hangUp();
  await new Promise(resolve => setTimeout(resolve, 2000));
  expect(await second.level(musicHertz)).toBeGreaterThan(heard);
  await house.start();
  const ended = () => application.calls().find(each => each.State === SessionState.Idle);
  await expect.poll(() => ended()?.EndTime, patience).toBeTruthy();
  expect(Math.abs(Date.parse(ended()?.EndTime ?? '') - hungUp)).toBeLessThan(1000);
  // the agent is free, so the one who waited is offered
  await expect.poll(() => stateOf(application), patience).toBe(SessionState.Offered);
  expect(second.state).toBe('up');
});

test('SIT-43 kill -9 of the switch ends its calls in the journal, and a new one is started', async () => {
  const { application, callId, agentPhone, callerPhone } = await talk();
  const old = await house.switchProcess();
  await house.killSwitch();
  await expect
    .poll(() => application.calls().find(each => each.ID === callId)?.State, patience)
    .toBe(SessionState.Idle);
  await expect.poll(() => house.switchProcess(), patience).not.toBe(old);
  await expect.poll(() => agentPhone.register(), patience).toBe(200);
  expect(await callerPhone.register()).toBe(200);
  await expect.poll(async () => (await fetch(`${house.url}/health`)).status, patience).toBe(200);
  await application.request('setReadyStatus', { status: true });
  await callerPhone.call('700');
  await expect.poll(() => stateOf(application), patience).toBe(SessionState.Offered);
});

test('SIT-44 kill -9 of the database leaves the call talking; requests are answered when it is back, and nothing is lost', async () => {
  const { application, callId, caller, agent } = await talk();
  const before = application.items.length;
  await house.killDatabase();
  expect(await agent.level(600)).toBeGreaterThan(heard);
  await expect
    .poll(async () => {
      const answer = await application.request('setPrivateData', { callId, data: 'kept' });
      return answer.ok;
    }, patience)
    .toBe(true);
  await expect.poll(() => application.calls().at(-1)?.PrivateData, patience).toBe('kept');
  expect(application.attaches.length).toBe(1);
  caller.hangUp();
  await expect.poll(() => stateOf(application), patience).toBe(SessionState.Idle);
  const numbers = application.items.slice(before - 1).map(each => each.seq);
  expect(numbers).toEqual(numbers.map((_, index) => index + (numbers[0] ?? 0)));
});

test('SIT-45 SIGTERM leaves the switch and its calls to the next server', async () => {
  const { application } = await talk();
  const old = await house.switchProcess();
  await house.stop();
  await house.start();
  expect(await house.switchProcess()).toBe(old);
  await expect.poll(() => application.attaches.length, patience).toBe(2);
  expect(stateOf(application)).toBe(SessionState.Connected);
});

test('SIT-46 SIGHUP takes a changed configuration; one with a fault changes nothing', async () => {
  await expect(house.application('agent3')).rejects.toThrow('wrongCredentials');
  await house.reload(text => text.replaceAll('agent2', 'agent3'));
  await expect
    .poll(
      () =>
        house.application('agent3').then(
          () => true,
          () => false,
        ),
      patience,
    )
    .toBe(true);
  const lines = house.log().length;
  await house.reload(text => text.replace('Sales agents', '').replace('numbers', 'nmbers'));
  await expect
    .poll(
      () =>
        house
          .log()
          .slice(lines)
          .some(each => each.includes('not changed')),
      patience,
    )
    .toBe(true);
  await house.application('agent1');
});
