import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';

export interface Migration {
  number: number;
  name: string;
  sql: string;
}

/** Any fixed number: only one server migrates a database at a time. */
const advisoryLock = 4_203_857_110;

const fileName = /^(\d{4})-([a-z0-9-]+)\.sql$/;

/** The program's own migrations. */
export const migrationFolder = path.resolve(import.meta.dirname, '../../migrations');

/** Reads the numbered files of a folder; their numbers must count up from 1 without a gap. */
export async function readMigrations(folder: string): Promise<Migration[]> {
  const files = (await readdir(folder)).filter(file => file.endsWith('.sql')).sort();
  return Promise.all(
    files.map(async (file, index) => {
      const [, number = '', name = ''] = fileName.exec(file) ?? [];
      if (Number(number) !== index + 1) throw new Error(`${file} is not migration ${index + 1}`);
      return { number: index + 1, name, sql: await readFile(path.join(folder, file), 'utf8') };
    }),
  );
}

const checksumOf = (migration: Migration): string =>
  createHash('sha256').update(migration.sql.replaceAll('\r\n', '\n')).digest('hex');

/**
 * Brings a database to the newest migration, each in a transaction of its own, and returns the numbers that were applied. Refuses a
 * database that a newer program has migrated, or whose applied migrations are not the ones this program has.
 */
export async function migrate(connection: pg.ClientConfig, migrations: Migration[]): Promise<number[]> {
  const client = new pg.Client(connection);
  client.on('error', () => {
    // the query under way rejects with it
  });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [advisoryLock]);
    await client.query(
      `create table if not exists schema_migration (
        number integer primary key,
        name text not null,
        checksum text not null,
        applied_at timestamptz not null default now()
      )`,
    );
    const { rows } = await client.query<{ number: number; checksum: string }>(
      'select number, checksum from schema_migration order by number',
    );
    checkApplied(rows, migrations);
    const missing = migrations.slice(rows.length);
    for (const migration of missing) await apply(client, migration);
    return missing.map(migration => migration.number);
  } finally {
    // ends the advisory lock too
    await client.end();
  }
}

function checkApplied(rows: { number: number; checksum: string }[], migrations: Migration[]): void {
  for (const [index, row] of rows.entries()) {
    const migration = migrations[index];
    if (!migration) {
      throw new Error(
        `the database is at migration ${rows.length}, this program knows ${migrations.length}: start the newer program`,
      );
    }
    if (row.checksum !== checksumOf(migration)) {
      throw new Error(
        `migration ${migration.number} (${migration.name}) was changed after it had been applied`,
      );
    }
  }
}

async function apply(client: pg.Client, migration: Migration): Promise<void> {
  await client.query('begin');
  try {
    await client.query(migration.sql);
    await client.query('insert into schema_migration (number, name, checksum) values ($1, $2, $3)', [
      migration.number,
      migration.name,
      checksumOf(migration),
    ]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => {
      // the first error says more
    });
    throw new Error(`migration ${migration.number} (${migration.name}) failed`, { cause: error });
  }
}
