import { expect, test } from 'vitest';
import { checkNumberPattern, groupsNamed, longestNumber } from './number-pattern.ts';

test.each([
  ['^0(\\d+)$', 1],
  ['^(?:00|\\+)46(\\d{5,12})$', 1],
  ['^([2-9]\\d{2})(\\d{4})$', 2],
  ['^[^0]', 0],
  ['^\\+?1?(\\d{10})$', 1],
  ['112', 0],
  ['^(\\d+)[*#](\\d+)$', 2],
])('CFG-07 %s is a pattern of %i groups', (pattern, groups) => {
  expect(checkNumberPattern(pattern)).toEqual({ ok: true, groups });
});

test.each([
  '^(\\d+)+$',
  '^(\\d*)*$',
  '^(\\d|\\d\\d)+$',
  '^(0|00)*1$',
  '^\\d*\\d*\\d*x$',
  '^(?:\\d?){40}x$',
  '(\\d+)(\\d+)x',
  '^(\\d)\\1$',
  '^(?=\\d+)\\d',
  '^(?<name>\\d)$',
  '^\\d{1,100000}$',
  '^\\w+$',
  '^(\\d',
  '^[9-0]',
])('CFG-07 %s is refused', pattern => {
  expect(checkNumberPattern(pattern).ok).toBe(false);
});

test('CFG-07 what is allowed is done with the worst number at once', () => {
  const worst = `${'0'.repeat(longestNumber - 1)}x`;
  for (const pattern of ['^(\\d+)(\\d+)$', '^(?:0?0?\\d*)(\\d+)$', '(\\d+)$']) {
    expect(checkNumberPattern(pattern)).toMatchObject({ ok: true });
    expect(new RegExp(pattern).test(worst)).toBe(false);
  }
});

test('the groups that a replacement names are found', () => {
  expect(groupsNamed('+46$1$3')).toEqual([1, 3]);
});
