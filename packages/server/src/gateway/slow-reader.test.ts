import { createManualClock } from '@cordboard/contract/testing';
import { expect, test } from 'vitest';
import { attach, connect, openGatewayBench } from './testing/gateway-bench.ts';

test('GAT-20 a slow reader is cut off, harms nobody, and resumes without a gap', async () => {
  const bench = await openGatewayBench({ maximumBuffered: 200_000 });
  const slow = await connect(bench);
  const attached = await attach(slow, (await bench.grant()).token);
  slow.socket.pause();
  let sent = 0;
  while (bench.gateway.connections === 1 && sent < 200_000) {
    const burst = Array.from({ length: 200 }, (_, index) =>
      bench.site.site.request(1, `r${sent + index}`, {
        method: 'setReadyStatus',
        arguments: { status: index % 2 === 0 },
      }),
    );
    await Promise.all(burst);
    sent += burst.length;
  }
  expect(bench.gateway.connections).toBe(0);
  const again = await connect(bench);
  const resumed = await attach(again, attached.token, { stream: attached.stream, after: sent - 300 });
  expect(resumed).toMatchObject({ resumed: true, seq: sent });
  await expect.poll(() => again.items().length).toBe(300);
  expect(again.items()).toEqual(Array.from({ length: 300 }, (_, index) => sent - 299 + index));
  slow.socket.terminate();
  await bench.close();
});

test('GAT-21 both sides hear something at every heartbeat; who says nothing for three is given up', async () => {
  const clock = createManualClock(1_000_000);
  const bench = await openGatewayBench({ clock, heartbeatSeconds: 10 });
  const silent = await connect(bench);
  await attach(silent, (await bench.grant()).token);
  clock.advance(20_000);
  await expect.poll(() => silent.heard.filter(([method]) => method === 'ping').length).toBe(1);
  silent.peer.notify('ping', {});
  expect(await silent.peer.request('ping', {})).toEqual({ ok: true, value: { at: clock.now() } });
  clock.advance(30_000);
  expect(bench.gateway.connections).toBe(1);
  clock.advance(10_000);
  await silent.closed;
  expect(bench.gateway.connections).toBe(0);
  await bench.close();
});

test('GAT-22 who connects and does not attach is cut off', async () => {
  const clock = createManualClock(1_000_000);
  const bench = await openGatewayBench({ clock, heartbeatSeconds: 10 });
  const idle = await connect(bench);
  clock.advance(20_000);
  await idle.closed;
  await bench.close();
});
