import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDatabase } from '../supervision/database.ts';
import { embeddedPackageFolder } from '../supervision/embedded-binaries.ts';
import { type JournalStore, journalSuite } from './journal.suite.ts';
import { createPostgresJournal } from './postgres-journal.ts';
import { prepareSchema } from './prepare-schema.ts';
import { startTestPostgres, type TestPostgres } from './testing/test-postgres.ts';

let postgres: TestPostgres;
beforeAll(async () => {
  postgres = await startTestPostgres();
});
afterAll(() => postgres.close());

const signal = new AbortController().signal;
const body = Uint8Array.of(1);

const storeIn = async (server: TestPostgres): Promise<JournalStore> => {
  const connection = await server.createDatabase();
  const options = { connection, site: 1, leaseSeconds: 0.5 };
  return {
    node: () => createPostgresJournal(options),
    stoppedNode: () => createPostgresJournal({ ...options, renewSeconds: Number.POSITIVE_INFINITY }),
    close: async () => {},
  };
};

journalSuite('PostgreSQL', () => storeIn(postgres));

describe.runIf(embeddedPackageFolder() !== null)('with the npm package', () => {
  let packaged: TestPostgres;
  beforeAll(async () => {
    packaged = await startTestPostgres('embedded');
  });
  afterAll(() => packaged.close());

  journalSuite('PostgreSQL of the npm package', () => storeIn(packaged));
});

test('STO-09 sites of one database do not touch each other', async () => {
  const connection = await postgres.createDatabase();
  const one = await createPostgresJournal({ connection, site: 1 }).open({ signal });
  const two = await createPostgresJournal({ connection, site: 2 }).open({ signal });
  expect(await one.append({ after: 0, last: 5, body })).toBe('appended');
  expect(await two.append({ after: 0, last: 1, body })).toBe('appended');
  await one.saveSnapshot({ seq: 5, body });
  expect(await two.snapshot()).toBeNull();
  await Promise.all([one.close(), two.close()]);
});

test('STO-10 a named owner takes its own lease at once, another one waits until it runs out', async () => {
  const connection = await postgres.createDatabase();
  const options = { connection, site: 1, leaseSeconds: 3600, owner: 'this machine' };
  const killed = await createPostgresJournal(options).open({ signal });
  const again = await createPostgresJournal(options).open({ signal });
  expect(again.epoch).toBe(killed.epoch + 1);
  const other = createPostgresJournal({ ...options, owner: 'another' });
  await expect(other.open({ signal: AbortSignal.timeout(300) })).rejects.toThrow();
  expect(await killed.append({ after: 0, last: 1, body })).toBe('fenced');
  await Promise.all([killed.close(), again.close()]);
});

test('STO-11 when the connection breaks the owner hears of it and its session appends nothing more', async () => {
  const connection = await postgres.createDatabase();
  const journal = createPostgresJournal({ connection, site: 1, owner: 'me' });
  const session = await journal.open({ signal });
  const lost = new Promise<void>(resolve => session.onLost(resolve));
  await postgres.breakConnections(connection);
  await lost;
  await expect(session.append({ after: 0, last: 1, body })).rejects.toThrow();
  await session.close();
  const next = await journal.open({ signal });
  expect(next.last).toBe(0);
  expect(await next.append({ after: 0, last: 1, body })).toBe('appended');
  await next.close();
});

test('STO-12 two snapshots are kept, and one of a stale owner is not', async () => {
  const connection = await postgres.createDatabase();
  const journal = createPostgresJournal({ connection, site: 1, owner: 'me' });
  const session = await journal.open({ signal });
  for (let seq = 1; seq <= 5; seq += 1) {
    await session.append({ after: seq - 1, last: seq, body });
    await session.saveSnapshot({ seq, body });
  }
  const next = await journal.open({ signal });
  await next.append({ after: 5, last: 6, body });
  await session.saveSnapshot({ seq: 6, body });
  const rows = await postgres.query(connection, 'select seq::int from snapshot order by seq');
  expect(rows).toEqual([{ seq: 4 }, { seq: 5 }]);
  await Promise.all([session.close(), next.close()]);
});

test('STO-24 the journal works with a database that DATABASE_URL names', async () => {
  const { host = '', user = '', password, database } = await postgres.createDatabase();
  const url = `postgres://${user}:${String(password)}@/${database ?? ''}?host=${encodeURIComponent(host)}`;
  const external = await openDatabase({
    dataFolder: '/nowhere',
    environment: { DATABASE_URL: url },
    log: () => {},
  });
  expect(await prepareSchema(external.connection)).toEqual([]);
  const journal = createPostgresJournal({ connection: external.connection, site: 1 });
  const session = await journal.open({ signal });
  expect(await session.append({ after: 0, last: 1, body })).toBe('appended');
  await session.saveSnapshot({ seq: 1, body });
  expect((await session.snapshot())?.seq).toBe(1);
  await session.close();
  await external.close();
});

test('a replay of many rows comes in batches and misses none', async () => {
  const connection = await postgres.createDatabase();
  const session = await createPostgresJournal({ connection, site: 1 }).open({ signal });
  for (let last = 1; last <= 250; last += 1) await session.append({ after: last - 1, last, body });
  const seen: number[] = [];
  for await (const row of session.replay(0)) seen.push(row.last);
  expect(seen).toEqual(Array.from({ length: 250 }, (_, index) => index + 1));
  await session.close();
});

test('a journal whose database cannot be reached says so', async () => {
  const journal = createPostgresJournal({ connection: { host: '/nowhere' }, site: 1 });
  await expect(journal.open({ signal })).rejects.toThrow('ENOENT');
});
