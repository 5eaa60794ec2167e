import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createSystemClock } from './clock.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('a timer comes when it is due, a long one up to a quarter of a second later and never earlier', () => {
  const clock = createSystemClock();
  const lateBy: number[] = [];
  for (const milliseconds of [0, 1, 500, 4_999, 5_000, 5_001, 5_130, 32_000, 900_000]) {
    const due = performance.now() + milliseconds;
    clock.after(milliseconds, () => lateBy.push(performance.now() - due));
    vi.advanceTimersByTime(17);
  }
  vi.advanceTimersByTime(1_000_000);
  expect(lateBy).toHaveLength(9);
  expect(Math.min(...lateBy)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...lateBy)).toBeLessThanOrEqual(251);
});

test('long timers of the same quarter of a second come together, in order, and share one timer of the system', () => {
  const clock = createSystemClock();
  const order: number[] = [];
  vi.advanceTimersByTime(1);
  for (let each = 0; each < 100; each++) clock.after(32_000, () => order.push(each));
  expect(vi.getTimerCount()).toBe(1);
  vi.advanceTimersToNextTimer();
  expect(order).toEqual(Array.from({ length: 100 }, (_, each) => each));
});

test('a long timer that was cancelled does not come, also when one of the same moment cancels it', () => {
  const clock = createSystemClock();
  const come: string[] = [];
  clock.after(32_000, () => come.push('cancelled before')).cancel();
  clock.after(32_000, () => later.cancel());
  const later = clock.after(32_000, () => come.push('cancelled by the one before it'));
  clock.after(32_000, () => come.push('not cancelled'));
  vi.advanceTimersByTime(33_000);
  expect(come).toEqual(['not cancelled']);
});

test('one that fails does not take the others of its moment with it', () => {
  const clock = createSystemClock();
  const come: string[] = [];
  clock.after(32_000, () => come.push('first'));
  clock.after(32_000, () => {
    throw new Error('a bug');
  });
  clock.after(32_000, () => come.push('last'));
  expect(() => vi.advanceTimersByTime(33_000)).toThrow('a bug');
  vi.runAllTimers();
  expect(come).toEqual(['first', 'last']);
});
