import { SessionState } from '@cordboard/contract';
import type { TestPhone } from '@cordboard/switch/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { AgentApplication } from './testing/application.ts';
import { type House, openHouse } from './testing/house.ts';

const sleep = (milliseconds: number) => new Promise<void>(resolve => setTimeout(resolve, milliseconds));
const patience = { timeout: 20_000, interval: 50 };

/** Answers what is offered, hangs up now and then, and wants to be Ready; whatever breaks meanwhile. */
async function work(application: AgentApplication, over: () => boolean): Promise<void> {
  while (!over()) {
    const callIn = (state: SessionState) => application.calls().find(each => each.State === state)?.ID;
    const [offered, connected] = [callIn(SessionState.Offered), callIn(SessionState.Connected)];
    // the application is not connected while there is no server
    const ask = (method: string, parameters: object) =>
      application.request(method, parameters).catch(() => null);
    if (offered !== undefined) await ask('answerCall', { callId: offered });
    else if (connected === undefined) await ask('setReadyStatus', { status: true });
    else if (Math.random() < 0.1) await ask('hangupCall', { callId: connected });
    await sleep(50 + Math.random() * 50);
  }
}

async function callAgainAndAgain(phone: TestPhone, over: () => boolean): Promise<void> {
  while (!over()) {
    const call = await phone.call('700');
    const until = Date.now() + 500 + Math.random() * 2500;
    while (Date.now() < until && call.state !== 'ended') await sleep(20);
    if (call.state !== 'ended') call.hangUp();
    await sleep(100);
  }
}

const troubles: ((house: House, phones: TestPhone[]) => Promise<void>)[] = [
  async house => {
    await house.killServer();
    await house.start();
  },
  house => house.killDatabase(),
  async house => {
    await house.killDatabase();
    await house.killServer();
    await house.start();
  },
  async (house, phones) => {
    await house.killSwitch();
    // a phone finds out at its next registration
    for (const phone of phones) await expect.poll(() => phone.register(), patience).toBe(200);
  },
  async house => {
    await house.killServer();
    await house.killSwitch();
    await house.start();
  },
];

let house: House;
let done = false;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(async () => {
  done = true;
  await house.close();
});

test('SIT-47 whatever is killed under load: no item of a stream is lost, doubled or out of order, and nothing is left over', {
  timeout: 120_000,
}, async () => {
  await house.start();
  const agents = [await house.phone('1001'), await house.phone('1002')];
  const callers = [await house.phone('2001'), await house.phone('2002')];
  const applications = [await house.application('agent1'), await house.application('agent2')];
  const all = [
    ...applications.map(each => work(each, () => done)),
    ...callers.map(each => callAgainAndAgain(each, () => done)),
  ];
  for (const trouble of troubles) {
    await sleep(1000 + Math.random() * 1500);
    await trouble(house, [...agents, ...callers]);
  }
  for (const phone of [...agents, ...callers]) await expect.poll(() => phone.register(), patience).toBe(200);
  const before = applications.map(each => each.items.length);
  await expect
    .poll(() => applications.every((each, index) => each.items.length > (before[index] ?? 0)), patience)
    .toBe(true);
  done = true;
  await Promise.all(all);

  for (const { items, attaches } of applications) {
    const first = items[0]?.seq ?? 0;
    expect(items.map(each => each.seq)).toEqual(items.map((_, index) => first + index));
    expect(attaches.slice(1).every(each => each.resumed)).toBe(true);
  }
  for (const { calls } of applications) {
    for (const call of calls().filter(each => each.State !== SessionState.Idle)) {
      await expect
        .poll(() => calls().find(each => each.ID === call.ID)?.State, patience)
        .toBe(SessionState.Idle);
    }
  }
  await expect
    .poll(async () => {
      const text = await (await fetch(`${house.url}/metrics`)).text();
      return text.split('\n').filter(each => /figure="currentLegs"|^cordboard_calls_in_queue/.test(each));
    }, patience)
    .toEqual(['cordboard_calls_in_queue{group="Sales"} 0', 'cordboard_call_manager{figure="currentLegs"} 0']);
});
