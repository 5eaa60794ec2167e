import { expect, test } from 'vitest';
import { locksOfBrowser } from '../testing/locks-of-browser.ts';
import { ownAudio } from './owner.ts';

const windowsOf = (locks: LockManager) => {
  const open = () => {
    const told: boolean[] = [];
    return { told, ownership: ownAudio(locks, owner => told.push(owner)) };
  };
  return open;
};

const settled = (told: boolean[], ...wanted: boolean[]) => expect.poll(() => told).toEqual(wanted);

test('SPH-27 the first window has the audio, and the next one when the first lets it go', async () => {
  const open = windowsOf(locksOfBrowser());
  const first = open();
  await settled(first.told, true);
  const second = open();
  await settled(second.told, false);
  first.ownership.release();
  await settled(second.told, false, true);
  expect(first.told).toEqual([true]);
});

test('SPH-27 of two windows that are opened at once one has the audio, and the other knows', async () => {
  const open = windowsOf(locksOfBrowser());
  const [first, second] = [open(), open()];
  await settled(first.told, true);
  await settled(second.told, false);
});

test('SPH-27 a window takes the audio from another, which has it again later', async () => {
  const open = windowsOf(locksOfBrowser());
  const first = open();
  await settled(first.told, true);
  const second = open();
  await settled(second.told, false);
  second.ownership.take();
  await settled(second.told, false, true);
  await settled(first.told, true, false);
  first.ownership.take();
  await settled(first.told, true, false, true);
  await settled(second.told, false, true, false);
});

test('SPH-27 a window that waits and is logged off asks no more', async () => {
  const open = windowsOf(locksOfBrowser());
  const first = open();
  await settled(first.told, true);
  const second = open();
  await settled(second.told, false);
  second.ownership.release();
  second.ownership.take();
  first.ownership.release();
  const third = open();
  await expect.poll(() => third.told.at(-1)).toBe(true);
  expect(second.told).toEqual([false]);
});

test('SPH-27 without locks every window has the audio', () => {
  const told: boolean[] = [];
  ownAudio(undefined, owner => told.push(owner)).release();
  expect(told).toEqual([true]);
});
