import { expect, test } from 'vitest';
import {
  changedShortcuts,
  conflictOf,
  isUsableKey,
  remapped,
  shortcutNames,
  shortcutsFrom,
  usualShortcuts,
} from './shortcuts.ts';

test('WIN-60 every action but logging off has a key, none has that of another or of the browser', () => {
  for (const name of shortcutNames) {
    const key = usualShortcuts[name];
    expect(conflictOf(usualShortcuts, name, key), name).toBeNull();
    expect(key === '' ? name === 'logOff' : isUsableKey(key), name).toBe(true);
  }
});

test('WIN-60 another key is taken if it is free and one that a page may use', () => {
  expect(remapped(usualShortcuts, 'answer', 'A')).toMatchObject({ ok: true, shortcuts: { answer: 'A' } });
  expect(remapped(usualShortcuts, 'answer', 'h')).toEqual({ ok: false, reason: 'conflict', with: 'hold' });
  for (const key of ['/', ' ', 'Enter', 'F5', "'"])
    expect(remapped(usualShortcuts, 'answer', key)).toEqual({ ok: false, reason: 'unusable' });
  expect(remapped(usualShortcuts, 'answer', '')).toMatchObject({ ok: true, shortcuts: { answer: '' } });
});

test('WIN-60 hold and retrieve, which are never allowed together, may have one key', () => {
  expect(remapped({ ...usualShortcuts, hold: 'z' }, 'retrieve', 'z').ok).toBe(true);
});

test('WIN-60 the keys that are another are kept, and of what was kept whatever can be used', () => {
  const swapped = { ...usualShortcuts, answer: 'e', hangUp: 'a' };
  expect(changedShortcuts(swapped)).toEqual({ answer: 'e', hangUp: 'a' });
  expect(shortcutsFrom(changedShortcuts(swapped))).toEqual(swapped);
  expect(shortcutsFrom(undefined)).toEqual(usualShortcuts);
  expect(shortcutsFrom(null)).toEqual(usualShortcuts);
  expect(shortcutsFrom({ answer: 'z', hold: 'z', hangUp: 7, fly: 'v' })).toEqual({
    ...usualShortcuts,
    answer: 'z',
    hold: '',
    hangUp: '',
  });
});
