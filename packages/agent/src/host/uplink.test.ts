import {
  type Answer,
  accepted,
  createLinkedPair,
  type LogonRefusal,
  type Transport,
} from '@cordboard/contract';
import { createManualClock, type ManualClock } from '@cordboard/contract/testing';
import { expect, test } from 'vitest';
import { createFakeGateway, exampleCall, exampleSnapshot, type FakeGateway } from '../testing/index.ts';
import type { Login } from './login.ts';
import type { LogonOutcome } from './logon.ts';
import type { PingMeasured } from './ping.ts';
import { createUplink, type UplinkState } from './uplink.ts';

const login: Login = {
  request: { logonId: 'anna', password: 'x' },
  server: new URL('http://127.0.0.1:1'),
  broker: { host: null, port: null },
};

const setUp = (
  gateway: FakeGateway = createFakeGateway(),
  connect: () => Transport = () => gateway.connect(),
) => {
  const clock = createManualClock();
  const states: string[] = [];
  const told: unknown[] = [];
  const pings: PingMeasured[] = [];
  let seq = 0;
  const outcomes: LogonOutcome[] = [];
  const uplink = createUplink({
    logOn: async (server, request) => outcomes.shift() ?? gateway.logOn(server, request),
    connect,
    clock,
    client: 'run',
    random: () => 0,
    onState: (state: UplinkState) =>
      states.push(
        state.type === 'attached' || state.problem === null ? state.type : `${state.type}: ${state.problem}`,
      ),
    onSnapshot(_, at) {
      seq = at;
      told.push('snapshot');
    },
    onItem(item) {
      if (item.seq > seq + 1) return false;
      if (item.seq === seq + 1) {
        seq = item.seq;
        told.push(item.seq);
      }
      return true;
    },
    onPing: measured => pings.push(measured),
  });
  return { pings, gateway, clock, uplink, states, told, outcomes };
};

/** Moves the clock until something holds: what waits for a timer goes on, what waits for a promise does too. */
const until = async (clock: ManualClock, condition: () => boolean): Promise<void> => {
  await expect
    .poll(() => {
      clock.advance(50);
      return condition();
    })
    .toBe(true);
};

test('APP-30 an uplink that broke attaches again after the last item it saw, with growing pauses', async () => {
  const { gateway, clock, uplink, told } = setUp();
  uplink.logOn(login);
  await until(clock, () => uplink.state.type === 'attached');
  gateway.publish('OnCallEvent', exampleCall({ ID: 1 }));
  await expect.poll(() => told).toEqual(['snapshot', 1]);
  gateway.breakConnections();
  gateway.publish('OnCallEvent', exampleCall({ ID: 2 }));
  await until(clock, () => gateway.attachments === 2);
  await expect.poll(() => told).toEqual(['snapshot', 1, 2]);
  expect(gateway.logons).toHaveLength(1);
});

test('APP-31 a token that is refused is replaced by a logon with the credentials, which stay in memory alone', async () => {
  const { gateway, clock, uplink } = setUp();
  uplink.logOn(login);
  await until(clock, () => uplink.state.type === 'attached');
  gateway.expireToken();
  gateway.breakConnections();
  await until(clock, () => gateway.attachments === 2);
  expect(gateway.logons).toHaveLength(2);
});

const refusals: LogonRefusal['reason'][] = [
  'malformed',
  'wrongCredentials',
  'unknownSite',
  'extensionRefused',
  'loggedOnElsewhere',
  'tooManyTries',
];

test.each(refusals)(
  'APP-32 a logon refused as %s is not tried again, and the state says why',
  async reason => {
    const { gateway, clock, uplink, states } = setUp();
    gateway.refuseLogon({ reason, text: '' });
    uplink.logOn(login);
    await until(clock, () => uplink.state.type === 'off');
    clock.advance(60_000);
    expect(states).toEqual(['loggingOn', `off: ${reason}`]);
    expect(gateway.logons).toHaveLength(1);
  },
);

test('a server that cannot be reached, or is not ready, is tried again until it can', async () => {
  const { gateway, clock, uplink, states, outcomes } = setUp();
  outcomes.push(
    { type: 'unreachable', detail: 'refused' },
    { type: 'refused', refusal: { reason: 'notReady', text: '' } },
  );
  uplink.logOn(login);
  await until(clock, () => uplink.state.type === 'attached');
  expect(states).toEqual([
    'loggingOn',
    'loggingOn: the server cannot be reached: refused',
    'loggingOn: notReady',
    'attached',
  ]);
  expect(gateway.logons).toHaveLength(1);
});

test('items that are missing make it attach again from where it was', async () => {
  const { gateway, clock, uplink, told } = setUp();
  uplink.logOn(login);
  await until(clock, () => uplink.state.type === 'attached');
  gateway.sendRaw('item', { seq: 7, event: 'OnUserLogin', values: [] });
  await until(clock, () => gateway.attachments === 2);
  expect(told).toEqual(['snapshot']);
});

