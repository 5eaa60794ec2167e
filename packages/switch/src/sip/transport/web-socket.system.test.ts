import { createServer } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { startSwitchProcess } from '../../testing/switch-process.ts';
import { until } from '../../testing/until.ts';

const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function freeTcpPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise(resolve => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

test('WRT-01 a phone that knows no address registers over WebSocket, calls, is called and answers', async () => {
  const webPort = await freeTcpPort();
  const made = await startSwitchProcess(['1001', '1002'], {
    sip: { host: '127.0.0.1', port: await freeTcpPort(), webSocket: { port: webPort } },
  });
  cleanups.push(() => made.close());
  const server = { address: '127.0.0.1', port: webPort };
  const phone = await made.phone('1001', { transport: 'WS', server });
  expect(await phone.register()).toBe(200);
  await made.seen('registered');

  const calling = await phone.call('5000');
  const { leg } = await made.seen('arrived');
  await made.send({ type: 'answer', leg, media: { type: 'none' } });
  await until(() => calling.state === 'up');
  await made.send({ type: 'clear', leg, cause: 'normal' });
  await until(() => calling.state === 'ended');

  await made.send({
    type: 'originate',
    leg: 'out',
    to: { extension: '1001' },
    callerNumber: '1002',
    callerName: '',
    answering: 'phone',
    ringSeconds: 20,
    media: { type: 'none' },
  });
  const called = await phone.nextCall();
  called.reject(486);
  expect(await made.seen('cleared', 'out')).toMatchObject({ cause: 'busy' });
});
