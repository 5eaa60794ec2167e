import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { JournalRow } from '../site/journal.ts';

/** Tables that follow from the journal. `apply` writes what the rows lead to, in the transaction of its client. */
export interface Projection {
  /** names its position in the database: never used for another meaning again */
  name: string;
  apply(client: pg.ClientBase, site: number, rows: JournalRow[]): Promise<void>;
}

/** Several as one, with the name and the position of the first. */
export const together = (first: Projection, ...others: Projection[]): Projection => ({
  name: first.name,
  async apply(client, site, rows) {
    for (const each of [first, ...others]) await each.apply(client, site, rows);
  },
});

export interface ProjectorOptions {
  connection: pg.ClientConfig;
  site: number;
  projection: Projection;
  log: (line: string) => void;
  /** looked for new rows this often when nobody calls `wake`; 1 s unless told */
  pollSeconds?: number;
}

export interface Projector {
  /** the last step that its tables hold; what other servers did is seen at the next look */
  readonly position: number;
  /** there are new rows */
  wake(): void;
  close(): Promise<void>;
}

const rowsAtOnce = 200;
const longestPause = 10_000;

/**
 * Fills tables from the journal, for as long as it is open. The position moves in the transaction that writes the rows: killed at any
 * moment, every step is in the tables once. Several servers may do it: one at a time gets on.
 */
export function startProjector(options: ProjectorOptions): Projector {
  const { connection, site, projection, log } = options;
  const pollMilliseconds = (options.pollSeconds ?? 1) * 1000;
  const closing = new AbortController();
  let position = 0;
  let woken = new AbortController();

  const pause = async (milliseconds: number): Promise<void> => {
    const signal = AbortSignal.any([closing.signal, woken.signal]);
    await sleep(milliseconds, null, { signal }).catch(() => null);
    if (woken.signal.aborted) woken = new AbortController();
  };

  const followJournal = async (): Promise<void> => {
    const client = new pg.Client({ ...connection, connectionTimeoutMillis: 5_000, query_timeout: 60_000 });
    client.on('error', () => {
      // the query under way, or the next one, rejects
    });
    await client.connect();
    try {
      while (!closing.signal.aborted) {
        const step = await projectNext(client, site, projection);
        position = step.position;
        if (!step.more) await pause(pollMilliseconds);
      }
    } finally {
      await client.end().catch(() => null);
    }
  };

  const run = async (): Promise<void> => {
    for (let failures = 0; !closing.signal.aborted; failures += 1) {
      const before = position;
      await followJournal().catch((error: unknown) => {
        if (!closing.signal.aborted) log(`the projection ${projection.name} stopped: ${String(error)}`);
      });
      if (position > before) failures = 0;
      await pause(Math.min(100 * 2 ** failures, longestPause));
    }
  };
  const running = run();

  return {
    get position() {
      return position;
    },
    wake: () => woken.abort(),
    async close() {
      closing.abort();
      await running;
    },
  };
}

/** One transaction: the rows after the position, and the position after them. */
async function projectNext(
  client: pg.Client,
  site: number,
  projection: Projection,
): Promise<{ position: number; more: boolean }> {
  const key = [site, projection.name];
  await client.query(
    'insert into projection (site, name, seq) values ($1, $2, 0) on conflict (site, name) do nothing',
    key,
  );
  await client.query('begin');
  try {
    const { rows: positions } = await client.query<{ seq: number }>(
      'select seq::float8 from projection where site = $1 and name = $2 for update',
      key,
    );
    const position = positions[0]?.seq ?? 0;
    const { rows } = await client.query<JournalRow & { body: Buffer }>({
      name: 'rows to project',
      text: `select after_seq::float8 as after, last_seq::float8 as last, body
        from journal where site = $1 and last_seq > $2 order by last_seq limit ${rowsAtOnce}`,
      values: [site, position],
    });
    const final = rows.at(-1);
    if (final) {
      await projection.apply(client, site, rows);
      await client.query('update projection set seq = $3 where site = $1 and name = $2', [
        ...key,
        final.last,
      ]);
    }
    await client.query('commit');
    return { position: final?.last ?? position, more: rows.length === rowsAtOnce };
  } catch (error) {
    await client.query('rollback').catch(() => null);
    throw error;
  }
}
