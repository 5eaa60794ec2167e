import { chmod, mkdir, mkdtemp, open, rm } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { createPostgresJournal } from '../packages/server/src/store/postgres-journal.ts';
import { prepareSchema } from '../packages/server/src/store/prepare-schema.ts';
import { openDatabase } from '../packages/server/src/supervision/database.ts';

/**
 * Commits of the journal beside their two floors on the same disk in the same run: the same bytes appended to a file with fdatasync, and
 * inserted into a bare table. The three take turns, because a disk's mood changes within seconds.
 *
 *   node bench/journal.ts [--rounds 5] [--commits 200] [--folder DIR]
 */
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    commits: { type: 'string', default: '200' },
    folder: { type: 'string', default: path.resolve(import.meta.dirname, '../.cordboard') },
  },
});
const rounds = Number(values.rounds);
const commits = Number(values.commits);
const batches = [1, 10, 100, 1000];

/** An event as the routing loop writes it, about 250 bytes. */
const eventText = (seq: number): string =>
  JSON.stringify({
    seq,
    at: 1_790_000_000_000 + seq,
    type: 'sessionMoved',
    sessionId: 100_000 + seq,
    callId: 50_000 + seq,
    agentId: seq % 1000,
    from: 'offered',
    phase: { type: 'connected' },
    text: 'x'.repeat(90),
  });

const bodyOf = (from: number, count: number): Buffer =>
  Buffer.from(`[${Array.from({ length: count }, (_, index) => eventText(from + index)).join(',')}]`);

type Writer = (body: Buffer, count: number) => Promise<unknown>;

await mkdir(values.folder, { recursive: true });
const dataFolder = await mkdtemp(path.join(values.folder, 'bench-'));
// as root the database runs as another user, who must get through
await chmod(dataFolder, 0o711);
const database = await openDatabase({
  dataFolder,
  environment: process.env,
  log: line => console.log(`# ${line}`),
});
const file = await open(path.join(dataFolder, 'floor'), 'a');
const bare = new pg.Client(database.connection);
await prepareSchema(database.connection);
await bare.connect();
await bare.query('create table bare (id bigserial primary key, body bytea not null)');
const journal = createPostgresJournal({ connection: database.connection, site: 1 });
const session = await journal.open({ signal: new AbortController().signal });

const writers: Record<'fdatasync' | 'insert' | 'journal', Writer> = {
  fdatasync: async body => {
    await file.write(body);
    await file.datasync();
  },
  insert: body => bare.query({ name: 'bare', text: 'insert into bare (body) values ($1)', values: [body] }),
  journal: async (body, count) => {
    const outcome = await session.append({ after: session.last, last: session.last + count, body });
    if (outcome !== 'appended') throw new Error(outcome);
  },
};

async function measure(write: Writer, batch: number): Promise<number[]> {
  const times: number[] = [];
  for (let commit = 0; commit < commits; commit += 1) {
    const body = bodyOf(commit * batch, batch);
    const started = performance.now();
    await write(body, batch);
    times.push(performance.now() - started);
  }
  return times;
}

const quantile = (sorted: number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;

interface Figures {
  p50: number;
  p99: number;
  eventsPerSecond: number;
}

function figuresOf(times: number[], batch: number): Figures {
  const sorted = times.toSorted((one, other) => one - other);
  const seconds = times.reduce((sum, each) => sum + each, 0) / 1000;
  return {
    p50: quantile(sorted, 0.5),
    p99: quantile(sorted, 0.99),
    eventsPerSecond: (times.length * batch) / seconds,
  };
}

const line = (cells: string[]): void => console.log(cells.map(cell => cell.padStart(12)).join(''));

try {
  for (const write of Object.values(writers)) await measure(write, 10);
  line(['events/commit', 'writer', 'p50 ms', 'p99 ms', 'events/s', 'x fdatasync', 'x insert']);
  for (const batch of batches) {
    const times = { fdatasync: [] as number[], insert: [] as number[], journal: [] as number[] };
    for (let round = 0; round < rounds; round += 1) {
      for (const name of ['fdatasync', 'insert', 'journal'] as const) {
        times[name].push(...(await measure(writers[name], batch)));
      }
    }
    const floors = {
      fdatasync: figuresOf(times.fdatasync, batch),
      insert: figuresOf(times.insert, batch),
    };
    for (const name of ['fdatasync', 'insert', 'journal'] as const) {
      const { p50, p99, eventsPerSecond } = figuresOf(times[name], batch);
      line([
        String(batch),
        name,
        p50.toFixed(2),
        p99.toFixed(2),
        Math.round(eventsPerSecond).toLocaleString('en'),
        (p50 / floors.fdatasync.p50).toFixed(2),
        (p50 / floors.insert.p50).toFixed(2),
      ]);
    }
  }
} finally {
  await session.close();
  await bare.end();
  await file.close();
  await database.close();
  await rm(dataFolder, { recursive: true, force: true });
}
