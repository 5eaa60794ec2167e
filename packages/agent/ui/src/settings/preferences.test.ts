import { expect, test } from 'vitest';
import { createPreferences, preferencesFrom, usualPreferences } from './preferences.ts';

const memory = () => {
  const kept = new Map<string, string>();
  return {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => void kept.set(name, value),
  };
};

test.each([
  ['nothing', null],
  ['half of it', '{"language":'],
  ['a list', '[1]'],
  [
    'values of another release',
    '{"language":"xx","ringVolume":7,"ringTone":9,"ringOutput":"x","blink":"yes","more":1}',
  ],
])('WIN-85 preferences that cannot be used (%s) are the usual ones', (_, text) =>
  expect(preferencesFrom(text)).toEqual(usualPreferences),
);

test('WIN-85 what is chosen is kept in this browser, and its other windows follow', () => {
  const storage = memory();
  let tell = () => {};
  const one = createPreferences(storage, () => {});
  const other = createPreferences(storage, changed => {
    tell = changed;
  });
  const told: string[] = [];
  const stop = other.subscribe(() => told.push(other.get().language));
  one.set({ language: 'de', ringVolume: 0.2 });
  expect(one.get()).toEqual({ ...usualPreferences, language: 'de', ringVolume: 0.2 });
  tell();
  stop();
  tell();
  expect(told).toEqual(['de']);
  expect(createPreferences(storage, () => {}).get().language).toBe('de');
});
