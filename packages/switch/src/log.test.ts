import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { createLog } from './log.ts';

const folders: string[] = [];
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
});

async function file(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'log-'));
  folders.push(folder);
  return join(folder, 'deep', 'switch.log');
}

const now = () => new Date(0);

test('an entry is one line with time and level, for its owner alone', async () => {
  const path = await file();
  const log = createLog(path, 'info', now);
  log.write('error', 'first\n  second');
  log.write('debug', 'not wanted');
  log.write('info', 'third');
  expect(await readFile(path, 'utf8')).toBe(
    '1970-01-01T00:00:00.000Z error first | second\n1970-01-01T00:00:00.000Z info third\n',
  );
  expect((await stat(path)).mode & 0o777).toBe(0o600);
});

test('a file that has grown is set aside', async () => {
  const path = await file();
  createLog(path, 'info', now).write('info', 'makes the folder');
  await writeFile(path, 'x'.repeat((10 << 20) + 1));
  createLog(path, 'info', now).write('info', 'new');
  expect((await stat(`${path}.1`)).size).toBe((10 << 20) + 1);
  expect(await readFile(path, 'utf8')).toContain('info new');
});

test('without a file, or with a full disk, nothing is written and nothing fails', () => {
  createLog(undefined, 'debug', now).write('error', 'nowhere');
  createLog('/dev/full', 'debug', now).write('error', 'full');
});
