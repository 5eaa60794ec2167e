import { expect, test } from 'vitest';
import { createGate } from './rate-gate.ts';

const tries = (count: number, gate: ReturnType<typeof createGate>, now: number) =>
  Array.from({ length: count }, () => gate(now));

test('TAB-42 a page may ask so often a second, and as often at once; more is refused until time has passed', () => {
  const gate = createGate(() => 3);
  expect(tries(4, gate, 0)).toEqual(['open', 'open', 'open', 'busy']);
  expect(tries(2, gate, 340)).toEqual(['open', 'busy']);
  expect(tries(4, gate, 60_000)).toEqual(['open', 'open', 'open', 'busy']);
});

test('TAB-42 a flood is told apart from a page that asks somewhat too often', () => {
  const gate = createGate(() => 3);
  expect(tries(150, gate, 0)).not.toContain('flood');
  expect(tries(150, gate, 2_000)).not.toContain('flood');
  expect(tries(100, gate, 2_000).at(-1)).toBe('flood');
});
