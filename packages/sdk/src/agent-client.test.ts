import { type Answer, accepted, allMethods, camelCase, refused } from '@cordboard/contract';
import { expect, test } from 'vitest';
import { createAgentClient } from './agent-client.ts';
import type { ClientEvent } from './client-events.ts';
import { ArgumentError, ClientClosedError, EventOverflowError } from './errors.ts';
import { createFakeApplication } from './testing/fake-application.ts';

const setUp = async (initialize = true) => {
  const application = createFakeApplication();
  const client = createAgentClient({ access: application.access, deadlineMilliseconds: 2_000 });
  if (initialize) expect(await client.initialize()).toBe(true);
  return { application, client };
};

test('CLI-08 the client has every documented method, and one that the application refuses returns what the contract says', async () => {
  const { application, client } = await setUp();
  application.onRequest = () => refused('notAvailable');
  const sample: Record<string, unknown> = { integer: 1, string: 'a', boolean: true, array: [] };
  for (const method of allMethods) {
    const name = camelCase(method.name);
    expect(typeof client[name]).toBe('function');
    if (method.answeredBy === 'client') continue;
    const given = method.parameters.map(each => {
      const { type = '', enum: words } = each.schema as { type?: string; enum?: string[] };
      return words?.[0] ?? sample[type] ?? null;
    });
    expect(await (client[name] as (...values: unknown[]) => Promise<unknown>)(...given)).toEqual(
      method.whenRefused,
    );
    expect(client.lastRefusal).toMatchObject({ method: name, reason: 'notAvailable' });
  }
});

type Call = (client: Awaited<ReturnType<typeof setUp>>['client']) => Promise<unknown>;
const wrong: [name: string, call: Call, parameter: string | null][] = [
  ['text for a number', client => client.answerCall('1' as never), 'callId'],
  ['a fraction', client => client.answerCall(1.5), 'callId'],
  ['nothing', client => (client.answerCall as () => Promise<unknown>)(), 'callId'],
  ['null for what is needed', client => client.answerCall(null as never), 'callId'],
  ['too many', client => (client.getCalls as (value: number) => Promise<unknown>)(1), null],
  ['a number for a truth', client => client.setReadyStatus(1 as never), 'status'],
  ['a text over its bound', client => client.makeCall('1'.repeat(257)), 'number'],
  ['a wrong member in a list', client => client.enterCQCodes(1, 2, [{ ID: 'x' } as never]), 'codes'],
  ['no time', client => client.setCampaignCallStatus(1, 8, true, 'tomorrow'), 'callbackTime'],
];

test.each(wrong)(
  'CLI-09 %s is an error that names the parameter, and is not sent',
  async (_, call, parameter) => {
    const { application, client } = await setUp();
    let sent = 0;
    application.onRequest = () => {
      sent += 1;
      return accepted(true);
    };
    const error = await call(client).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ArgumentError);
    expect(error).toBeInstanceOf(TypeError);
    expect(error).toMatchObject({ parameter });
    expect(sent).toBe(0);
  },
);

test('optional arguments may be left out, undefined or null', async () => {
  const { application, client } = await setUp();
  const seen: object[] = [];
  application.onRequest = (_, parameters) => {
    seen.push(parameters);
    return accepted(true);
  };
  await client.makeCall('1');
  await client.makeCall('1', undefined, true);
  await client.makeCall('1', null, null);
  expect(seen).toEqual([
    { number: '1' },
    { number: '1', useNumberTranslation: true },
    { number: '1', name: null, useNumberTranslation: null },
  ]);
});

test('CLI-10 a closed client throws, and its events end', async () => {
  const { client } = await setUp();
  const events = client.events();
  await client.close();
  await client.close();
  const read: ClientEvent[] = [];
  for await (const event of events) read.push(event);
  expect(read).toEqual([{ event: 'connectionChanged', values: ['closed'] }]);
  await expect(client.getCalls()).rejects.toBeInstanceOf(ClientClosedError);
  await expect(client.initialize()).rejects.toBeInstanceOf(ClientClosedError);
  expect(client.connectionState).toBe('closed');
});

