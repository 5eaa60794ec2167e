import { expect, test } from 'vitest';
import { ownAudio } from './owner.ts';

interface Request {
  options: LockOptions;
  run: () => unknown;
  fail(reason: DOMException): void;
  done(): void;
}

/** Web Locks of one name, as far as they are used here. */
const locksOfBrowser = () => {
  let holder: Request | null = null;
  const waiting: Request[] = [];
  const grant = (request: Request) => {
    holder = request;
    void Promise.resolve(request.run()).then(() => {
      if (holder !== request) return;
      holder = null;
      request.done();
      const next = waiting.shift();
      if (next) grant(next);
    });
  };
  const aborted = () => new DOMException('no', 'AbortError');
  return {
    query: async () => ({ held: holder ? [{ name: 'cordboard.audio' }] : [] }),
    request: (_name: string, options: LockOptions, run: () => unknown) =>
      new Promise<void>((resolve, reject) => {
        const request: Request = { options, run, fail: reject, done: resolve };
        options.signal?.addEventListener('abort', () => {
          const index = waiting.indexOf(request);
          if (index >= 0) waiting.splice(index, 1);
          if (holder !== request) reject(aborted());
        });
        if (options.steal) {
          holder?.fail(aborted());
          grant(request);
        } else if (holder) waiting.push(request);
        else grant(request);
      }),
  } as unknown as LockManager;
};

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
