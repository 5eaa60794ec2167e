import { isLegalTransition } from '@cordboard/core';
import { expect, test } from 'vitest';
import { isPermittedStep } from './call-states.ts';

const states = [-1, 0, 1, 2, 3, 4, 6, 8, 9, 10, 11, 99, 100] as const;

test('the core permits no transition that an integrator may not see', () => {
  const beyond = [null, ...states].flatMap(from =>
    states
      .filter(to => isLegalTransition(from, to) && !isPermittedStep(from, to))
      .map(to => `${from} -> ${to}`),
  );
  expect(beyond).toEqual([]);
  expect(states.some(to => !isPermittedStep(1, to))).toBe(true);
});
