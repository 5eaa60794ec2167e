import { createSocket } from 'node:dgram';
import { createConnection } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { startSwitchProcess } from '../../testing/switch-process.ts';
import { until } from '../../testing/until.ts';

const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

test('SIP-08 garbage on its sockets is counted, closes the connection that brought it, and disturbs nobody', async () => {
  const made = await startSwitchProcess(['1001']);
  cleanups.push(() => made.close());
  const phone = await made.phone('1001', { transport: 'TCP' });
  expect(await phone.register()).toBe(200);
  const udp = createSocket('udp4');
  for (let i = 0; i < 200; i++) udp.send(Buffer.alloc(1 + ((i * 97) % 3_000), i), made.port, '127.0.0.1');
  const before = (await made.client.stats()).malformed;
  for (const garbage of [
    'x'.repeat(70_000),
    'A b c\r\n\r\n',
    '\0\r\n\r\n',
    'INVITE sip:a SIP/2.0\r\nl: 99999999\r\n\r\n',
  ]) {
    const socket = createConnection(made.port, '127.0.0.1');
    socket.on('error', () => {});
    socket.write(garbage);
    socket.resume();
    await new Promise(resolve => socket.once('close', resolve));
  }
  await until(async () => (await made.client.stats()).malformed > before);
  expect((await made.client.stats()).oversized).toBeGreaterThanOrEqual(2);
  expect(await phone.register()).toBe(200);
  udp.close();
});

test('SIP-28 a phone whose connection breaks is unregistered at once', async () => {
  const made = await startSwitchProcess(['1001']);
  cleanups.push(() => made.close());
  const phone = await made.phone('1001', { transport: 'TCP' });
  expect(await phone.register()).toBe(200);
  await made.seen('registered');
  phone.close();
  await made.seen('unregistered');
});

test('a hundred connections that say nothing keep no phone out', async () => {
  const made = await startSwitchProcess(['1001']);
  cleanups.push(() => made.close());
  const idle = Array.from({ length: 100 }, () => createConnection(made.port, '127.0.0.1'));
  for (const socket of idle) socket.on('error', () => {});
  const phone = await made.phone('1001', { transport: 'TCP' });
  expect(await phone.register()).toBe(200);
  for (const socket of idle) socket.destroy();
});
