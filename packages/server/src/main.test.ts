import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';

const run = (...parameters: string[]) =>
  spawnSync(process.execPath, [path.resolve(import.meta.dirname, 'main.ts'), ...parameters], {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'] },
  });

test('the program says how it is used, and refuses what it does not know', () => {
  const help = run('--help');
  expect([help.status, help.stdout.split('\n')[0]]).toEqual([
    0,
    'usage: cordboard-server [--config FILE] [--data FOLDER]',
  ]);
  const unknown = run('--no-such-option');
  expect(unknown.status).toBe(1);
  expect(unknown.stderr).toContain('--no-such-option');
});

test('a configuration with a fault starts nothing: the fault is named with its line', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'main-'));
  const file = path.join(folder, 'cordboard.yaml');
  await writeFile(file, 'sites:\n  - id: 1\n    name: Demo\n    nmae: Demo\n');
  const { status, stderr, stdout } = run('--config', file, '--data', path.join(folder, 'data'));
  expect(status).toBe(2);
  expect(stderr).toContain(`${file}:4:`);
  expect(stdout).toBe('');
  await rm(folder, { recursive: true });
});
