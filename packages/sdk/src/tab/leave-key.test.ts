import { expect, test } from 'vitest';
import { createFakeTab } from '../testing/fake-tab.ts';
import { leaveOnKey } from './leave-key.ts';

const openPage = () => {
  const page = { connected: true };
  const tab = createFakeTab();
  const stop = leaveOnKey(tab.surroundings, () => page.connected);
  return { ...tab, page, stop };
};

test('TAB-82 F6 gives the keyboard back to the window around the page, and nothing else', () => {
  const { press, greetings } = openPage();
  expect(press({ key: 'F6' })).toBe(true);
  expect(greetings.map(each => each.data)).toEqual([{ cordboard: 'leave' }]);
});

test.each([
  ['another key', { key: 'a' }],
  ['a key that the page has used itself', { key: 'F6', defaultPrevented: true }],
  ['a key that a script has made up', { key: 'F6', isTrusted: false }],
  ['a combination of the browser', { key: 'F6', shiftKey: true }],
])('TAB-82 %s stays in the page', (_, key) => {
  const { press, greetings } = openPage();
  expect(press(key)).toBe(false);
  expect(greetings).toEqual([]);
});

test('TAB-82 a page that is not connected, or has ended its client, keeps the key to the browser', () => {
  const { press, greetings, page, stop } = openPage();
  page.connected = false;
  expect(press({ key: 'F6' })).toBe(false);
  page.connected = true;
  stop();
  expect(press({ key: 'F6' })).toBe(false);
  expect(greetings).toEqual([]);
});
