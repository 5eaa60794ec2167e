import { expect, test } from 'vitest';
import { spokenNumber, spokenPosition, spokenWaitingTime } from './spoken.ts';

const numbers: [number, string[]][] = [
  [0, ['number-0']],
  [7, ['number-7']],
  [20, ['number-20']],
  [21, ['number-20', 'number-1']],
  [90, ['number-90']],
  [100, ['number-1', 'number-hundred']],
  [345, ['number-3', 'number-hundred', 'number-40', 'number-5']],
  [5000, ['number-9', 'number-hundred', 'number-90', 'number-9']],
  [-1, ['number-0']],
];

test.each(numbers)('IVR-31 %i is said as %o', (value, sounds) => {
  expect(spokenNumber(value)).toEqual(sounds);
});

test('IVR-31 a place is said as a number, a waiting time in whole minutes', () => {
  expect(spokenPosition(3)).toEqual(['you-are-number', 'number-3']);
  expect(spokenWaitingTime(59)).toEqual(['waiting-time-below-one-minute']);
  expect(spokenWaitingTime(60)).toEqual(['waiting-time-about', 'number-1', 'minute']);
  expect(spokenWaitingTime(61)).toEqual(['waiting-time-about', 'number-2', 'minutes']);
});
