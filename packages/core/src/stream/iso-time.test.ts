import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isoTime } from './iso-time.ts';

test('it writes what the platform would', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4_102_444_800_000 }), time => {
      expect(isoTime(time)).toBe(new Date(time).toISOString());
    }),
  );
});

test.each([0, 951_782_399_999, 951_782_400_000, 1_709_164_800_000, 4_107_542_400_000])('also at %i', time => {
  expect(isoTime(time)).toBe(new Date(time).toISOString());
});
