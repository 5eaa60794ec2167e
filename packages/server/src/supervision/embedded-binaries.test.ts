import { chmod, mkdir, mkdtemp, readFile, readlink, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { prepareEmbeddedBinaries } from './embedded-binaries.ts';

let folder: string;
let packageFolder: string;
let copies: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'cordboard-embedded-'));
  await chmod(folder, 0o755);
  packageFolder = path.join(folder, 'package');
  copies = path.join(folder, 'copies');
  await mkdir(path.join(packageFolder, 'native/bin'), { recursive: true });
  await mkdir(path.join(packageFolder, 'native/lib'), { recursive: true });
  await mkdir(copies);
  await writeFile(path.join(packageFolder, 'package.json'), '{ "version": "18.4.0" }');
  await writeFile(path.join(packageFolder, 'native/lib/libpq.so.5.18'), 'a library');
  await writeFile(
    path.join(packageFolder, 'native/pg-symlinks.json'),
    JSON.stringify([{ source: 'native/lib/libpq.so.5.18', target: 'native/lib/libpq.so.5' }]),
  );
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Not the owner and of no group of this folder. */
const somebody = { name: 'somebody', uid: 54_321, gid: 54_321 };

test('STO-23 the links that npm packages cannot carry are made at run time, once', async () => {
  for (let start = 1; start <= 2; start += 1) {
    const binaries = await prepareEmbeddedBinaries(packageFolder, copies, null);
    expect(binaries).toBe(path.join(packageFolder, 'native/bin'));
  }
  expect(await readlink(path.join(packageFolder, 'native/lib/libpq.so.5'))).toBe('libpq.so.5.18');
});

test('STO-23 a package that the database user cannot reach is copied, whole', async () => {
  await chmod(packageFolder, 0o700);
  const binaries = await prepareEmbeddedBinaries(packageFolder, copies, somebody);
  expect(binaries).toBe(path.join(copies, 'postgres-18.4.0/native/bin'));
  expect(await readFile(path.join(binaries, '../lib/libpq.so.5'), 'utf8')).toBe('a library');
});

test('STO-23 a copy that was broken off is made again', async () => {
  await chmod(packageFolder, 0o700);
  await mkdir(path.join(copies, 'postgres-18.4.0.unfinished/native'), { recursive: true });
  const binaries = await prepareEmbeddedBinaries(packageFolder, copies, somebody);
  expect(await readFile(path.join(binaries, '../lib/libpq.so.5'), 'utf8')).toBe('a library');
});

test('a package of another release, which has no list of links, is taken as it is', async () => {
  await rm(path.join(packageFolder, 'native/pg-symlinks.json'));
  expect(await prepareEmbeddedBinaries(packageFolder, copies, null)).toBe(
    path.join(packageFolder, 'native/bin'),
  );
});
