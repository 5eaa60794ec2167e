import { expect, test } from 'vitest';
import { journalSuite } from './journal.suite.ts';
import { createMemoryJournal } from './memory-journal.ts';

journalSuite('memory', async () => {
  const journal = createMemoryJournal();
  return {
    node: () => journal,
    stoppedNode: () => ({
      async open(options) {
        const session = await journal.open(options);
        journal.expireLease();
        return session;
      },
    }),
    close: async () => {},
  };
});

const signal = new AbortController().signal;
const body = Uint8Array.of(1);

test.each([
  { outcome: 'written' as const, last: 1 },
  { outcome: 'notWritten' as const, last: 0 },
])('a broken append is $outcome, and its session is worth nothing any more', async ({ outcome, last }) => {
  const journal = createMemoryJournal();
  const session = await journal.open({ signal });
  journal.breakNextAppend(outcome);
  await expect(session.append({ after: 0, last: 1, body })).rejects.toThrow('unknown');
  await expect(session.append({ after: 0, last: 1, body })).rejects.toThrow('closed');
  await session.close();
  const next = await journal.open({ signal });
  expect(next.last).toBe(last);
});
