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

export const createFakeJournal = (options: {
  clock: VirtualClock;
  random: Randomness;
  faults: JournalFaults;
  /** told of each row as soon as it is durable */
  written?(row: JournalRow): void;
}): FakeJournal => {
  const { clock, random } = options;
  const rows: JournalRow[] = [];
  let faults = options.faults;
  let newest: JournalSnapshot | null = null;
  let epoch = 0;
  /** who has the lease */
  let holder: object | null = null;

  const last = () => rows.at(-1)?.last ?? 0;
  const write = (row: JournalRow) => {
    const kept = { ...row, body: row.body.slice() };
    rows.push(kept);
    options.written?.(kept);
  };
  const after = (milliseconds: number) => new Promise<void>(resolve => clock.after(milliseconds, resolve));

  return {
    rows,
    setFaults(next) {
      faults = next;
    },
    node() {
      let dead = false;
      const mine = new Set<object>();

      const session = (): Session => {
        const lease = {};
        holder = lease;
        mine.add(lease);
        epoch += 1;
        const myEpoch = epoch;
        let usable = true;
        return {
          epoch: myEpoch,
          get last() {
            return last();
          },
          snapshot: async () => newest,
          async *replay(from) {
            for (const row of rows) if (row.last > from) yield row;
          },
          async append(row) {
            const fate = drawFate(random, faults);
            await after(fate.milliseconds);
            const fenced = holder !== lease || row.after !== last();
            if (dead) {
              if (!fenced && random.chance(0.5)) write(row);
              return await never;
            }
            if (!usable) throw new Error('the session is closed');
            if (fenced) return 'fenced';
            if (fate.written) write(row);
            if (fate.heard) return 'appended';
            usable = false;
            throw new Error('the connection broke: the outcome is unknown');
          },
          async saveSnapshot(snapshot) {
            if (!dead && (newest === null || newest.seq < snapshot.seq)) {
              newest = { ...snapshot, body: snapshot.body.slice() };
            }
          },
          onLost() {},
          async close() {
            usable = false;
            if (!dead && holder === lease) holder = null;
          },
        };
      };

      return {
        async open({ signal }) {
          while (holder !== null || dead) {
            await after(100);
            signal.throwIfAborted();
            // a server that was killed goes no further
            if (dead) await never;
          }
          return session();
        },
        kill() {
          dead = true;
          clock.after(leaseMilliseconds, () => {
            if (holder !== null && mine.has(holder)) holder = null;
          });
        },
      };
    },
  };
};
