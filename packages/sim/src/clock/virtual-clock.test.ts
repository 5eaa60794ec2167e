import { expect, test } from 'vitest';
import { createRandomness } from '../random/randomness.ts';
import { createVirtualClock } from './virtual-clock.ts';

test('what becomes due happens at its own time, in order of time and then of setting', () => {
  const clock = createVirtualClock(1_000);
  const seen: [string, number][] = [];
  const at = (milliseconds: number, name: string) =>
    clock.after(milliseconds, () => void seen.push([name, clock.now()]));
  at(20, 'late');
  at(10, 'first of two');
  at(10, 'second of two');
  at(500, 'not yet');
  clock.advance(100);
  expect(seen).toEqual([
    ['first of two', 1_010],
    ['second of two', 1_010],
    ['late', 1_020],
  ]);
  expect(clock.now()).toBe(1_100);
  expect(clock.nextDue()).toBe(1_500);
});

test('a timer that was taken back never runs', () => {
  const clock = createVirtualClock(0);
  let ran = false;
  const timer = clock.after(5, () => {
    ran = true;
  });
  timer.cancel();
  clock.advance(10);
  expect(ran).toBe(false);
  expect(clock.nextDue()).toBeNull();
});

test('a timer may set another for the same moment, which still runs', () => {
  const clock = createVirtualClock(0);
  const seen: number[] = [];
  clock.after(5, () => {
    clock.after(0, () => void seen.push(clock.now()));
  });
  clock.advance(5);
  expect(seen).toEqual([5]);
});

test('ten thousand timers in random order run in order of time', () => {
  const clock = createVirtualClock(0);
  const random = createRandomness('timers');
  const seen: number[] = [];
  const set = Array.from({ length: 10_000 }, () =>
    clock.after(random.whole(0, 5_000), () => void seen.push(clock.now())),
  );
  set.filter(() => random.chance(0.3)).forEach(timer => void timer.cancel());
  while (clock.runNext());
  expect(seen.length).toBeGreaterThan(6_000);
  expect(seen.length).toBeLessThan(8_000);
  expect(seen).toEqual([...seen].sort((left, right) => left - right));
});
