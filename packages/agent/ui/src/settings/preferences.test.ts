import { checkOf, KeptPreferences } from '@cordboard/contract';
import { expect, test } from 'vitest';
import { usualShortcuts } from '../state/shortcuts.ts';
import { keptOf, type Preferences, preferencesFrom, usualPreferences } from './preferences.ts';

test.each([
  ['nothing', null],
  ['a text', 'choices'],
  ['a list', [1]],
  [
    'values of another release',
    {
      choices: { language: 'xx', ringVolume: 7, ringTone: 9, blink: 'yes', colors: 'red', more: 1 },
      shortcuts: 7,
      places: { dock: ['1'], other: [1, 2, 3, 4, 5], third: [Number.NaN] },
      ofBrowser: { ringOutput: 'x', notifications: 1 },
    },
  ],
])('WIN-85 preferences that cannot be used (%s) are the usual ones', (_, kept) =>
  expect(preferencesFrom(kept)).toEqual(usualPreferences),
);

test('WIN-222 what differs from the usual is kept, in the shape that is taken, and is the same when it is read', () => {
  const chosen: Preferences = {
    ...usualPreferences,
    language: 'de',
    colors: 'dark',
    ringVolume: 0.2,
    shortcuts: { ...usualShortcuts, answer: 'z', logOff: '!' },
    places: { dock: [20], 'tab CRM': [1, 2, 3, 4] },
  };
  const kept = keptOf(chosen);
  expect(checkOf(KeptPreferences)(kept)).toBeNull();
  expect(kept.choices).toEqual({ language: 'de', colors: 'dark', ringVolume: 0.2 });
  expect(preferencesFrom(kept)).toEqual(chosen);
  expect(keptOf(usualPreferences)).toEqual({ choices: {}, shortcuts: {}, places: {} });
});

test('WIN-222 of very many places those that were put last are kept', () => {
  const places = Object.fromEntries(Array.from({ length: 80 }, (_, index) => [`tab ${index}`, [index]]));
  const kept = keptOf({ ...usualPreferences, places });
  expect(checkOf(KeptPreferences)(kept)).toBeNull();
  expect(kept.places).not.toHaveProperty('tab 15');
  expect(kept.places).toHaveProperty('tab 79');
});