const nonsense: [name: string, notification: string, parameters: object][] = [
  ['an item without values', 'item', { seq: 1, event: 'OnCallEvent' }],
  ['an item without a number', 'item', { event: 'OnCallEvent', values: [] }],
  ['a log-off without a reason', 'loggedOff', {}],
];

test.each(nonsense)('%s ends the connection, and it attaches again', async (_, notification, parameters) => {
  const { gateway, clock, uplink } = setUp();
  uplink.logOn(login);
  await until(clock, () => uplink.state.type === 'attached');
  gateway.sendRaw(notification, parameters);
  await until(clock, () => gateway.attachments === 2);
  expect(uplink.state.type).toBe('attached');
});

test('APP-33 logged off by the server: it stays off; a server that shuts down is attached to again', async () => {
  const { gateway, clock, uplink, states } = setUp();
  uplink.logOn(login);
  await until(clock, () => uplink.state.type === 'attached');
  gateway.tellLoggedOff('shutDown');
  gateway.breakConnections();
  await until(clock, () => gateway.attachments === 2);
  gateway.tellLoggedOff('takenOver');
  await until(clock, () => uplink.state.type === 'off');
  expect(states.at(-1)).toBe('off: takenOver');
  clock.advance(60_000);
  expect(gateway.attachments).toBe(2);
});

test('APP-34 a server that falls silent for three heartbeats is given up, and attached to again', async () => {
  const silent: Transport[] = [];
  const gateway = createFakeGateway();
  const { clock, uplink } = setUp(gateway, () => {
    const transport = gateway.connect();
    silent.push(transport);
    return transport;
  });
  uplink.logOn(login);
  await until(clock, () => uplink.state.type === 'attached');
  clock.advance(41_000);
  await until(clock, () => gateway.attachments >= 2);
  expect(silent.length).toBeGreaterThan(1);
});

test('APP-35 a request while the server is away waits for it; past its deadline it is refused as a lost connection', async () => {
  const { gateway, clock, uplink } = setUp();
  uplink.logOn(login);
  await until(clock, () => uplink.state.type === 'attached');
  gateway.breakConnections();
  await expect.poll(() => uplink.state.type).toBe('attaching');
  const request = uplink.request('makeCall', { number: '1' }, 'run:c:1');
  await until(clock, () => gateway.attachments === 2);
  expect(await request).toEqual(accepted(true));

  const dead = setUp(createFakeGateway(), () => createLinkedPair()[0]);
  dead.uplink.logOn(login);
  await expect.poll(() => dead.uplink.state.type).toBe('loggingOn');
  const lost = dead.uplink.request('makeCall', { number: '1' }, 'run:c:1');
  await Promise.resolve();
  dead.clock.advance(8_000);
  expect(await lost).toMatchObject({ refusal: { reason: 'connectionLost' } });
});

test('a request that the site does not answer in time is refused as such', async () => {
  const { gateway, clock, uplink } = setUp();
  uplink.logOn(login);
  await until(clock, () => uplink.state.type === 'attached');
  gateway.respond('makeCall', () => new Promise<Answer>(() => {}));
  const request = uplink.request('makeCall', { number: '1' }, 'run:c:1');
  await expect.poll(() => gateway.received.length).toBe(1);
  clock.advance(8_000);
  expect(await request).toMatchObject({ refusal: { reason: 'deadlineExceeded' } });
});

test('a request with nobody logged on is refused at once', async () => {
  const { uplink } = setUp();
  expect(await uplink.request('makeCall', { number: '1' }, 'run:c:1')).toMatchObject({
    refusal: { reason: 'notLoggedOn' },
  });
});

test('a snapshot whose history is gone is taken whole', async () => {
  const { gateway, clock, uplink, told } = setUp();
  uplink.logOn(login);
  await until(clock, () => uplink.state.type === 'attached');
  gateway.setSnapshot(exampleSnapshot());
  gateway.breakConnections();
  await until(clock, () => gateway.attachments === 2);
  expect(told).toEqual(['snapshot', 'snapshot']);
});

test('WIN-80 how far away the server is, and how its clock stands, is measured as soon as it is attached, and at each heartbeat', async () => {
  const { uplink, clock, pings } = setUp();
  uplink.logOn(login);
  await expect.poll(() => pings.length).toBe(1);
  expect(pings[0]?.roundTrip).toBeGreaterThanOrEqual(0);
  // the fake gateway has the real time, this machine the test's
  expect(pings[0]?.clockOffset).toBeGreaterThan(1_000_000);
  clock.advance(10_000);
  await expect.poll(() => pings.length).toBe(2);
  uplink.close();
});
