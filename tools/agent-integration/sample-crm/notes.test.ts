import { expect, test } from 'vitest';
import { createNotes } from './notes.ts';

const openStorage = (first: Record<string, string> = {}) => {
  const kept = new Map(Object.entries(first));
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  };
};

test('DEM-16 notes are kept by number, the newest first, and are there again', () => {
  const storage = openStorage();
  const notes = createNotes(storage);
  expect(notes.add('2001', { at: 1, text: 'wants green' })).toBe(true);
  notes.add('2001', { at: 2, text: 'ordered' });
  notes.add('2002', { at: 3, text: 'other' });
  expect(
    createNotes(storage)
      .of('2001')
      .map(each => each.text),
  ).toEqual(['ordered', 'wants green']);
  for (let at = 10; at < 100; at++) notes.add('2001', { at, text: 'again' });
  expect(notes.of('2001')).toHaveLength(50);
});

test.each(['{', '"text"', 'null', '[1, {"at": "now", "text": "x"}, null]'])(
  'what is no list of notes is none: %s',
  kept => {
    expect(createNotes(openStorage({ 'sample-crm.notes.1': kept })).of('1')).toEqual([]);
  },
);

test('where nothing may be kept that is told', () => {
  const notes = createNotes({
    getItem: () => null,
    setItem() {
      throw new DOMException('full', 'QuotaExceededError');
    },
  });
  expect(notes.add('1', { at: 1, text: 'x' })).toBe(false);
});
