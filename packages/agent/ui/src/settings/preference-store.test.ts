import { expect, test } from 'vitest';
import { usualShortcuts } from '../state/shortcuts.ts';
import { createPreferences } from './preference-store.ts';
import { usualPreferences } from './preferences.ts';

const memory = () => {
  const kept = new Map<string, string>();
  return {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => void kept.set(name, value),
  };
};
const alone = () => {};

test('WIN-85 what is chosen is kept in this browser, and its other windows follow', () => {
  const storage = memory();
  let tell = alone;
  const one = createPreferences(storage, alone);
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
  expect(createPreferences(storage, alone).get().language).toBe('de');
});

test('WIN-85 half a text in the browser is as none', () => {
  const storage = memory();
  storage.setItem('cordboard.preferences', '{"choices":');
  expect(createPreferences(storage, alone).get()).toEqual(usualPreferences);
});

test('WIN-222 who shares a browser has his own keys and places; who is new begins with the language that he saw', () => {
  const preferences = createPreferences(memory(), alone);
  preferences.enter('anna');
  const hers = { shortcuts: { ...usualShortcuts, answer: 'z' }, places: { dock: [9] } };
  preferences.set({ language: 'de', ...hers });
  preferences.enter(null);
  preferences.enter('bertil');
  expect(preferences.get()).toEqual({ ...usualPreferences, language: 'de' });
  preferences.set({ language: 'en' });
  preferences.enter('anna');
  expect(preferences.get()).toEqual({ ...usualPreferences, language: 'de', ...hers });
});

test('WIN-222 what comes from elsewhere replaces all but what is of this browser', () => {
  const storage = memory();
  const preferences = createPreferences(storage, alone);
  expect(preferences.isNew).toBe(true);
  const ofBrowser = { notifications: true, ringOutput: { id: '1', name: 'Headset' } };
  preferences.set({ ...ofBrowser, density: 'compact' });
  let chosen = 0;
  preferences.onChosen(() => {
    chosen += 1;
  });
  preferences.take({ choices: { colors: 'dark' }, shortcuts: {}, places: {} });
  expect(preferences.get()).toEqual({ ...usualPreferences, ...ofBrowser, colors: 'dark' });
  expect(createPreferences(storage, alone).get()).toEqual(preferences.get());
  expect([chosen, preferences.isNew]).toEqual([0, false]);
});
