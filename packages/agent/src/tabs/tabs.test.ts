import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  type ConnectedPage,
  createPeer,
  type DeskTabs,
  deskTabMethods,
  type PageInitializeResult,
  systemClock,
  type Workspace,
} from '@cordboard/contract';
import { expect, test } from 'vitest';
import {
  connectWindow,
  type Desk,
  deskPeer,
  exampleCall,
  exampleSnapshot,
  openDesk,
} from '../testing/index.ts';

const origin = 'http://127.0.0.1:1';
/** The machine may be busy: a second is too short to say that something does not come. */
const eventually = <Value>(look: () => Value) => expect.poll(look, { timeout: 10_000 });

const workspace = (changes: Partial<Workspace['pages'][number]> = {}): Workspace => ({
  tabs: [{ kind: 'default', name: 'CRM', url: `${origin}/`, placement: 'main' }],
  actions: [],
  pages: [
    { origin, methods: ['all'], events: ['all'], withoutFields: [], requestsPerSecond: 100, ...changes },
  ],
  secretFields: ['Pin'],
});

const openPage = (desk: Desk, from = origin, tab = 'tab-1') => {
  const heard: [string, unknown][] = [];
  const ends: string[] = [];
  const peer = createPeer({
    transport: connectWindow(
      desk.application.window ?? '',
      `/page?tab=${tab}&origin=${encodeURIComponent(from)}`,
    ),
    clock: systemClock,
    route: () => undefined,
    onNotification: (name, value) => void heard.push([name, (value as { values: unknown[] }).values[0]]),
    onClose: end => void ends.push(end.detail),
  });
  return { peer, heard, ends };
};
const opened = async (given = workspace()) => {
  const desk = await openDesk(null);
  desk.gateway.setSnapshot(exampleSnapshot({ workspace: given, calls: [exampleCall({ ID: 3 })] }));
  desk.application.logOn({ logonId: 'anna', password: 'very secret word' });
  await eventually(() => desk.application.state.type).toBe('attached');
  return desk;
};

test('TAB-14 a page that connects is given what is now as events, and goes on after the last that it saw', async () => {
  await using desk = await opened();
  const first = openPage(desk);
  const answer = await first.peer.request('initialize', {});
  const { state, stream, seq } = (answer.ok ? answer.value : {}) as PageInitializeResult;
  expect(state?.map(each => each.event)).toEqual([
    'OnUserStatusUpdate',
    'OnRegistrationStatus',
    'OnCallEvent',
  ]);
  first.peer.close();
  desk.gateway.publish('OnCallEvent', exampleCall({ ID: 4 }));
  await eventually(async () => (await (await desk.connected()).getCalls()).length).toBe(2);
  const second = openPage(desk);
  expect(await second.peer.request('initialize', { resume: { stream, after: seq } })).toMatchObject({
    ok: true,
    value: { resumed: true, state: null },
  });
  expect(second.heard.map(([event]) => event)).toContain('OnCallEvent');
});

test('TAB-40 a page that is connected has the methods of pages only: no method of programs, of the window, or of no one', async () => {
  await using desk = await opened();
  const { peer } = openPage(desk);
  expect(await peer.request('getCalls', {}), 'before initialize').toMatchObject({
    refusal: { reason: 'notInitialized' },
  });
  await peer.request('initialize', {});
  expect(await peer.request('getCalls', {})).toMatchObject({ ok: true });
  expect(await peer.request('closeApplication', {})).toMatchObject({
    refusal: { reason: 'missingPrivilege', detail: 'page: closeApplication' },
  });
  for (const method of ['logOn', 'setDiagnosticLogLevel', deskTabMethods.listPages, 'deskLogOff'])
    await expect(peer.request(method, {}), method).rejects.toMatchObject({ kind: 'unknownMethod' });
  await expect(peer.request('answerCall', { callId: 'one' })).rejects.toMatchObject({
    kind: 'invalidParameters',
  });
});

