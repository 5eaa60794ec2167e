import type { Journal, JournalRow, JournalSession, Snapshot } from '../journal.ts';

/** What the next append does: succeed, wait for `release`, be lost before or after it was written, or find another writer. */
export type AppendFate = 'appended' | 'held' | 'lostBefore' | 'lostAfter' | 'fenced';

export interface MemoryJournal extends Journal {
  rows: JournalRow[];
  snapshots: Snapshot[];
  epoch: number;
  /** consumed one an append; then all succeed */
  fates: AppendFate[];
  /** lets held appends go on */
  release(): void;
  /** the lease of the open session is gone */
  loseLease(): void;
  /** how often a session was opened */
  opened: number;
}

/** A journal in memory, with the failures that a real one has. */
export function createMemoryJournal(): MemoryJournal {
  const held: (() => void)[] = [];
  let lost: (() => void) | null = null;

  const lastSeq = () => journal.rows.at(-1)?.last ?? 0;

  function write(row: JournalRow, epoch: number): 'appended' | 'fenced' {
    if (epoch !== journal.epoch || row.after !== lastSeq()) return 'fenced';
    journal.rows.push(row);
    return 'appended';
  }

  function session(epoch: number): JournalSession {
    return {
      epoch,
      last: lastSeq(),
      snapshot: async () => journal.snapshots.at(-1) ?? null,
      async *replay(after) {
        for (const row of journal.rows) if (row.last > after) yield row;
      },
      async append(row) {
        const fate = journal.fates.shift() ?? 'appended';
        if (fate === 'fenced') return 'fenced';
        if (fate === 'lostBefore') throw new Error('connection lost');
        if (fate === 'held') await new Promise<void>(resolve => held.push(resolve));
        const outcome = write(row, epoch);
        if (fate === 'lostAfter') throw new Error('connection lost');
        return outcome;
      },
      async saveSnapshot(snapshot) {
        journal.snapshots.push(snapshot);
      },
      onLost(listener) {
        lost = listener;
      },
      close: async () => undefined,
    };
  }

  const journal: MemoryJournal = {
    rows: [],
    snapshots: [],
    epoch: 0,
    fates: [],
    opened: 0,
    async open() {
      journal.opened++;
      journal.epoch++;
      return session(journal.epoch);
    },
    release: () => {
      for (const each of held.splice(0)) each();
    },
    loseLease: () => lost?.(),
  };
  return journal;
}
