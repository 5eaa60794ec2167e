import { randomUUID } from 'node:crypto';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { lineTransport } from './lines.ts';
import { transportSuite } from './transport.suite.ts';
import { maximumFrameBytes, type Transport, type TransportEnd } from './transport.ts';

interface Sockets {
  near: net.Socket;
  far: net.Socket;
  release(): void;
}

const connectSockets = async (): Promise<Sockets> => {
  const server = net.createServer();
  const file = path.join(os.tmpdir(), `cordboard-lines-${randomUUID().slice(0, 8)}`);
  await new Promise<void>(resolve => server.listen(file, resolve));
  const accepted = new Promise<net.Socket>(resolve => server.once('connection', resolve));
  const near = net.connect(file);
  const far = await accepted;
  return {
    near,
    far,
    release: () => {
      near.destroy();
      far.destroy();
      server.close();
    },
  };
};

transportSuite('lines', async () => {
  const { near, far, release } = await connectSockets();
  return { near: lineTransport(near), far: lineTransport(far), release };
});

const reading = (transport: Transport) => {
  const messages: string[] = [];
  const ends: TransportEnd[] = [];
  transport.onMessage(message => messages.push(message));
  transport.onClose(end => ends.push(end));
  return { messages, ends };
};

/** Bytes that a hostile or broken program sends, and how its connection ends. */
const hostile: [name: string, bytes: (string | Uint8Array)[], messages: string[], detail: string][] = [
  ['a frame over 1 MiB', ['ok\n', 'x'.repeat(maximumFrameBytes + 1), '\nmore\n'], ['ok'], 'frame too large'],
  ['invalid UTF-8', ['ok\n', new Uint8Array([0x7b, 0xff, 0xfe, 0x0a]), 'more\n'], ['ok'], 'invalid UTF-8'],
  ['an overlong form', [new Uint8Array([0xc0, 0xaf, 0x0a])], [], 'invalid UTF-8'],
  ['half a message', ['ok\n', '{"jsonrpc":'], ['ok'], 'half a message at the end'],
];

test.each(hostile)('WIR-13 lines: %s ends that connection', async (_, bytes, messages, detail) => {
  const { near, far, release } = await connectSockets();
  near.on('error', () => {});
  const seen = reading(lineTransport(far));
  for (const each of bytes) near.write(each);
  near.end();
  await expect.poll(() => seen.ends).toEqual([{ by: 'fault', detail }]);
  expect(seen.messages).toEqual(messages);
  release();
});

test('WIR-14 lines: a message is the same however it was cut on the way, and empty lines are none', async () => {
  const { near, far, release } = await connectSockets();
  const seen = reading(lineTransport(far));
  near.setNoDelay(true);
  for (const byte of Buffer.from('räk🙂\n\r\n\n日本\n')) {
    near.write(Uint8Array.of(byte));
    await new Promise(setImmediate);
  }
  await expect.poll(() => seen.messages).toEqual(['räk🙂', '日本']);
  release();
});

test('lines: a reader that does not read shows in bufferedBytes, and nothing is lost when it does', async () => {
  const { near, far, release } = await connectSockets();
  const sender = lineTransport(near);
  const text = 'x'.repeat(100_000);
  for (let count = 0; count < 50; count++) sender.send(text);
  await expect.poll(() => sender.bufferedBytes).toBeGreaterThan(1_000_000);
  const seen = reading(lineTransport(far));
  await expect.poll(() => seen.messages.length).toBe(50);
  expect(sender.bufferedBytes).toBe(0);
  release();
});

test('lines: a connection that breaks ends as a fault', async () => {
  const { near, far, release } = await connectSockets();
  const seen = reading(lineTransport(far));
  far.destroy(new Error('broken'));
  await expect.poll(() => seen.ends).toEqual([{ by: 'fault', detail: 'broken' }]);
  near.destroy();
  release();
});
