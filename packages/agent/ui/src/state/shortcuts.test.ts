import { expect, test } from 'vitest';
import {
  conflictOf,
  isUsableKey,
  keepShortcuts,
  readShortcuts,
  remapped,
  shortcutNames,
  shortcutsFrom,
  usualShortcuts,
} from './shortcuts.ts';

const kept = () => {
  const values = new Map<string, string>();
  return {
    getItem: (key: string) => values.get(key) ?? null,
    setItem: (key: string, value: string) => void values.set(key, value),
  };
};

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

test('WIN-60 the keys are kept for each user, and of what was kept whatever can be used', () => {
  const storage = kept();
  const swapped = { ...usualShortcuts, answer: 'e', hangUp: 'a' };
  keepShortcuts(storage, 'anna', swapped);
  expect(readShortcuts(storage, 'anna')).toEqual(swapped);
  expect(readShortcuts(storage, 'bertil')).toEqual(usualShortcuts);
  expect(shortcutsFrom('no JSON')).toEqual(usualShortcuts);
  expect(shortcutsFrom('null')).toEqual(usualShortcuts);
  expect(shortcutsFrom('{"answer":"z","hold":"z","hangUp":7,"fly":"v"}')).toEqual({
    ...usualShortcuts,
    answer: 'z',
    hold: '',
    hangUp: '',
  });
});