test('on returns its own end; off and once end too', async () => {
  const { application, client } = await setUp();
  const heard: string[] = [];
  const stop = client.on('OnRegistrationStatus', is => heard.push(`on ${is}`));
  client.once('OnRegistrationStatus', is => heard.push(`once ${is}`));
  const handler = (is: boolean) => void heard.push(`off ${is}`);
  client.on('OnRegistrationStatus', handler);
  application.event('OnRegistrationStatus', 1, true);
  await expect.poll(() => heard).toEqual(['on true', 'once true', 'off true']);
  stop();
  client.off('OnRegistrationStatus', handler);
  application.event('OnRegistrationStatus', 2, false);
  await client.isRegistered();
  expect(heard).toHaveLength(3);
});

test('events() gives every event in order, and ends when its reader stops', async () => {
  const { application, client } = await setUp();
  const events = client.events();
  for (let seq = 1; seq <= 3; seq++) application.event('OnRegistrationStatus', seq, seq % 2 === 0);
  const seen: ClientEvent[] = [];
  for await (const event of events) {
    seen.push(event);
    if (seen.length === 3) break;
  }
  expect(seen.map(each => each.values)).toEqual([[false], [true], [false]]);
  expect(await events.next()).toMatchObject({ done: true });
});

test('CLI-11 a reader of events() that is too slow gets what was kept, then an error: it never misses one silently', async () => {
  const { application, client } = await setUp();
  const events = client.events(2);
  for (let seq = 1; seq <= 4; seq++) application.event('OnRegistrationStatus', seq, true);
  await client.isRegistered();
  await events.next();
  await events.next();
  await expect(events.next()).rejects.toBeInstanceOf(EventOverflowError);
});

test('CLI-12 a doubled event is dropped; a missing one makes the client connect again and ask from the last it saw', async () => {
  const { application, client } = await setUp();
  const heard: unknown[] = [];
  client.on('OnRegistrationStatus', is => heard.push(is));
  application.event('OnRegistrationStatus', 1, true);
  application.event('OnRegistrationStatus', 1, false);
  application.event('OnRegistrationStatus', 3, false);
  await expect.poll(() => application.initializations.length).toBe(2);
  expect(application.initializations[1]).toMatchObject({ resume: { stream: 'stream', after: 1 } });
  expect(application.initializations[1]?.clientId).toBe(application.initializations[0]?.clientId);
  application.event('OnRegistrationStatus', 2, 'late');
  await client.isRegistered();
  expect(heard).toEqual([true]);
});

test('an event of the wrong type is left out and told as such; the next ones come', async () => {
  const { application, client } = await setUp();
  const heard: unknown[] = [];
  client.on('OnRegistrationStatus', is => heard.push(is));
  client.on('protocolFault', fault => heard.push(fault.event));
  application.event('OnRegistrationStatus', 1, 'yes');
  application.event('OnEventOfALaterRelease', 2, 1);
  application.event('OnRegistrationStatus', 3, true);
  await expect.poll(() => heard).toEqual(['OnRegistrationStatus', true]);
});

const nonsense: [name: string, parameters: object][] = [
  ['without a number', { values: [true] }],
  ['without values', { seq: 1 }],
  ['with a number that is text', { seq: '1', values: [true] }],
];

test.each(nonsense)('an event %s closes that connection, and the client resumes', async (_, parameters) => {
  const { application } = await setUp();
  application.notify('OnRegistrationStatus', parameters);
  await expect.poll(() => application.initializations.length).toBe(2);
});

test('CLI-13 events that come with the answer to initialize are not lost', async () => {
  const application = createFakeApplication();
  const client = createAgentClient({ access: application.access });
  const heard: unknown[] = [];
  client.on('OnRegistrationStatus', is => heard.push(is));
  application.onInitialize = () => {
    application.event('OnRegistrationStatus', 6, true);
    return accepted({ stream: 'stream', seq: 5, resumed: false, snapshot: null, release: '1' });
  };
  expect(await client.initialize()).toBe(true);
  await expect.poll(() => heard).toEqual([true]);
});

