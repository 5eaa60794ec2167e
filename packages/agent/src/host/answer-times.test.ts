import { expect, test } from 'vitest';
import { createAnswerTimes, percentile } from './answer-times.ts';

const morning = new Date(2026, 10, 22, 8).getTime();

test('SPH-42 the times from answer to audio are counted over a day, by nearest rank', () => {
  const times = createAnswerTimes();
  for (let index = 1; index < 20; index++) times.add(index * 10, morning + index);
  expect(times.add(200, morning + 100)).toEqual({ count: 20, last: 200, p50: 100, p95: 190 });
  expect(times.add(70, morning + 24 * 3_600_000)).toEqual({ count: 1, last: 70, p50: 70, p95: 70 });
});

test('SPH-42 of a day with very many answers the last 2,000 are kept', () => {
  const times = createAnswerTimes();
  times.add(9_999, morning);
  for (let index = 0; index < 2_000; index++) times.add(1, morning);
  expect(times.add(1, morning)).toEqual({ count: 2_000, last: 1, p50: 1, p95: 1 });
});

test('of no values every share is 0', () => expect(percentile([], 0.5)).toBe(0));
