import { afterEach, expect, test } from 'vitest';
import { ArgumentError } from '../errors.ts';
import { createFakeTab, type FakeTab } from '../testing/fake-tab.ts';
import { connect, NotConnectedError } from './tab.ts';
import { createTabClient, type TabClient } from './tab-client.ts';

const origin = 'http://127.0.0.1:8490';
/** The machine may be busy: a second is too short to say that something does not come. */
const eventually = <Value>(look: () => Value) => expect.poll(look, { timeout: 10_000 });

const open: { close(): void }[] = [];
afterEach(() => {
  for (const each of open.splice(0)) each.close();
});

const opened = (answer?: Parameters<typeof createFakeTab>[0]): { tab: FakeTab; client: TabClient } => {
  const tab = createFakeTab(answer);
  const client = createTabClient({ surroundings: tab.surroundings, trusted: [origin] });
  open.push(client, tab);
  return { tab, client };
};
const state = (...events: [event: string, ...values: unknown[]][]) => ({
  result: {
    ...{ stream: 's', seq: 5, resumed: false, release: '0' },
    state: events.map(([event, ...values]) => ({ event, values })),
  },
});
const call = (ID: number, more: object = {}) => ({
  ID,
  State: 3,
  StateDescription: 'Offered',
  CanAnswer: true,
  ...more,
});

test('TAB-12 methods are in camelCase, take arguments by position and return promises; calls wait for the connection', async () => {
  const { tab, client } = opened();
  const answered = client.makeCall('+4670', 'Bertil', true);
  const application = tab.welcome();
  expect(await answered).toBe(true);
  expect(application.asked).toMatchObject([
    { method: 'initialize' },
    { method: 'makeCall', params: { number: '+4670', name: 'Bertil', useNumberTranslation: true } },
  ]);
});

test('TAB-12 a refused method returns what the document says, and why stands in lastRefusal', async () => {
  const refusal = { error: { code: 1, data: { reason: 'missingPrivilege', detail: 'page: getCalls' } } };
  const { tab, client } = opened(method =>
    method === 'initialize' ? {} : { result: undefined, ...refusal },
  );
  tab.welcome();
  expect(await client.getCalls()).toEqual([]);
  expect(client.lastRefusal).toEqual({
    method: 'getCalls',
    reason: 'missingPrivilege',
    detail: 'page: getCalls',
  });
  expect(await client.answerCall(1)).toBe(false);
  expect(await client.getTab()).toBeNull();
});

test('TAB-12 an argument that is too many, or that the application finds wrong, is the script’s mistake', async () => {
  const wrong = { error: { code: -32602, data: { path: '/callId', expected: 'must be integer' } } };
  const { tab, client } = opened(method => (method === 'initialize' ? {} : wrong));
  tab.welcome();
  await expect(client.answerCall('one' as never)).rejects.toThrow(ArgumentError);
  await expect((client.getCalls as (one: number) => Promise<unknown>)(1)).rejects.toThrow('at most 0');
});

test('TAB-13 events come by their documented names to handlers, listeners and callbacks', async () => {
  const { tab, client } = opened();
  const heard: unknown[] = [];
  const end = client.on('OnCallEvent', each => heard.push(['on', each.ID]));
  client.addEventListener('OnCallEvent', ({ type, detail: [each] }) => heard.push([type, each.ID]));
  client.onCallEvent = each => heard.push(['property', each.ID]);
  client.once('OnCallEvent', each => heard.push(['once', each.ID]));
  const application = tab.welcome();
  application.event('OnCallEvent', 1, call(7));
  await eventually(() => heard).toEqual([
    ['on', 7],
    ['OnCallEvent', 7],
    ['property', 7],
    ['once', 7],
  ]);
  end();
  client.onCallEvent = null;
  application.event('OnCallEvent', 2, call(8));
  await eventually(() => heard.slice(4)).toEqual([['OnCallEvent', 8]]);
  expect(() => client.on('OnEverything' as never, () => {})).toThrow('There is no event');
});

test('TAB-14 a handler that comes late is told at once what is now, and of nothing that is over', async () => {
  const { tab, client } = opened(method =>
    method === 'initialize'
      ? state(['OnCallEvent', call(1)], ['OnCallEvent', call(2)], ['OnUserStatusUpdate', { LoginID: 'anna' }])
      : {},
  );
  const application = tab.welcome();
  await eventually(() => client.connectionState).toBe('connected');
  application.event('OnCallEvent', 6, call(1, { State: 1 }));
  application.event('OnDispatchVoiceCallEvent', 7, { ID: 3 }, 1);
  const first: unknown[] = [];
  client.on('OnDispatchVoiceCallEvent', () => first.push('dispatch'));
  await eventually(() => first).toEqual(['dispatch']);
  const heard: unknown[] = [];
  client.on('OnCallEvent', each => heard.push(each.ID));
  client.on('OnUserStatusUpdate', user => heard.push((user as unknown as { loginID: string }).loginID));
  client.on('OnDispatchVoiceCallEvent', (item, update) => heard.push([item.ID, update]));
  expect(heard, 'whoever adds a handler goes on first').toEqual([]);
  await Promise.resolve();
  expect(heard).toEqual([2, 'anna', [3, 0]]);
});

