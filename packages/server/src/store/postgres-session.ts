import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { JournalRow, JournalSession, Snapshot } from '../site/journal.ts';
import type { JournalSettings } from './journal-settings.ts';

/** Rows that replay holds in memory at once. */
const replayBatch = 100;
const keptSnapshots = 2;
/** milliseconds */
const closePatience = 1_000;

const takeLease = `
  insert into lease as l (site, epoch, owner, last_seq, expires_at)
  values ($1, 1, $2, 0, clock_timestamp() + make_interval(secs => $3))
  on conflict (site) do update
    set epoch = l.epoch + 1, owner = $2, expires_at = clock_timestamp() + make_interval(secs => $3)
    where l.owner = $2 or l.expires_at < clock_timestamp()
  returning epoch::float8, last_seq::float8`;

const renewLease = `
  update lease set expires_at = clock_timestamp() + make_interval(secs => $3) where site = $1 and epoch = $2`;

const releaseLease = `update lease set expires_at = '-infinity' where site = $1 and epoch = $2`;

/** One statement: either the lease is ours, the row follows the last one and is written, or nothing happens. */
const appendRow = `
  with fence as (
    update lease set last_seq = $4 where site = $1 and epoch = $2 and last_seq = $3 returning 1
  )
  insert into journal (site, epoch, after_seq, last_seq, body) select $1, $2, $3, $4, $5 from fence`;

const readRows = `
  select after_seq::float8 as after, last_seq::float8 as last, body
  from journal where site = $1 and last_seq > $2 order by last_seq limit ${replayBatch}`;

const readSnapshot = `select seq::float8, body from snapshot where site = $1 order by seq desc limit 1`;

const writeSnapshot = `
  insert into snapshot (site, seq, body)
  select $1, $3, $4 from lease where site = $1 and epoch = $2 and last_seq >= $3
  on conflict do nothing`;

const forgetSnapshots = `
  delete from snapshot where site = $1 and seq not in (
    select seq from snapshot where site = $1 order by seq desc limit ${keptSnapshots})`;

/** Takes the lease and opens a session, or null while another owner's lease runs. */
export async function openSession(
  settings: JournalSettings,
  signal: AbortSignal,
): Promise<JournalSession | null> {
  const { connection, site, owner, leaseSeconds } = settings;
  const limits = { connectionTimeoutMillis: 5_000, keepAlive: true };
  const writer = new pg.Client({ ...connection, ...limits, query_timeout: settings.appendSeconds * 1000 });
  const broken = new Promise<void>(resolve => {
    writer.once('error', () => resolve());
    writer.once('end', () => resolve());
  });
  writer.on('error', () => {
    // what is under way rejects, and `broken` resolves
  });
  try {
    await writer.connect();
    const { rows } = await writer.query<{ epoch: number; last_seq: number }>(takeLease, [
      site,
      owner,
      leaseSeconds,
    ]);
    const [lease] = rows;
    if (!lease || signal.aborted) {
      if (lease) await writer.query(releaseLease, [site, lease.epoch]);
      await writer.end();
      return null;
    }
    // snapshots, replay and renewals have connections of their own, so that they never stand before an append
    const others = new pg.Pool({
      ...connection,
      ...limits,
      max: 3,
      query_timeout: 30_000,
      // what a crash takes back of them is made again (a renewal, a snapshot): not worth a wait for the disk
      options: '-c synchronous_commit=off',
    });
    others.on('error', () => {
      // an idle connection broke; the next query opens another
    });
    return session(settings, { writer, broken, others, epoch: lease.epoch, last: lease.last_seq });
  } catch (error) {
    await writer.end().catch(() => {
      // never connected, or broken by now
    });
    throw error;
  }
}

interface Opened {
  writer: pg.Client;
  broken: Promise<void>;
  others: pg.Pool;
  epoch: number;
  last: number;
}

