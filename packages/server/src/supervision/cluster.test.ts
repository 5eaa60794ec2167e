import { chmod, mkdir, mkdtemp, rm, stat, symlink } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { clusterSettings, clusterVersion, prepareFolders } from './cluster.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'cordboard-cluster-'));
  await chmod(folder, 0o711);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const prepare = (dataFolder: string) => prepareFolders(dataFolder, null, () => {});

test('the folders are made inside the data folder, the socket for its owner only', async () => {
  const folders = await prepare(path.join(folder, 'data'));
  expect(path.dirname(folders.cluster)).toBe(path.join(folder, 'data/database'));
  expect((await stat(folders.socket)).mode & 0o777).toBe(0o700);
  expect(await clusterVersion(folders)).toBeNull();
});

test('a data folder whose path is too long for a socket has its socket elsewhere, always the same', async () => {
  const long = path.join(folder, 'x'.repeat(90));
  const [one, two] = [await prepare(long), await prepare(long)];
  expect(one.socket).toBe(two.socket);
  expect(Buffer.byteLength(one.socket)).toBeLessThan(86);
  expect((await stat(one.socket)).mode & 0o777).toBe(0o700);
  await rm(one.socket, { recursive: true });
});

test('STO-20 a socket folder that is somebody else’s doing is refused', async () => {
  const base = path.join(folder, 'database');
  await mkdir(base);
  await symlink(os.tmpdir(), path.join(base, 'socket'));
  await expect(prepare(folder)).rejects.toThrow('belongs to somebody else');
});

test('a comma in a folder’s name does not make two folders', async () => {
  const folders = await prepare(path.join(folder, 'one, two'));
  expect(clusterSettings(folders)).toContain(`unix_socket_directories="${folders.socket}"`);
});
