import { expect, test } from 'vitest';
import { collectStep } from '../testing/flows.ts';
import { closeInput, shownDigits, takeDigit } from './collect.ts';

const enter = (step: ReturnType<typeof collectStep>, digits: string) => {
  let before = '';
  for (const digit of digits) {
    const collected = takeDigit(step, before, digit);
    if (collected.type !== 'more') return collected;
    before = collected.digits;
  }
  return closeInput(step, before);
};

const free = { minimumDigits: 2, maximumDigits: 4 };
const menu = { minimumDigits: 1, maximumDigits: 2, menu: { 1: 'one', 12: 'twelve', 2: 'two' } };

const inputs: [what: string, change: object, digits: string, result: string | null][] = [
  ['as many digits as there can be', free, '12345', '1234'],
  ['fewer, and the terminator', free, '123#', '123'],
  ['too few', free, '1#', null],
  ['nothing', free, '', null],
  ['fewer, and nothing more', free, '12', '12'],
  ['a star, which is a digit', free, '1*#', '1*'],
  ['another terminator', { ...free, terminator: '*' }, '1#*', '1#'],
  ['a choice that no longer one begins with', menu, '2', '2'],
  ['a choice that a longer one begins with, and its rest', menu, '12', '12'],
  ['a choice that a longer one begins with, and nothing more', menu, '1', '1'],
  ['no choice', menu, '3#', null],
  ['no choice of two digits', menu, '13', null],
];

test.each(inputs)('IVR-04 %s', (_, change, digits, result) => {
  const collected = enter(collectStep(change), digits);
  expect(collected).toEqual(result === null ? { type: 'wrong' } : { type: 'enough', digits: result });
});

test('IVR-04 a choice is taken at once when no longer one begins with it', () => {
  expect(takeDigit(collectStep(menu), '', '2')).toEqual({ type: 'enough', digits: '2' });
  expect(takeDigit(collectStep(menu), '', '1')).toEqual({ type: 'more', digits: '1' });
});

test('IVR-06 secret digits are shown as stars', () => {
  expect(shownDigits(collectStep({ secret: true }), '1234')).toBe('****');
  expect(shownDigits(collectStep(), '1234')).toBe('1234');
});
