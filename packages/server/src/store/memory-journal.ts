import type { Journal, JournalRow, JournalSession, Snapshot } from '../site/journal.ts';

/** A journal that lives as long as this object: for tests and simulations. It keeps every promise but durability. */
export interface MemoryJournal extends Journal {
  /** The next append rejects, as when the connection breaks; its row is written or not. */
  breakNextAppend(outcome: 'written' | 'notWritten'): void;
  /** The lease runs out as if the owner's process had stopped: another may take it, the owner does not know yet. */
  expireLease(): void;
}

interface Lease {
  epoch: number;
  held: boolean;
  lost: () => void;
}

export function createMemoryJournal(): MemoryJournal {
  const rows: JournalRow[] = [];
  const waiting = new Set<() => void>();
  let lease: Lease = { epoch: 0, held: false, lost: () => {} };
  let newest: Snapshot | null = null;
  let broken: 'written' | 'notWritten' | null = null;

  const free = (): void => {
    lease.held = false;
    for (const wake of waiting) wake();
  };

  function take(): JournalSession {
    const lost = new Set<() => void>();
    const mine: Lease = {
      epoch: lease.epoch + 1,
      held: true,
      lost: () => {
        for (const listener of lost) listener();
        lost.clear();
      },
    };
    const earlier = lease;
    lease = mine;
    earlier.lost();
    let last = rows.at(-1)?.last ?? 0;
    let usable = true;
    return {
      epoch: mine.epoch,
      get last() {
        return last;
      },
      snapshot: async () => newest,
      async *replay(after) {
        for (const row of rows) if (row.last > after) yield row;
      },
      async append(row) {
        if (!usable) throw new Error('this journal session is closed');
        if (lease !== mine || row.after !== last) return 'fenced';
        const breaks = broken;
        broken = null;
        if (breaks !== 'notWritten') {
          rows.push({ ...row, body: row.body.slice() });
          last = row.last;
        }
        if (breaks !== null) {
          usable = false;
          throw new Error('the connection broke: the outcome is unknown');
        }
        return 'appended';
      },
      async saveSnapshot(snapshot) {
        if (newest === null || newest.seq < snapshot.seq) {
          newest = { ...snapshot, body: snapshot.body.slice() };
        }
      },
      onLost: listener => void lost.add(listener),
      async close() {
        usable = false;
        lost.clear();
        if (lease === mine) free();
      },
    };
  }

  return {
    async open({ signal }) {
      while (lease.held) await freed(waiting, signal);
      signal.throwIfAborted();
      return take();
    },
    breakNextAppend: outcome => {
      broken = outcome;
    },
    expireLease: free,
  };
}

function freed(waiting: Set<() => void>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const done = (): void => {
      waiting.delete(wake);
      signal.removeEventListener('abort', aborted);
    };
    const wake = (): void => {
      done();
      resolve();
    };
    const aborted = (): void => {
      done();
      reject(signal.reason as Error);
    };
    waiting.add(wake);
    signal.addEventListener('abort', aborted);
  });
}