function session(settings: JournalSettings, { writer, broken, others, epoch, last }: Opened): JournalSession {
  const { site, leaseSeconds } = settings;
  const lostListeners = new Set<() => void>();
  let state: 'open' | 'lost' | 'closed' = 'open';
  /** an append rejected: nobody knows how far the journal goes */
  let unknown = false;

  const lose = (): void => {
    if (state !== 'open') return;
    state = 'lost';
    renewal.stop();
    for (const listener of lostListeners) listener();
  };
  const renewal = keepRenewing({
    everySeconds: settings.renewSeconds,
    leaseSeconds,
    renew: async () => (await others.query(renewLease, [site, epoch, leaseSeconds])).rowCount === 1,
    onLost: lose,
  });
  void broken.then(lose);

  return {
    epoch,
    get last() {
      return last;
    },
    async snapshot() {
      const { rows } = await others.query<{ seq: number; body: Buffer }>(readSnapshot, [site]);
      return rows[0] ?? null;
    },
    async *replay(after) {
      for (let from = after; ; ) {
        const { rows } = await others.query<{ after: number; last: number; body: Buffer }>({
          name: 'replay',
          text: readRows,
          values: [site, from],
        });
        yield* rows;
        const final = rows.at(-1);
        if (!final || rows.length < replayBatch) return;
        from = final.last;
      }
    },
    async append(row: JournalRow) {
      if (state === 'closed' || unknown) throw new Error('this journal session is closed');
      const rowCount = await writer
        .query({
          name: 'append',
          text: appendRow,
          values: [site, epoch, row.after, row.last, asBuffer(row.body)],
        })
        .then(
          result => result.rowCount,
          (error: unknown) => {
            unknown = true;
            lose();
            throw new Error('the connection to the database broke: the outcome of an append is unknown', {
              cause: error,
            });
          },
        );
      if (rowCount !== 1) {
        await renewal.renewNow();
        return 'fenced';
      }
      last = row.last;
      return 'appended';
    },
    async saveSnapshot(snapshot: Snapshot) {
      await others.query(writeSnapshot, [site, epoch, snapshot.seq, asBuffer(snapshot.body)]);
      await others.query(forgetSnapshots, [site]);
    },
    onLost(listener) {
      lostListeners.add(listener);
    },
    async close() {
      if (state === 'closed') return;
      const held = state === 'open';
      state = 'closed';
      renewal.stop();
      // a lease that was lost is not ours to give back
      const released = held ? writer.query(releaseLease, [site, epoch]).catch(() => null) : null;
      const ended = Promise.allSettled([released, writer.end(), others.end()]);
      // a database that hangs must not hang its client: then the lease runs out by itself
      await Promise.race([ended, sleep(closePatience, null, { ref: false })]);
    },
  };
}

interface Renewal {
  everySeconds: number;
  leaseSeconds: number;
  /** false = the lease is another's by now */
  renew: () => Promise<boolean>;
  onLost: () => void;
}

/** Renews until it is stopped. The lease counts as lost when it is another's, or when no renewal came through for as long as it lasts. */
function keepRenewing({ everySeconds, leaseSeconds, renew, onLost }: Renewal): {
  renewNow(): Promise<void>;
  stop(): void;
} {
  let renewed = performance.now();
  let underWay = false;
  const renewNow = async (): Promise<void> => {
    const asked = performance.now();
    try {
      if (await renew()) renewed = asked;
      else onLost();
    } catch {
      // the next one may come through; when the lease has run out it is lost
    }
  };
  const tick = (): void => {
    if (performance.now() - renewed > leaseSeconds * 1000) onLost();
    if (underWay) return;
    underWay = true;
    void renewNow().finally(() => {
      underWay = false;
    });
  };
  if (everySeconds === Number.POSITIVE_INFINITY) return { renewNow, stop: () => {} };
  const timer = setInterval(tick, everySeconds * 1000);
  return { renewNow, stop: () => clearInterval(timer) };
}

const asBuffer = (body: Uint8Array): Buffer => Buffer.from(body.buffer, body.byteOffset, body.byteLength);
