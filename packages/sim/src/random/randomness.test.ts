import { expect, test } from 'vitest';
import { createRandomness } from './randomness.ts';

const first = (seed: string, count: number) => {
  const random = createRandomness(seed);
  return Array.from({ length: count }, () => random.fraction());
};

test('the same seed gives the same sequence, another seed another', () => {
  expect(first('7', 50)).toEqual(first('7', 50));
  expect(first('7', 50)).not.toEqual(first('8', 50));
});

test('a split sequence depends on its name, not on how much was drawn before', () => {
  const drawn = createRandomness('7');
  for (let count = 0; count < 9; count++) drawn.fraction();
  expect(drawn.split('caller').fraction()).toBe(createRandomness('7').split('caller').fraction());
  expect(drawn.split('caller').fraction()).not.toBe(drawn.split('agent').fraction());
});

test('fractions fill [0, 1) evenly', () => {
  const tenths = new Array<number>(10).fill(0);
  for (const fraction of first('even', 100_000)) {
    const tenth = Math.floor(fraction * 10);
    tenths[tenth] = (tenths[tenth] ?? 0) + 1;
  }
  for (const count of tenths) {
    expect(count).toBeGreaterThan(9_500);
    expect(count).toBeLessThan(10_500);
  }
});

test('whole numbers reach both ends and pass neither', () => {
  const random = createRandomness('dice');
  const thrown = new Set(Array.from({ length: 1_000 }, () => random.whole(1, 6)));
  expect([...thrown].sort()).toEqual([1, 2, 3, 4, 5, 6]);
});

test('durations have the mean that was asked for and a bound', () => {
  const random = createRandomness('wait');
  const waits = Array.from({ length: 50_000 }, () => random.duration(1_000));
  const mean = waits.reduce((sum, each) => sum + each, 0) / waits.length;
  expect(mean).toBeGreaterThan(970);
  expect(mean).toBeLessThan(1_030);
  expect(Math.max(...waits)).toBeLessThanOrEqual(10_000);
});
