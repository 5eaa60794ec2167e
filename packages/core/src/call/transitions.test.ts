import { SessionState } from '@cordboard/contract';
import { expect, test } from 'vitest';
import { isLegalTransition } from './transitions.ts';

const { Offered, Connected, Idle, Clerical, Dialing, Held, Undefined, ForceClearing, OnHold } = SessionState;

test.each([
  [null, Offered],
  [Offered, Connected],
  [Offered, Offered],
  [Undefined, Held],
  [Clerical, ForceClearing],
])('CAL-04 from %s to %s is a way', (from, to) => {
  expect(isLegalTransition(from, to)).toBe(true);
});

test.each([
  [null, Connected],
  [Offered, Clerical],
  [Dialing, Connected],
  [Held, OnHold],
  [Idle, Idle],
  [Idle, Connected],
  [ForceClearing, Clerical],
])('CAL-04 from %s to %s is none', (from, to) => {
  expect(isLegalTransition(from, to)).toBe(false);
});
