import { statSync } from 'node:fs';
import net from 'node:net';
import { createPeer, lineTransport, systemClock } from '@cordboard/contract';
import { localAccess } from '@cordboard/sdk';
import { expect, test } from 'vitest';
import { type Desk, exampleCall, openDesk } from '../testing/index.ts';

const connect = async (desk: Desk): Promise<net.Socket> => {
  const socket = net.connect(desk.places.endpoint);
  socket.on('error', () => {});
  await new Promise<void>(resolve => socket.once('connect', () => resolve()));
  return socket;
};

const ended = (socket: net.Socket): Promise<void> =>
  new Promise(resolve => {
    socket.resume();
    socket.once('close', () => resolve());
  });

/** A peer on the local socket that follows no rule of the SDK's. */
const rawPeer = async (desk: Desk) =>
  createPeer({
    transport: lineTransport(await connect(desk)),
    clock: systemClock,
    route: () => undefined,
  });

const hostile: [name: string, bytes: (string | Uint8Array)[]][] = [
  ['a frame over 1 MiB', ['x'.repeat(1_100_000), '\n']],
  ['invalid UTF-8', [new Uint8Array([0xff, 0xfe, 0x0a])]],
  ['half a message', ['{"jsonrpc":"2.0","id":1,"method":"getCalls"']],
];

test.each(hostile)(
  'APP-20 %s on the local socket ends that connection, and its neighbours notice nothing',
  async (_, bytes) => {
    await using desk = await openDesk();
    const neighbour = await desk.connected();
    const states: string[] = [];
    neighbour.on('connectionChanged', state => states.push(state));
    const socket = await connect(desk);
    for (const each of bytes) socket.write(each);
    socket.end();
    await ended(socket);
    expect(await neighbour.makeCall('1')).toBe(true);
    expect(states).toEqual([]);
  },
);

const refusedRequests: [name: string, method: string, parameters: object, kind: string][] = [
  ['an unknown method', 'formatDisk', {}, 'unknownMethod'],
  ['a method of the client itself', 'launchBSA', {}, 'unknownMethod'],
  ['a member of Object', 'constructor', {}, 'unknownMethod'],
  ['a wrong type', 'answerCall', { callId: 'one' }, 'invalidParameters'],
  ['an unknown parameter', 'answerCall', { callId: 1, force: true }, 'invalidParameters'],
  ['initialize without an identity', 'initialize', {}, 'invalidParameters'],
  ['a log level that is none', 'setDiagnosticLogLevel', { level: 8 }, 'invalidParameters'],
];

test.each(refusedRequests)(
  'APP-21 %s is told as such and never reaches the site',
  async (_, method, parameters, kind) => {
    await using desk = await openDesk();
    const peer = await rawPeer(desk);
    await peer.request('initialize', { client: 'raw', clientId: 'raw' });
    await expect(peer.request(method, parameters)).rejects.toMatchObject({ kind });
    expect(desk.gateway.received).toEqual([]);
    expect(await peer.request('getCalls', {})).toEqual({ ok: true, value: [] });
    peer.close();
  },
);

test('APP-22 a request before initialize is refused, on the socket too', async () => {
  await using desk = await openDesk();
  const peer = await rawPeer(desk);
  expect(await peer.request('getCalls', {})).toMatchObject({ refusal: { reason: 'notInitialized' } });
  expect(await peer.request('makeCall', { number: '1' })).toMatchObject({ ok: false });
  expect(desk.gateway.received).toEqual([]);
  peer.close();
});

test('a request whose id is no number is refused: it could not be known again', async () => {
  await using desk = await openDesk();
  const peer = await rawPeer(desk);
  await peer.request('initialize', { client: 'raw', clientId: 'raw' });
  expect(await peer.request('makeCall', { number: '1' }, { id: 'text' })).toMatchObject({ ok: false });
  expect(desk.gateway.received).toEqual([]);
  peer.close();
});

test('APP-23 a client that does not read is let go and holds nobody up; when it comes back it resumes, or gets a snapshot that says so', async () => {
  await using desk = await openDesk();
  const slow = await connect(desk);
  slow.pause();
  slow.write('{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"client":"slow","clientId":"slow"}}\n');
  await expect.poll(() => desk.application.clients).toBe(1);
  const quick = await desk.connected('quick');
  let heard = 0;
  quick.on('OnCallEvent', () => {
    heard += 1;
  });
  const PrivateData = 'x'.repeat(60_000);
  for (let ID = 1; ID <= 300; ID++) {
    desk.gateway.publish('OnCallEvent', exampleCall({ ID, PrivateData, State: 1 }));
    if (ID % 20 === 0) await expect.poll(() => heard).toBe(ID);
  }
  expect(desk.application.clients).toBe(1);
  slow.destroy();
  expect(heard).toBe(300);
  const back = await rawPeer(desk);
  const first = await back.request('initialize', { client: 'slow', clientId: 'slow' });
  const { stream, seq } = (first as { value: { stream: string; seq: number } }).value;
  const resume = { stream, after: seq - 5 };
  expect(await back.request('initialize', { client: 'slow', clientId: 'slow', resume })).toMatchObject({
    value: { resumed: true },
  });
  // 18 MB of events: too much to wait for him to read
  const old = { stream, after: 1 };
  expect(await back.request('initialize', { client: 'slow', clientId: 'slow', resume: old })).toMatchObject({
    value: { resumed: false, snapshot: { registered: true } },
  });
  back.close();
});

test('a client whose position is unknown, ahead, or of another run gets a snapshot that says so', async () => {
  await using desk = await openDesk();
  const peer = await rawPeer(desk);
  const initialize = async (resume: object) => {
    const answer = await peer.request('initialize', { client: 'raw', clientId: 'raw', resume });
    return answer.ok ? (answer.value as { stream: string; resumed: boolean; snapshot: unknown }) : null;
  };
  const first = await initialize({ stream: 'another', after: 0 });
  expect(first).toMatchObject({ resumed: false, snapshot: { registered: true } });
  expect(await initialize({ stream: first?.stream, after: 999 })).toMatchObject({ resumed: false });
  expect(await initialize({ stream: first?.stream, after: -1 })).toMatchObject({ resumed: false });
  expect(await initialize({ stream: first?.stream, after: 1 })).toMatchObject({
    resumed: true,
    snapshot: null,
  });
  peer.close();
});

test('the diagnostic log level is asked and set over the socket, at once', async () => {
  await using desk = await openDesk();
  const peer = await rawPeer(desk);
  expect(await peer.request('getDiagnosticLogLevel', {})).toEqual({ ok: true, value: 7 });
  await peer.request('setDiagnosticLogLevel', { level: 4 });
  expect(await peer.request('getDiagnosticLogLevel', {})).toEqual({ ok: true, value: 4 });
  const client = await desk.connected('quiet');
  await client.getCalls();
  await peer.request('setDiagnosticLogLevel', { level: 5 });
  await client.getEmails();
  await expect.poll(() => desk.readLog()).toContain('getEmails');
  expect(desk.readLog()).not.toContain('getCalls');
  peer.close();
});

test('the socket and its folder are the owner’s alone from the first moment', async () => {
  await using desk = await openDesk(null);
  expect(statSync(desk.places.endpoint).mode & 0o777).toBe(0o600);
  expect(statSync(desk.places.folder).mode & 0o777).toBe(0o700);
  const transport = await localAccess({ places: desk.places }).connect({
    endpoint: desk.places.endpoint,
  } as never);
  transport.close();
});
