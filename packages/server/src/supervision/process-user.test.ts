import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { databaseUser, isReachable } from './process-user.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'cordboard-user-'));
  await mkdir(path.join(folder, 'inside'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const stranger = { name: 'stranger', uid: 54_321, gid: 54_321 };
const self = { name: 'self', uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };

test.each([
  [0o700, stranger, false],
  [0o744, stranger, false],
  [0o711, stranger, true],
  [0o700, self, true],
  [0o611, self, false],
])('a folder of mode %o above is passable for %j: %j', async (mode, user, expected) => {
  await chmod(folder, mode);
  expect(await isReachable(folder, user)).toBe(expected);
});

test('what lies in a closed folder is out of reach, however open it is itself', async () => {
  await chmod(path.join(folder, 'inside'), 0o777);
  expect(await isReachable(path.join(folder, 'inside'), stranger)).toBe(false);
});

test('STO-22 root runs the database as another user, anybody else as himself', async () => {
  const user = await databaseUser();
  if (process.getuid?.() === 0) expect(['postgres', 'nobody']).toContain(user?.name);
  else expect(user).toBeNull();
});
