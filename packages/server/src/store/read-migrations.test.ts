import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { migrationFolder, readMigrations } from './migrate.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'cordboard-migrations-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('the program’s own migrations count up from 1', async () => {
  const migrations = await readMigrations(migrationFolder);
  expect(migrations[0]).toMatchObject({ number: 1, name: 'journal' });
  expect(migrations.map(each => each.number)).toEqual(migrations.map((_, index) => index + 1));
});

test.each([
  ['a gap', ['0001-one.sql', '0003-three.sql'], '0003-three.sql is not migration 2'],
  ['a number twice', ['0001-one.sql', '0001-two.sql'], '0001-two.sql is not migration 2'],
  ['a name without a number', ['one.sql'], 'one.sql is not migration 1'],
])('%s is refused', async (_what, files, message) => {
  for (const file of files) await writeFile(path.join(folder, file), 'select 1');
  await expect(readMigrations(folder)).rejects.toThrow(message);
});
