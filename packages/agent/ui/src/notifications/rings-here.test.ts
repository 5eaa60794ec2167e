import { expect, test } from 'vitest';
import type { SoftphonePhase } from '../softphone/softphone.ts';
import { locksOfBrowser } from '../testing/locks-of-browser.ts';
import { ringsHere } from './rings-here.ts';

/** Windows of one browser, of which the agent uses one. */
const openWindows = () => {
  const locks = locksOfBrowser();
  const open = (isUsed: boolean) => {
    const state: { phase: SoftphonePhase | null } = { phase: null };
    let use = () => {};
    const here = ringsHere({
      locks,
      softphone: () => state.phase,
      onUsed(act) {
        use = act;
      },
      isUsed: () => isUsed,
    });
    return { here, state, use: () => use() };
  };
  return open;
};

type Opened = ReturnType<ReturnType<typeof openWindows>>;

const ringIn = (...windows: Opened[]) => expect.poll(() => windows.map(({ here }) => here.get()));

test('WIN-200 of two windows the one rings that was used last', async () => {
  const open = openWindows();
  const first = open(true);
  await ringIn(first).toEqual([true]);
  const second = open(false);
  await ringIn(first, second).toEqual([true, false]);
  second.use();
  await ringIn(first, second).toEqual([false, true]);
  first.use();
  first.use();
  await ringIn(first, second).toEqual([true, false]);
});

test('WIN-200 a window that is opened in front rings at once', async () => {
  const open = openWindows();
  const first = open(true);
  await ringIn(first).toEqual([true]);
  const second = open(true);
  await ringIn(first, second).toEqual([false, true]);
});

test('WIN-201 the window that has the audio of his phone rings, whichever he uses', async () => {
  const open = openWindows();
  const [first, second] = [open(true), open(false)];
  await ringIn(first, second).toEqual([true, false]);
  first.state.phase = 'elsewhere';
  second.state.phase = 'registered';
  await ringIn(first, second).toEqual([false, true]);
  // while it is not known yet which has it, none does
  second.state.phase = 'off';
  await ringIn(first, second).toEqual([false, false]);
  second.state.phase = 'waiting';
  await ringIn(first, second).toEqual([false, true]);
});

test('WIN-200 without locks every window rings', () => {
  const open = ringsHere({
    locks: undefined,
    softphone: () => null,
    onUsed() {},
    isUsed: () => false,
  });
  expect(open.get()).toBe(true);
});
