import { expect, test } from 'vitest';
import { createRandom } from './random.ts';

const drawn = (seed: number, count: number): number[] => {
  const random = createRandom(seed);
  return Array.from({ length: count }, () => random.fraction());
};

test('the same seed draws the same numbers, another seed others', () => {
  expect(drawn(7, 5)).toEqual(drawn(7, 5));
  expect(drawn(7, 5)).not.toEqual(drawn(8, 5));
});

test('they are spread over the whole range', () => {
  const numbers = drawn(1, 10_000);
  expect(Math.min(...numbers)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...numbers)).toBeLessThan(1);
  for (let tenth = 0; tenth < 10; tenth++) {
    const share = numbers.filter(each => Math.floor(each * 10) === tenth).length;
    expect(share).toBeGreaterThan(850);
    expect(share).toBeLessThan(1_150);
  }
});

test('every one of a list is drawn, and a chance is as often true as it says', () => {
  const random = createRandom(3);
  const names = Array.from({ length: 200 }, () => random.oneOf(['a', 'b', 'c']));
  expect(new Set(names)).toEqual(new Set(['a', 'b', 'c']));
  const hits = Array.from({ length: 4_000 }, () => random.chance(0.25)).filter(Boolean).length;
  expect(hits).toBeGreaterThan(850);
  expect(hits).toBeLessThan(1_150);
});
