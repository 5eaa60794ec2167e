import { expect, test } from 'vitest';
import type { Journal, JournalRow } from '../site/journal.ts';

/** What an implementation gives the suite for one test: its own empty store, and nodes that share it. */
export interface JournalStore {
  /** another node's view of the same site */
  node(): Journal;
  /** a node that, once it has the lease, does not renew it, as if its process had stopped */
  stoppedNode(): Journal;
  close(): Promise<void>;
}

const row = (after: number, last: number, text = `${after}-${last}`): JournalRow => ({
  after,
  last,
  body: new TextEncoder().encode(text),
});

const open = (node: Journal) => node.open({ signal: AbortSignal.timeout(20_000) });

const textsOf = async (rows: AsyncIterable<JournalRow>): Promise<string[]> => {
  const texts: string[] = [];
  for await (const each of rows) texts.push(new TextDecoder().decode(each.body));
  return texts;
};

/** The journal's promises, for every implementation. */
export function journalSuite(name: string, create: () => Promise<JournalStore>): void {
  const onStore = (title: string, run: (store: JournalStore) => Promise<void>): void => {
    test(`${title} [${name}]`, async () => {
      const store = await create();
      try {
        await run(store);
      } finally {
        await store.close();
      }
    });
  };

  const rules: { title: string; run: (store: JournalStore) => Promise<void> }[] = [
    {
      title: 'STO-01 what was appended is replayed in order, byte for byte, by the next owner',
      run: async store => {
        const first = await open(store.node());
        expect(first.last).toBe(0);
        const body = Uint8Array.from({ length: 256 }, (_, index) => index);
        expect(await first.append({ after: 0, last: 3, body })).toBe('appended');
        expect(await first.append(row(3, 4))).toBe('appended');
        await first.close();
        const second = await open(store.node());
        expect(second.last).toBe(4);
        const rows: JournalRow[] = [];
        for await (const each of second.replay(0)) rows.push(each);
        expect(rows.map(each => [each.after, each.last, ...each.body])).toEqual([
          [0, 3, ...body],
          [3, 4, ...row(3, 4).body],
        ]);
        await second.close();
      },
    },
    {
      title: 'STO-02 replay begins with the row that holds the next step, also when the row begins earlier',
      run: async store => {
        const session = await open(store.node());
        for (const each of [row(0, 2), row(2, 5), row(5, 6)]) await session.append(each);
        expect(await textsOf(session.replay(3))).toEqual(['2-5', '5-6']);
        expect(await textsOf(session.replay(5))).toEqual(['5-6']);
        expect(await textsOf(session.replay(6))).toEqual([]);
        await session.close();
      },
    },
    {
      title: 'STO-03 each session has a higher epoch than any before',
      run: async store => {
        const epochs: number[] = [];
        for (let round = 0; round < 3; round += 1) {
          const session = await open(store.node());
          epochs.push(session.epoch);
          await session.close();
        }
        expect(epochs).toEqual([...new Set(epochs)].sort((one, other) => one - other));
        expect(epochs[0]).toBeGreaterThan(0);
      },
    },
    {
      title: 'STO-04 while an owner renews its lease nobody else gets it; when it closes the next one does',
      run: async store => {
        const owner = await open(store.node());
        await expect(store.node().open({ signal: AbortSignal.timeout(100) })).rejects.toThrow();
        const waiting = open(store.node());
        await owner.close();
        const next = await waiting;
        expect(next.epoch).toBeGreaterThan(owner.epoch);
        await next.close();
      },
    },
    {
      title: 'STO-05 an owner that stopped loses its lease, hears of it, and what it appends is not written',
      run: async store => {
        const stopped = await open(store.stoppedNode());
        await stopped.append(row(0, 1, 'before'));
        let lost = 0;
        stopped.onLost(() => {
          lost += 1;
        });
        const owner = await open(store.node());
        expect(owner.last).toBe(1);
        expect(await stopped.append(row(1, 2, 'stale'))).toBe('fenced');
        expect(await owner.append(row(1, 2, 'right'))).toBe('appended');
        expect(await stopped.append(row(2, 3, 'stale'))).toBe('fenced');
        expect(await textsOf(owner.replay(0))).toEqual(['before', 'right']);
        await expect.poll(() => lost).toBe(1);
        await stopped.close();
        await owner.append(row(2, 3));
        await owner.close();
      },
    },
    {
      title: 'STO-06 a row that does not follow the last one is not written',
      run: async store => {
        const session = await open(store.node());
        await session.append(row(0, 2));
        expect(await session.append(row(0, 2))).toBe('fenced');
        expect(await session.append(row(3, 4))).toBe('fenced');
        expect(await session.append(row(2, 3))).toBe('appended');
        expect(await textsOf(session.replay(0))).toEqual(['0-2', '2-3']);
        await session.close();
      },
    },
    {
      title: 'STO-07 the newest snapshot is found by the next owner',
      run: async store => {
        const first = await open(store.node());
        expect(await first.snapshot()).toBeNull();
        for (let seq = 1; seq <= 4; seq += 1) {
          await first.append(row(seq - 1, seq));
          await first.saveSnapshot({ seq, body: Uint8Array.of(seq, 0, 255) });
        }
        await first.close();
        const second = await open(store.node());
        const found = await second.snapshot();
        expect(found?.seq).toBe(4);
        expect([...(found?.body ?? [])]).toEqual([4, 0, 255]);
        await second.close();
      },
    },
    {
      title: 'STO-08 a session that was closed writes nothing more',
      run: async store => {
        const session = await open(store.node());
        await session.close();
        await session.close();
        await expect(session.append(row(0, 1))).rejects.toThrow();
        const next = await open(store.node());
        expect(next.last).toBe(0);
        await next.close();
      },
    },
  ];
  for (const rule of rules) onStore(rule.title, rule.run);
}
