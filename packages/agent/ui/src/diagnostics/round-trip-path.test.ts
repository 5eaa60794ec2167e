import { expect, test } from 'vitest';
import { pathOf } from './round-trip-path.ts';

test.each([
  [[], ''],
  [[4], 'M0.0 1.0'],
  [[0, 4, 2], 'M0.0 79.0L300.0 1.0L600.0 40.0'],
  [[0.1], 'M0.0 71.2'],
])('the round trips %j are drawn as %s', (values, path) => expect(pathOf(values, 600, 80)).toBe(path));
