import { expect, test } from 'vitest';
import { createClockState, runDueTicks } from './clock.ts';

function runAt(times: number[]) {
  const clock = createClockState(0);
  const ticks: number[] = [];
  const waits = times.map(now => runDueTicks(clock, now, at => ticks.push(at)));
  return { clock, ticks, waits };
}

test('MED-13 ticks that come late are due at the same times all the same', () => {
  const { ticks, waits } = runAt([20, 43, 60.5, 99]);
  expect(ticks).toEqual([20, 40, 60, 80]);
  expect(waits).toEqual([20, 17, 19.5, 1]);
});

test('MED-13 a timer that fires too early makes no tick', () => {
  expect(runAt([19.6]).ticks).toEqual([]);
});

test('MED-13 a short delay is caught up', () => {
  expect(runAt([20, 81]).ticks).toEqual([20, 40, 60, 80]);
});

test('MED-13 after a stall there is no burst: what is too old is left out and counted', () => {
  const { clock, ticks } = runAt([20, 1025, 1040]);
  expect(ticks).toEqual([20, 980, 1000, 1020, 1040]);
  expect(clock.skipped).toBe(47);
  expect(clock.ticks).toBe(5);
  expect(clock.worstDelay).toBe(985);
});
