import { expect, test } from 'vitest';
import { createKeyPause } from './key-pause.ts';

test('TAB-83 what somebody goes on writing when his page gave the keyboard away is no key of the window', () => {
  let time = 0;
  const pause = createKeyPause(() => time);
  const pressed = (after: number) => {
    time += after;
    return pause.lets();
  };
  expect(pressed(1)).toBe(true);
  pause.begin();
  expect([pressed(50), pressed(200), pressed(399), pressed(120)]).toEqual([false, false, false, false]);
  expect([pressed(400), pressed(1), pressed(1)]).toEqual([true, true, true]);
});
