import { type AgentSnapshot, joinSnapshot, maximumFrameBytes, type WaitingItems } from '@cordboard/contract';
import { expect, test } from 'vitest';
import { type Application, type Attached, attach } from './testing/gateway-bench.ts';
import { openVoiceBench, pick, type VoiceBench } from './testing/voice-bench.ts';

const many = 10_000;

const openCrowd = async (): Promise<VoiceBench> => {
  const bench = await openVoiceBench({
    agents: 1,
    agent: () => ({ privileges: ['useIntegrationInterface', 'dispatchVoice'] }),
    group: () => ({ dispatch: 'pick' }),
  });
  bench.arrive(many);
  await expect.poll(() => bench.state().dispatch.items.size, { timeout: 30_000 }).toBe(many);
  return bench;
};

const partsOf = (application: Application) =>
  application.heard.flatMap(([method, parameters]) =>
    method === 'snapshotPart' ? [parameters as { part: number; dispatch: WaitingItems }] : [],
  );

test('GAT-23 10,000 waiting items come in parts that fit a frame, as of one number, before the items of the stream', async () => {
  const bench = await openCrowd();
  const grant = await bench.logOn(1);
  const first = await pick(bench, grant, 'first');
  first.socket.terminate();
  const second = await bench.connect();
  const frames: number[] = [];
  second.socket.on('message', data => frames.push(String(data).length));
  const attached = await attach(second, grant.token);
  // it leaves while the parts are under way
  bench.hungUp('caller-7');
  const { snapshot, parts = 0, seq } = attached as { snapshot: AgentSnapshot; parts?: number; seq: number };
  await expect.poll(() => second.items(), { timeout: 20_000 }).toEqual([seq + 1]);
  const rest = partsOf(second);
  expect(rest.map(each => each.part)).toEqual(Array.from({ length: parts }, (_, index) => index + 1));
  expect(second.heard.findIndex(([method]) => method === 'item')).toBeGreaterThanOrEqual(parts);
  const whole = joinSnapshot(
    snapshot,
    rest.map(each => each.dispatch),
  );
  expect(new Set(whole.dispatch.voiceCalls.map(each => each.ID)).size).toBe(many);
  expect(Math.max(...frames)).toBeLessThan(maximumFrameBytes);
  await bench.close();
}, 60_000);

test('GAT-23 who breaks off among the parts of a snapshot gets the whole when he attaches again', async () => {
  const bench = await openCrowd();
  const grant = await bench.logOn(1);
  (await pick(bench, grant, 'first')).socket.terminate();
  const second = await bench.connect();
  second.socket.once('message', () => second.socket.terminate());
  const { token, parts: announced = 0 } = (await attach(second, grant.token)) as Attached & {
    parts?: number;
  };
  await second.closed;
  expect(partsOf(second).length).toBeLessThan(announced);
  const third = await bench.connect();
  const { parts = 0 } = (await attach(third, token)) as { parts?: number };
  await expect.poll(() => partsOf(third).length, { timeout: 20_000 }).toBe(parts);
  expect(parts).toBe(announced);
  await bench.close();
}, 60_000);
