import type { ClientConfig } from 'pg';
import { patiently } from '../supervision/patiently.ts';
import { migrate, migrationFolder, readMigrations } from './migrate.ts';

/** A database that was killed is back within this time. */
const patience = 15_000;

/** Brings the database to the program's newest migration; returns the numbers of those that were applied now. */
export async function prepareSchema(connection: ClientConfig): Promise<number[]> {
  const migrations = await readMigrations(migrationFolder);
  return patiently(patience, () => migrate(connection, migrations));
}
