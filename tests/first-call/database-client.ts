import { readFile } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';

export type Query = (sql: string, values?: unknown[]) => Promise<Record<string, unknown>[]>;

/** A look into the database that the server runs in its data folder. */
export async function openDatabaseClient(data: string): Promise<{ query: Query; close(): Promise<void> }> {
  const client = new pg.Client({
    host: path.join(data, 'database', 'socket'),
    user: 'cordboard',
    password: await readFile(path.join(data, 'database', 'password'), 'utf8'),
    database: 'cordboard',
  });
  client.on('error', () => {
    // a server that is started again begins the database anew: the next query says so
  });
  await client.connect();
  return {
    query: async (sql, values = []) => (await client.query<Record<string, unknown>>(sql, values)).rows,
    close: () => client.end(),
  };
}
