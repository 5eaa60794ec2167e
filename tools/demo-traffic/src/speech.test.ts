import { expect, test } from 'vitest';
import { people } from './people.ts';
import { hum } from './speech.ts';

const [first, second] = people.map(person => hum(person, 'Hello, I would like to order ten lamps.'));

test('where nothing can speak a person hums: audible, not too loud, as long as the text, and each another', () => {
  expect(first?.length).toBeGreaterThan(8_000);
  const loudest = Math.max(...(first ?? []).map(Math.abs));
  expect(loudest).toBeGreaterThan(2_000);
  expect(loudest).toBeLessThan(12_000);
  expect(first).not.toEqual(second);
});

test('a longer text takes longer', () => {
  const [person] = people;
  if (!person) throw new Error('nobody');
  expect(hum(person, 'a'.repeat(200)).length).toBeGreaterThan(hum(person, 'a'.repeat(40)).length * 3);
});
