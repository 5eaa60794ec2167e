import type { DeskTab } from '@cordboard/contract';
import { expect, test } from 'vitest';
import {
  afterKey,
  corners,
  type FloatingPlace,
  floatingName,
  inCorner,
  numbersOf,
  onScreen,
  placeOf,
  usualPlace,
} from './floating-place.ts';

const screen = { width: 1280, height: 800 };
const place: FloatingPlace = { left: 100, top: 100, width: 480, height: 384 };

test('TAB-80 the arrows move it, with Shift they change its size; other keys do nothing', () => {
  expect(afterKey(place, 'ArrowLeft', false)).toEqual({ ...place, left: 76 });
  expect(afterKey(place, 'ArrowDown', false)).toEqual({ ...place, top: 124 });
  expect(afterKey(place, 'ArrowRight', true)).toEqual({ ...place, width: 504 });
  expect(afterKey(place, 'ArrowUp', true)).toEqual({ ...place, height: 360 });
  expect(afterKey(place, 'Enter', false)).toBeNull();
});

test.each([
  ['far away', { left: 9_000, top: 9_000, width: 480, height: 384 }],
  ['before the screen', { left: -500, top: -500, width: 480, height: 384 }],
  ['larger than the screen', { left: 0, top: 0, width: 5_000, height: 5_000 }],
  ['of no size', { left: 0, top: 0, width: 0, height: -1 }],
])('TAB-80 a place that was kept on another screen (%s) can be taken hold of on this one', (_, kept) => {
  for (const small of [screen, { width: 400, height: 300 }, { width: 100, height: 60 }]) {
    const shown = onScreen(kept, small);
    expect(shown.left).toBeGreaterThanOrEqual(0);
    expect(shown.left).toBeLessThan(small.width);
    expect(shown.top).toBeGreaterThanOrEqual(0);
    expect(shown.top).toBeLessThan(small.height);
    expect(shown.width).toBeGreaterThan(0);
    expect(shown.width).toBeLessThanOrEqual(small.width);
    expect(shown.height).toBeGreaterThan(0);
    expect(shown.height).toBeLessThanOrEqual(small.height);
  }
});

test('TAB-80 unless it was put somewhere it is whole at the lower right, and in a corner it is whole too', () => {
  for (const each of [usualPlace(screen), ...corners.map(corner => inCorner(place, corner, screen))]) {
    expect(each.left + each.width).toBeLessThanOrEqual(screen.width);
    expect(each.top + each.height).toBeLessThanOrEqual(screen.height);
    expect(onScreen(each, screen)).toEqual(each);
  }
});

test('TAB-80 what is kept of a place is four numbers; fewer are none', () => {
  expect(placeOf(numbersOf({ ...place, left: 100.4 }))).toEqual(place);
  expect(placeOf([1, 2, 3])).toBeNull();
  expect(placeOf(null)).toBeNull();
});

test('TAB-80 of a tab that an action opened nothing of the customer is in the name of its place', () => {
  const tab = { name: '+46 812345', origin: 'https://crm.example.com' } as DeskTab;
  expect(floatingName({ ...tab, closable: true })).toBe('floating action https://crm.example.com');
  expect(floatingName({ ...tab, name: 'CRM', closable: false })).toBe('floating CRM');
  expect(floatingName({ ...tab, name: 'x'.repeat(1_000), closable: false }).length).toBeLessThanOrEqual(320);
});
