import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { transportSuite } from './transport.suite.ts';
import { maximumFrameBytes, type TransportEnd } from './transport.ts';
import { webSocketTransport } from './web-socket.ts';

const listen = async (): Promise<{ server: WebSocketServer; url: string; accepted: Promise<WebSocket> }> => {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await new Promise(resolve => server.once('listening', resolve));
  const accepted = new Promise<WebSocket>(resolve => server.once('connection', resolve));
  return { server, url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`, accepted };
};

transportSuite('package ws', async () => {
  const { server, url, accepted } = await listen();
  const near = webSocketTransport(new WebSocket(url));
  return { near, far: webSocketTransport(await accepted), release: () => server.close() };
});

// Node's own WebSocket has the browser's interface
transportSuite('WebSocket of the browsers', async () => {
  const { server, url, accepted } = await listen();
  const near = webSocketTransport(new globalThis.WebSocket(url));
  return { near, far: webSocketTransport(await accepted), release: () => server.close() };
});

test('what is sent while the socket connects goes out when it is open', async () => {
  const { server, url, accepted } = await listen();
  const near = webSocketTransport(new WebSocket(url));
  expect(near.send('early')).toBe(true);
  expect(near.bufferedBytes).toBeGreaterThan(0);
  const messages: string[] = [];
  webSocketTransport(await accepted).onMessage(message => messages.push(message));
  await expect.poll(() => messages).toEqual(['early']);
  near.close();
  server.close();
});

const hostile: [name: string, frame: string | Uint8Array, detail: string][] = [
  ['a binary frame', new Uint8Array([1, 2, 3]), 'a binary frame'],
  ['a frame over 1 MiB', 'x'.repeat(maximumFrameBytes + 1), 'frame too large'],
];

test.each(hostile)('WIR-15 WebSocket: %s ends that connection', async (_, frame, detail) => {
  const { server, url, accepted } = await listen();
  const raw = new WebSocket(url);
  await new Promise(resolve => raw.once('open', resolve));
  const far = webSocketTransport(await accepted);
  const ends: TransportEnd[] = [];
  far.onMessage(() => {});
  far.onClose(end => ends.push(end));
  raw.send(frame);
  await expect.poll(() => ends).toEqual([{ by: 'fault', detail }]);
  raw.terminate();
  server.close();
});

test('a server that is not there ends the transport as a fault', async () => {
  const { server, url } = await listen();
  await new Promise(resolve => server.close(resolve));
  const ends: TransportEnd[] = [];
  webSocketTransport(new WebSocket(url)).onClose(end => ends.push(end));
  await expect.poll(() => ends).toEqual([expect.objectContaining({ by: 'fault' })]);
});