test('TAB-15 a port from another origin, or from a window that is not around the page, is not taken', async () => {
  const { tab, client } = opened();
  const stranger = tab.welcome('http://evil.example');
  tab.post({ data: { cordboard: 'port', version: 1 }, origin, source: {}, ports: [{} as never] });
  tab.post({ data: 'cordboard', origin });
  tab.post({ data: { cordboard: 'port' }, origin });
  expect(client.connectionState).toBe('connecting');
  tab.welcome();
  await eventually(() => client.connectionState).toBe('connected');
  expect(stranger.asked).toEqual([]);
});

test('TAB-15 a page greets the one origin that it trusts, and a pattern matches the whole of an origin', async () => {
  const { tab } = opened();
  expect(tab.greetings[0]).toEqual({ data: { cordboard: 'connect', version: 1 }, targetOrigin: origin });
  const other = createFakeTab();
  const client = createTabClient({
    surroundings: other.surroundings,
    trusted: [/http:\/\/127\.0\.0\.1:\d+/],
  });
  open.push(client, other);
  other.welcome('http://127.0.0.1:8490.evil.example');
  expect(client.connectionState).toBe('connecting');
  other.welcome('http://127.0.0.1:4711');
  await eventually(() => client.connectionState).toBe('connected');
});

test('TAB-16 when its port ends the page greets again, goes on after the last event, and hears what it missed', async () => {
  const { tab, client } = opened(method =>
    method === 'initialize' ? state(['OnCallEvent', call(1)], ['OnCallEvent', call(2)]) : {},
  );
  const heard: unknown[] = [];
  client.on('OnCallEvent', each => heard.push([each.ID, each.State]));
  const application = tab.welcome();
  await eventually(() => heard).toEqual([
    [1, 3],
    [2, 3],
  ]);
  const before = tab.greetings.length;
  application.sendRaw({ cordboard: 'closed', reason: 'the page is another' });
  await eventually(() => tab.greetings.length).toBeGreaterThan(before);
  expect(client.connectionState).toBe('reconnecting');
  const next = tab.welcome();
  await eventually(() => client.connectionState).toBe('connected');
  expect(next.asked[0]?.params).toEqual({ resume: { stream: 's', after: 5 } });
});

test('TAB-16 the application that closes and comes again is told, and what is over is over', async () => {
  let calls = [call(1), call(2)];
  const { tab, client } = opened(method =>
    method === 'initialize' ? state(...calls.map((each): [string, unknown] => ['OnCallEvent', each])) : {},
  );
  const heard: unknown[] = [];
  client.on('OnCallEvent', each => heard.push([each.ID, each.State, each.CanAnswer]));
  client.on('OnApplicationClosed', () => heard.push('closed'));
  client.on('OnApplicationReadyForInitialization', () => heard.push('ready'));
  const application = tab.welcome();
  await eventually(() => client.connectionState).toBe('connected');
  application.sendRaw({ cordboard: 'closed', reason: 'application' });
  await eventually(() => heard.at(-1)).toBe('closed');
  calls = [call(2)];
  tab.welcome();
  await eventually(() => client.connectionState).toBe('connected');
  expect(heard).toContain('ready');
  expect(heard.at(-1)).toEqual([1, 1, false]);
});

test('TAB-17 when the page’s handlers were given events is reported, some together', async () => {
  const { tab, client } = opened();
  client.on('OnCallEvent', () => {});
  const application = tab.welcome();
  application.event('OnCallEvent', 1, call(7));
  application.event('OnUserStatusUpdate', 2, {});
  application.event('OnCallEvent', 3, call(7));
  await eventually(() => application.asked.find(each => each.method === 'handled')?.params).toMatchObject({
    handled: [
      [1, expect.any(Number)],
      [3, expect.any(Number)],
    ],
  });
});

test('TAB-18 connect gives up where nobody answers, and says what the application refused', async () => {
  const alone = createFakeTab();
  open.push(alone);
  await expect(connect({ origin, surroundings: { ...alone.surroundings, host: null } })).rejects.toThrow(
    NotConnectedError,
  );
  const tab = createFakeTab(() => ({
    result: undefined,
    error: { code: 1, data: { reason: 'missingPrivilege' } },
  }));
  open.push(tab);
  const connecting = connect({ origin, surroundings: tab.surroundings, timeoutMilliseconds: 300 });
  tab.welcome();
  await expect(connecting).rejects.toMatchObject({ refusal: { reason: 'missingPrivilege' } });
});
