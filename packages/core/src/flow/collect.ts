import type { CollectStep } from './flow.ts';

/** What a digit makes of the digits before it. */
export type Collected = { type: 'more' | 'enough'; digits: string } | { type: 'wrong' };

export function takeDigit(step: CollectStep, before: string, digit: string): Collected {
  if (digit === step.terminator) return closeInput(step, before);
  const digits = before + digit;
  const isChoice = Object.hasOwn(step.menu, digits);
  if (isChoice && !hasLongerChoice(step, digits)) return { type: 'enough', digits };
  if (digits.length >= step.maximumDigits) return closeInput(step, digits);
  return { type: 'more', digits };
}

/** No digit comes any more: terminated, timed out, or as many as there can be. */
export function closeInput(step: CollectStep, digits: string): Collected {
  if (digits.length < step.minimumDigits || digits === '') return { type: 'wrong' };
  if (Object.keys(step.menu).length > 0 && !Object.hasOwn(step.menu, digits)) return { type: 'wrong' };
  return { type: 'enough', digits };
}

const hasLongerChoice = (step: CollectStep, digits: string): boolean =>
  Object.keys(step.menu).some(each => each.length > digits.length && each.startsWith(digits));

/** As it may stand in a record. */
export const shownDigits = (step: CollectStep, digits: string): string =>
  step.secret ? '*'.repeat(digits.length) : digits;
