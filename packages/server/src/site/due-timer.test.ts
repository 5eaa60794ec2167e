import { createManualClock } from '@cordboard/contract/testing';
import { expect, test } from 'vitest';
import { createDueTimer } from './due-timer.ts';

function bench() {
  const clock = createManualClock(1000);
  const fired: number[] = [];
  const timer = createDueTimer(clock, () => fired.push(clock.now()));
  return { clock, fired, timer };
}

test('SIT-06 the earliest moment counts, and none is announced twice by mistake', () => {
  const { clock, fired, timer } = bench();
  timer.arm(1500);
  timer.arm(1500);
  timer.arm(1200);
  expect(clock.waiting).toBe(1);
  clock.advance(600);
  expect(fired).toEqual([1200]);
  timer.arm(null);
  expect(clock.waiting).toBe(0);
});

test('SIT-06 a moment that stays due is announced again after a pause, not at once', () => {
  const { clock, fired, timer } = bench();
  timer.arm(900);
  clock.advance(0);
  expect(fired).toEqual([1000]);
  timer.arm(900);
  clock.advance(9);
  expect(fired.length).toBe(1);
  clock.advance(1);
  expect(fired.length).toBe(2);
});

test('SIT-06 a moment beyond what a timer can hold is waited for in pieces', () => {
  const { clock, fired, timer } = bench();
  const due = 1000 + 40 * 86_400_000;
  timer.arm(due);
  while (clock.now() < due) {
    clock.advance(3_600_000);
    timer.arm(due);
  }
  expect(fired.at(-1)).toBeGreaterThanOrEqual(due);
});
