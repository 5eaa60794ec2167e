import { expect, test } from 'vitest';
import { createVirtualClock } from '../clock/virtual-clock.ts';
import { createRandomness } from '../random/randomness.ts';
import { type JournalFaults, noFaults } from '../site/simulated-journal.ts';
import { createFakeJournal } from './fake-journal.ts';

const row = (after: number, last: number) => ({ after, last, body: Uint8Array.of(last) });
const signal = new AbortController().signal;

const scene = (faults: Partial<JournalFaults> = {}) => {
  const clock = createVirtualClock(0);
  const journal = createFakeJournal({
    clock,
    random: createRandomness('journal'),
    faults: { ...noFaults, ...faults },
  });
  /** what comes of a promise when so much time passes */
  const within = async <Value>(milliseconds: number, promise: Promise<Value>) => {
    let outcome: Value | 'nothing' | Error = 'nothing';
    promise.then(
      value => {
        outcome = value;
      },
      error => {
        outcome = error as Error;
      },
    );
    for (let passed = 0; passed < milliseconds; passed += 50) {
      await new Promise(resolve => setImmediate(resolve));
      clock.advance(50);
    }
    await new Promise(resolve => setImmediate(resolve));
    return outcome as Value | 'nothing' | Error;
  };
  return { clock, journal, within };
};

const opened = async (node: ReturnType<ReturnType<typeof scene>['journal']['node']>) => node.open({ signal });

test('rows are appended in order, and one that does not follow is fenced', async () => {
  const { journal, within } = scene();
  const session = await opened(journal.node());
  expect(await within(100, session.append(row(0, 2)))).toBe('appended');
  expect(await within(100, session.append(row(1, 3)))).toBe('fenced');
  expect(journal.rows.map(each => each.last)).toEqual([2]);
});

test('a commit without an answer may be written or not, and the session is worth nothing after it', async () => {
  for (const [faults, written] of [
    [{ failsBefore: 1 }, 0],
    [{ failsAfter: 1 }, 1],
  ] as const) {
    const { journal, within } = scene(faults);
    const session = await opened(journal.node());
    expect(await within(100, session.append(row(0, 1)))).toBeInstanceOf(Error);
    expect(await within(100, session.append(row(0, 1)))).toBeInstanceOf(Error);
    expect(journal.rows.length).toBe(written);
  }
});

test('the lease of a killed server runs out, and nothing answers that server any more', async () => {
  const { journal, within } = scene();
  const node = journal.node();
  const session = await opened(node);
  const append = session.append(row(0, 1));
  node.kill();
  const next = journal.node().open({ signal });
  expect(await within(1_000, append)).toBe('nothing');
  expect(await within(200, next)).toBe('nothing');
  const taken = await within(1_500, next);
  expect(taken).toHaveProperty('epoch', session.epoch + 1);
});
