import { expect, test } from 'vitest';
import { loudness } from './level.ts';

test.each([
  [0, 0],
  [0.001, 0],
  [0.0316, 0.5],
  [1, 1],
])('SPH-33 samples of %d are shown as %d of the whole', (sample, shown) =>
  expect(loudness(new Float32Array(100).fill(sample))).toBeCloseTo(shown, 1),
);
