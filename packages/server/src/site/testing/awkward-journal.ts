import type { Journal, JournalRow } from '../journal.ts';

/** Wraps a journal so that a test can hold appends back, or have another writer step in. */
export interface AwkwardJournal extends Journal {
  /** every append from now on waits for `release` before it is tried */
  hold(): void;
  release(): void;
  /** the next append finds another writer */
  fenceNext(): void;
  /** rows that were appended, in order */
  rows: JournalRow[];
  appends: number;
}

export function createAwkwardJournal(inner: Journal): AwkwardJournal {
  const held: (() => void)[] = [];
  let holding = false;
  let fenced = false;
  const journal: AwkwardJournal = {
    rows: [],
    appends: 0,
    hold() {
      holding = true;
    },
    release() {
      holding = false;
      for (const each of held.splice(0)) each();
    },
    fenceNext() {
      fenced = true;
    },
    async open(options) {
      const session = await inner.open(options);
      return {
        epoch: session.epoch,
        get last() {
          return session.last;
        },
        snapshot: () => session.snapshot(),
        replay: after => session.replay(after),
        saveSnapshot: snapshot => session.saveSnapshot(snapshot),
        onLost: listener => session.onLost(listener),
        close: () => session.close(),
        async append(row) {
          journal.appends++;
          if (fenced) {
            fenced = false;
            return 'fenced';
          }
          if (holding) await new Promise<void>(resolve => held.push(resolve));
          const outcome = await session.append(row);
          if (outcome === 'appended') journal.rows.push(row);
          return outcome;
        },
      };
    },
  };
  return journal;
}
