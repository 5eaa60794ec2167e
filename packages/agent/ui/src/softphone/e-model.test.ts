import { expect, test } from 'vitest';
import { opinionOf, ratingOf } from './e-model.ts';

const path = (roundTrip: number, jitter: number, loss: number) => ratingOf({ roundTrip, jitter, loss });

test('SPH-43 a clean path is rated as G.711 itself, less what a packet takes', () => {
  expect(path(0, 0, 0)).toBeCloseTo(92.72, 2);
  expect(opinionOf(path(0, 0, 0))).toBeCloseTo(4.4, 1);
});

test.each([
  // G.107 Annex B
  [90, 4.34],
  [80, 4.02],
  [70, 3.6],
  [60, 3.1],
  [50, 2.58],
])('SPH-43 a rating of %d is an opinion of %d', (rating, opinion) =>
  expect(opinionOf(rating)).toBeCloseTo(opinion, 2),
);

test('SPH-43 delay, jitter and loss each make it worse, and it stays between 1 and 4.5', () => {
  const clean = path(20, 5, 0);
  expect(path(400, 5, 0)).toBeLessThan(clean);
  expect(path(20, 60, 0)).toBeLessThan(clean);
  // G.113: with concealment 2 % of random loss cost about 7
  expect(path(20, 5, 0) - path(20, 5, 0.02)).toBeCloseTo(7, 0);
  expect(opinionOf(path(5_000, 500, 1))).toBe(1);
  expect(opinionOf(-5)).toBe(1);
  expect(opinionOf(200)).toBe(4.5);
});