test('TAB-40 where the agent may not use the integration interface his pages may not either', async () => {
  await using desk = await openDesk(null);
  desk.gateway.setPrivileges(['makeCalls']);
  desk.gateway.setSnapshot(exampleSnapshot({ workspace: workspace() }));
  desk.application.logOn({ logonId: 'anna', password: 'very secret word' });
  await eventually(() => desk.application.state.type).toBe('attached');
  expect(await openPage(desk).peer.request('initialize', {})).toMatchObject({
    refusal: { reason: 'missingPrivilege', detail: 'useIntegrationInterface' },
  });
});

test.each([
  ['an origin that is not configured', 'http://evil.example', 'tab-1'],
  ['a tab that is not there', origin, 'tab-99'],
  ['the agent’s own work', origin, 'work'],
])('TAB-70 the application takes no page of %s, whatever its window says', async (_, from, tab) => {
  await using desk = await opened();
  const { ends } = openPage(desk, from, tab);
  await eventually(() => ends).toHaveLength(1);
});

test('TAB-28 a page that is revoked is not taken again, and neither is another of its origin', async () => {
  await using desk = await opened();
  const page = openPage(desk);
  await page.peer.request('initialize', {});
  const peer = deskPeer(desk);
  const listed = await peer.request(deskTabMethods.listPages, {});
  const [only] = (listed.ok ? listed.value : []) as ConnectedPage[];
  expect(only).toMatchObject({ origin, tab: 'CRM', rights: { methods: ['all'] } });
  expect(await peer.request(deskTabMethods.revokePage, { number: 99 })).toMatchObject({ ok: false });
  expect(await peer.request(deskTabMethods.revokePage, { number: only?.number })).toMatchObject({ ok: true });
  await eventually(() => page.ends).toHaveLength(1);
  const { ends } = openPage(desk);
  await eventually(() => ends).toHaveLength(1);
  const tabs = await peer.request(deskTabMethods.getTabs, {});
  expect((tabs.ok ? tabs.value : {}) as DeskTabs).toMatchObject({
    origins: [],
    tabs: [{}, { rights: null }],
  });
});

test('TAB-42 a flood ends the connection of the page that makes it', async () => {
  await using desk = await opened(workspace({ requestsPerSecond: 5 }));
  const flood = connectWindow(
    desk.application.window ?? '',
    `/page?tab=tab-1&origin=${encodeURIComponent(origin)}`,
  );
  const ends: string[] = [];
  flood.onClose(end => void ends.push(end.detail));
  const quiet = openPage(desk);
  await quiet.peer.request('initialize', {});
  for (let id = 0; id < 1_000; id++) flood.send(`{"jsonrpc":"2.0","id":${id},"method":"isRegistered"}`);
  await eventually(() => ends).toHaveLength(1);
  expect(await quiet.peer.request('isRegistered', {})).toMatchObject({ ok: true });
});

test('TAB-02 what was not secret while the agent was logged on is secret in the log from the new configuration on', async () => {
  await using desk = await opened();
  const call = exampleCall({ ID: 9, IVRLabels: ['Pin'], IVRData: ['9876'] });
  desk.gateway.publish('OnCallEvent', call);
  await eventually(() => desk.readLog()).toContain('"ID":9');
  expect(desk.readLog()).not.toContain('9876');
});

test('TAB-64 a page whose server is not there yet is looked for until it is', async () => {
  const port = await unusedPort();
  const url = `http://127.0.0.1:${port}/`;
  const tabs: Workspace['tabs'] = [{ kind: 'default', name: 'CRM', url, placement: 'main' }];
  await using desk = await opened({ ...workspace(), tabs });
  const peer = deskPeer(desk);
  const framing = async () => {
    const answer = await peer.request(deskTabMethods.getTabs, {});
    return answer.ok ? (answer.value as DeskTabs).tabs.find(each => each.url === url)?.framing : undefined;
  };
  await expect.poll(framing).toBe('unreachable');
  const server = createServer((_, response) => void response.end('there')).listen(port, '127.0.0.1');
  await once(server, 'listening');
  await expect.poll(framing).toBe('allowed');
  server.close();
});

/** Nobody listens at it. */
const unusedPort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
};