test('CLI-14 a request during a break waits for the connection; one whose deadline passes is refused', async () => {
  const { application, client } = await setUp();
  const { promise, resolve } = Promise.withResolvers<Answer>();
  const first = application.onInitialize;
  application.onInitialize = async request => {
    await promise;
    return first(request);
  };
  application.breakConnections();
  await expect.poll(() => client.connectionState).toBe('reconnecting');
  const request = client.makeCall('1');
  resolve(accepted(true));
  expect(await request).toBe(true);
});

test('CLI-15 another run of the application is another application: closed, then ready, and pending requests are refused', async () => {
  const { application, client } = await setUp(false);
  const heard: string[] = [];
  client.on('OnApplicationClosed', () => heard.push('closed'));
  client.on('OnApplicationReadyForInitialization', () => heard.push('ready'));
  client.on('connectionChanged', state => heard.push(state));
  await expect.poll(() => heard).toEqual(['ready']);
  expect(await client.initialize()).toBe(true);
  application.onRequest = () => new Promise<Answer>(() => {});
  const request = client.makeCall('1');
  if (application.running) application.running = { ...application.running, startedAt: 'second' };
  application.breakConnections();
  expect(await request).toBe(false);
  expect(client.lastRefusal?.reason).toBe('notInitialized');
  await expect.poll(() => heard).toEqual(['ready', 'connected', 'reconnecting', 'idle', 'closed', 'ready']);
});

test('what answers on the socket but is no Agent application is refused as not running', async () => {
  const { application, client } = await setUp(false);
  application.onInitialize = () => accepted({ hello: 'world' });
  expect(await client.initialize()).toBe(false);
  expect(client.lastRefusal?.reason).toBe('notRunning');
});

test('an older application: a method that it does not know is refused as not available', async () => {
  const { application, client } = await setUp();
  application.unknown = ['setName'];
  expect(await client.setName(1, 'x')).toBe(false);
  expect(client.lastRefusal?.reason).toBe('notAvailable');
});

test('a result of the wrong type is refused, never handed on', async () => {
  const { application, client } = await setUp();
  application.onRequest = () => accepted('yes');
  expect(await client.makeCall('1')).toBe(false);
  expect(await client.getCalls()).toEqual([]);
  expect(client.lastRefusal).toMatchObject({ method: 'getCalls', reason: 'internalError' });
});

test('an application that fails inside refuses, and says no more than that', async () => {
  const { application, client } = await setUp();
  application.onRequest = () => {
    throw new Error('secret');
  };
  expect(await client.makeCall('1')).toBe(false);
  expect(client.lastRefusal).toMatchObject({ reason: 'internalError' });
  expect(JSON.stringify(client.lastRefusal)).not.toContain('secret');
});

test('initialize asked for twice at once connects once', async () => {
  const { application, client } = await setUp(false);
  expect(await Promise.all([client.initialize(), client.initialize()])).toEqual([true, true]);
  expect(application.initializations).toHaveLength(1);
});

test('uninitialize while initialize is under way ends it', async () => {
  const { client } = await setUp(false);
  const connecting = client.initialize();
  await client.uninitialize();
  await connecting;
  expect(client.connectionState === 'idle' || client.connectionState === 'connected').toBe(true);
});

const launches: [name: string, call: Call, expected: string][] = [
  ['a running application', client => client.launchBSA(), 'alreadyRunning'],
  [
    'an unknown softphone option',
    client => client.launchAgentWithParams('a', 'b', null, null, null, null, null, null, 7 as 1),
    'invalidValue',
  ],
  ['an empty logon id', client => client.launchBSAWithCredentials('', 'b'), 'invalidValue'],
];

test.each(launches)('launching is refused: %s', async (_, call, expected) => {
  const { application, client } = await setUp(false);
  expect(await call(client)).toBe(false);
  expect(client.lastRefusal?.reason).toBe(expected);
  expect(application.launched).toEqual([]);
});

test('a client that is disposed is closed', async () => {
  const application = createFakeApplication();
  const closed = await (async () => {
    await using client = createAgentClient({ access: application.access });
    return client;
  })();
  expect(closed.connectionState).toBe('closed');
});
