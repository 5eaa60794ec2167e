import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrate, migrationFolder, readMigrations } from './migrate.ts';
import { startTestPostgres, type TestPostgres } from './testing/test-postgres.ts';

let postgres: TestPostgres;
beforeAll(async () => {
  postgres = await startTestPostgres();
});
afterAll(() => postgres.close());

const broken = (number: number) => ({ number, name: 'broken', sql: 'create table half (); select nonsense' });

test('STO-13 migrations are applied once, in order, also when two servers start at once', async () => {
  const connection = await postgres.createDatabase();
  const known = await readMigrations(migrationFolder);
  const next = { number: known.length + 1, name: 'next', sql: 'create table next (id integer)' };
  const applied = await Promise.all([1, 2, 3].map(() => migrate(connection, [...known, next])));
  expect(applied.flat()).toEqual([next.number]);
});

test('STO-14 a migration that fails leaves nothing of itself', async () => {
  const connection = await postgres.createDatabase();
  const known = await readMigrations(migrationFolder);
  await expect(migrate(connection, [...known, broken(known.length + 1)])).rejects.toThrow('broken');
  expect(await postgres.query(connection, `select to_regclass('half') as found`)).toEqual([{ found: null }]);
  expect(await migrate(connection, known)).toEqual([]);
});

test('STO-15 a database of a newer program, or with a changed migration, is refused', async () => {
  const connection = await postgres.createDatabase();
  const known = await readMigrations(migrationFolder);
  await expect(migrate(connection, known.slice(0, -1))).rejects.toThrow('newer program');
  const changed = known.map(each => ({ ...each, sql: `${each.sql} ` }));
  await expect(migrate(connection, changed)).rejects.toThrow('was changed');
});
