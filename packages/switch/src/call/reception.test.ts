import { expect, test } from 'vitest';
import { createSwitchBench } from '../testing/switch-bench.ts';

test('MED-46 losses and jitter of legs that are gone are counted, and the legs that suffered', async () => {
  const { engine, made, callIn } = await createSwitchBench();
  const told = (received: number, lost: number, jitter: number) =>
    engine.emit({ type: 'reception', leg: 'gone', received, lost, jitter });
  told(1000, 9, 3);
  expect(made.control.stats()).toMatchObject({
    speechPackets: 1000,
    speechPacketsLost: 9,
    legsBadlyHeard: 0,
  });
  told(990, 10, 3);
  told(1000, 0, 60);
  told(10, 30, 60);
  expect(made.control.stats()).toMatchObject({
    speechPackets: 3000,
    speechPacketsLost: 49,
    legsBadlyHeard: 2,
  });
  const leg = await callIn();
  engine.emit({ type: 'recordingStopped', leg, milliseconds: 0, failed: true });
  engine.emit({ type: 'recordingStopped', leg, milliseconds: 500 });
  expect(made.control.stats().recordingsFailed).toBe(1);
});
