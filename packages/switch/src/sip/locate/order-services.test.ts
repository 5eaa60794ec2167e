import { expect, test } from 'vitest';
import { orderServices } from './order-services.ts';

const record = (name: string, priority: number, weight: number) => ({ name, priority, weight, port: 5060 });

/** Numbers that look as if by chance, the same each time. */
function createRandom(): () => number {
  let state = 1;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

test('TRK-65 lower priorities come first, whatever their weight', () => {
  const records = [record('c', 20, 65_535), record('a', 5, 0), record('b', 10, 1)];
  expect(orderServices(records, () => 0.999).map(({ name }) => name)).toEqual(['a', 'b', 'c']);
});

test('TRK-65 of one priority each comes first as often as its weight says, one without weight seldom', () => {
  const random = createRandom();
  const first = { heavy: 0, light: 0, none: 0 };
  const rounds = 4_000;
  for (let i = 0; i < rounds; i++) {
    const [winner] = orderServices(
      [record('heavy', 1, 75), record('none', 1, 0), record('light', 1, 25)],
      random,
    );
    first[winner?.name as keyof typeof first]++;
  }
  expect(first.heavy / rounds).toBeGreaterThan(0.7);
  expect(first.heavy / rounds).toBeLessThan(0.8);
  expect(first.none / rounds).toBeGreaterThan(0);
  expect(first.none / rounds).toBeLessThan(0.03);
});

test('each is in the order once', () => {
  const records = [record('a', 1, 0), record('b', 1, 0), record('c', 1, 9)];
  const names = orderServices(records, () => 1).map(({ name }) => name);
  expect(names.sort()).toEqual(['a', 'b', 'c']);
  expect(orderServices([], () => 0)).toEqual([]);
});
