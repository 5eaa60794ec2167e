import { chmod, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { openDatabase } from '../../supervision/database.ts';
import { prepareSchema } from '../prepare-schema.ts';

export interface TestPostgres {
  /** a database of its own, migrated */
  createDatabase(): Promise<pg.ClientConfig>;
  query(database: pg.ClientConfig, sql: string): Promise<unknown[]>;
  /** ends every connection of others to this database, as a crash would */
  breakConnections(database: pg.ClientConfig): Promise<void>;
  close(): Promise<void>;
}

/** One PostgreSQL for a test file; each test gets a copy of a migrated template. */
export async function startTestPostgres(
  binaries: 'installed' | 'embedded' | null = null,
): Promise<TestPostgres> {
  const dataFolder = await mkdtemp(path.join(os.tmpdir(), 'cordboard-store-'));
  // as root the database runs as another user, who must get through
  await chmod(dataFolder, 0o711);
  const database = await openDatabase({
    dataFolder,
    // DATABASE_URL is somebody's real database
    environment: { PATH: process.env['PATH'] },
    log: () => {},
    ...(binaries && { binaries }),
  });
  const { connection } = database;
  await prepareSchema(connection);
  const administrator = new pg.Client({ ...connection, database: 'postgres' });
  administrator.on('error', () => {});
  await administrator.connect();
  let created = 0;
  return {
    async createDatabase() {
      created += 1;
      const name = `test_${created}`;
      await administrator.query(`create database ${name} template ${connection.database ?? ''}`);
      return { ...connection, database: name };
    },
    async query(database, sql) {
      const client = new pg.Client(database);
      await client.connect();
      try {
        return (await client.query(sql)).rows as unknown[];
      } finally {
        await client.end();
      }
    },
    async breakConnections({ database }) {
      await administrator.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [
        database,
      ]);
    },
    async close() {
      await administrator.end();
      await database.close();
      await rm(dataFolder, { recursive: true, force: true });
    },
  };
}
