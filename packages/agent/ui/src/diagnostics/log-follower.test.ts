import { accepted, type LogPage, refused } from '@cordboard/contract';
import { expect, test } from 'vitest';
import { followLog } from './log-follower.ts';

/** A log of lines of ten bytes, asked in pages of three. */
const fakeLog = (...lines: string[]) => {
  let down = false;
  let rested: (() => void)[] = [];
  const page = (from: number, to: number): LogPage => ({
    lines: lines.slice(from, to).map((text, index) => ({ at: (from + index) * 10, text })),
    from: from * 10,
    to: to * 10,
    start: 0,
    end: lines.length * 10,
  });
  const follower = followLog({
    request: async (_, { before, after }: { before?: number | null; after?: number }) => {
      if (down) return refused('connectionLost');
      if (after !== undefined) return accepted(page(Math.min(after / 10, lines.length), lines.length));
      const to = before === null || before === undefined ? lines.length : before / 10;
      return accepted(page(Math.max(0, to - 3), to));
    },
    rest: () => new Promise(resolve => rested.push(resolve)),
  });
  const turn = async () => {
    for (let each = 0; each < 5; each++) await Promise.resolve();
    for (const resolve of rested.splice(0)) resolve();
    for (let each = 0; each < 5; each++) await Promise.resolve();
    rested = rested.slice();
  };
  return {
    follower,
    turn,
    write: (...texts: string[]) => lines.push(...texts),
    restart: () => lines.splice(0),
    setDown(value: boolean) {
      down = value;
    },
    shown: () => follower.get().lines.map(each => each.text),
  };
};

test('WIN-91 the last lines are shown, what is written follows, and older pages come when they are asked for', async () => {
  const log = fakeLog('a', 'b', 'c', 'd', 'e');
  await log.turn();
  expect(log.shown()).toEqual(['c', 'd', 'e']);
  expect(log.follower.get().more).toBe(true);
  log.write('f');
  await log.turn();
  expect(log.shown()).toEqual(['c', 'd', 'e', 'f']);
  await log.follower.older();
  expect(log.shown()).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
  expect(log.follower.get().more).toBe(false);
  log.follower.close();
});

test('WIN-91 paused, nothing moves; going on, nothing is missing', async () => {
  const log = fakeLog();
  log.write('a');
  await log.turn();
  log.follower.pause(true);
  log.write('b');
  await log.turn();
  expect(log.shown()).toEqual(['a']);
  log.follower.pause(false);
  log.write('c');
  await log.turn();
  await log.turn();
  expect(log.shown()).toEqual(['a', 'b', 'c']);
  log.follower.close();
});

test('WIN-91 an application that went and came back is followed from its own beginning', async () => {
  const log = fakeLog();
  log.write('a', 'b');
  await log.turn();
  log.setDown(true);
  await log.turn();
  expect(log.shown()).toEqual(['a', 'b']);
  log.setDown(false);
  log.restart();
  log.write('x');
  await log.turn();
  await log.turn();
  expect(log.shown()).toEqual(['x']);
  log.follower.close();
});
