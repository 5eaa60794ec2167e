import type { VirtualClock } from '../clock/virtual-clock.ts';
import type { Randomness } from '../random/randomness.ts';
import { drawFate, type JournalFaults } from '../site/simulated-journal.ts';

/** The words of the server's journal port. */
export interface JournalRow {
  after: number;
  last: number;
  body: Uint8Array;
}

export interface JournalSnapshot {
  seq: number;
  body: Uint8Array;
}

interface Session {
  readonly epoch: number;
  readonly last: number;
  snapshot(): Promise<JournalSnapshot | null>;
  replay(after: number): AsyncIterable<JournalRow>;
  append(row: JournalRow): Promise<'appended' | 'fenced'>;
  saveSnapshot(snapshot: JournalSnapshot): Promise<void>;
  onLost(listener: () => void): void;
  close(): Promise<void>;
}

/** One server's way to the journal; it ends with the server. */
export interface JournalNode {
  open(options: { signal: AbortSignal }): Promise<Session>;
  /** the server is killed: nothing answers it any more; what was under way is written or not; its lease runs out */
  kill(): void;
}

/** One site's journal, with a lease, shared by the servers that come one after another, and with faults. */
export interface FakeJournal {
  node(): JournalNode;
  readonly rows: readonly JournalRow[];
  setFaults(faults: JournalFaults): void;
}

/** what a killed server waits for */
const never = new Promise<never>(() => {});
const leaseMilliseconds = 2_000;

/** What the servers share. */
interface Shelf {
  clock: VirtualClock;
  random: Randomness;
  faults: JournalFaults;
  written(row: JournalRow): void;
  rows: JournalRow[];
  newest: JournalSnapshot | null;
  epoch: number;
  /** who has the lease */
  holder: Lease | null;
}

interface Lease {
  server: { dead: boolean };
}

const lastOf = (shelf: Shelf): number => shelf.rows.at(-1)?.last ?? 0;

const pause = (clock: VirtualClock, milliseconds: number) =>
  new Promise<void>(resolve => void clock.after(milliseconds, resolve));

const write = (shelf: Shelf, row: JournalRow) => {
  const kept = { ...row, body: row.body.slice() };
  shelf.rows.push(kept);
  shelf.written(kept);
};

const append = async (
  shelf: Shelf,
  lease: Lease,
  row: JournalRow,
): Promise<'appended' | 'fenced' | 'unknown'> => {
  const fate = drawFate(shelf.random, shelf.faults);
  await pause(shelf.clock, fate.milliseconds);
  const fenced = shelf.holder !== lease || row.after !== lastOf(shelf);
  if (lease.server.dead) {
    if (!fenced && shelf.random.chance(0.5)) write(shelf, row);
    return never;
  }
  if (fenced) return 'fenced';
  if (fate.written) write(shelf, row);
  return fate.heard ? 'appended' : 'unknown';
};

const openSession = (shelf: Shelf, lease: Lease): Session => {
  shelf.holder = lease;
  shelf.epoch += 1;
  const { epoch } = shelf;
  let usable = true;
  return {
    epoch,
    get last() {
      return lastOf(shelf);
    },
    snapshot: async () => shelf.newest,
    async *replay(from) {
      for (const row of shelf.rows) if (row.last > from) yield row;
    },
    async append(row) {
      if (!usable) throw new Error('the session is closed');
      const outcome = await append(shelf, lease, row);
      if (outcome !== 'unknown') return outcome;
      usable = false;
      throw new Error('the connection broke: the outcome is unknown');
    },
    async saveSnapshot(snapshot) {
      if (lease.server.dead || (shelf.newest?.seq ?? -1) >= snapshot.seq) return;
      shelf.newest = { ...snapshot, body: snapshot.body.slice() };
    },
    onLost() {},
    async close() {
      usable = false;
      if (!lease.server.dead && shelf.holder === lease) shelf.holder = null;
    },
  };
};

export const createFakeJournal = (options: {
  clock: VirtualClock;
  random: Randomness;
  faults: JournalFaults;
  /** told of each row as soon as it is durable */
  written?(row: JournalRow): void;
}): FakeJournal => {
  const { clock, random, faults, written = () => {} } = options;
  const shelf: Shelf = { clock, random, faults, written, rows: [], newest: null, epoch: 0, holder: null };
  return {
    rows: shelf.rows,
    setFaults(next) {
      shelf.faults = next;
    },
    node() {
      const server = { dead: false };
      return {
        async open({ signal }) {
          while (shelf.holder !== null || server.dead) {
            await pause(clock, 100);
            signal.throwIfAborted();
            // a server that was killed goes no further
            if (server.dead) await never;
          }
          return openSession(shelf, { server });
        },
        kill() {
          server.dead = true;
          clock.after(leaseMilliseconds, () => {
            if (shelf.holder?.server === server) shelf.holder = null;
          });
        },
      };
    },
  };
};
