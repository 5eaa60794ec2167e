import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ServerConfiguration } from './configuration.ts';
import { loadConfiguration } from './load-configuration.ts';
import { reloadOnSignal } from './reload.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'cordboard-reload-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('CFG-12 a file with a problem changes nothing in a running server; a right one is handed over', async () => {
  const file = path.join(folder, 'site.yaml');
  const log: string[] = [];
  const options = { file, environment: {}, log: (line: string) => void log.push(line) };
  const write = (port: number, name: string) =>
    writeFile(file, `gateway: { listen: '127.0.0.1:${port}' }\nsites:\n  - id: 1\n    name: ${name}\n`);
  await write(1, 'Before');
  const first = await loadConfiguration(options);
  if (!first.ok) throw new Error('refused');
  const seen: ServerConfiguration[] = [];
  const reload = reloadOnSignal({
    ...options,
    current: first.configuration,
    onChange: next => void seen.push(next),
  });

  await write(1, '[broken');
  process.emit('SIGHUP');
  await expect.poll(() => log.at(-1)).toBe('the configuration is not changed');
  expect(log[0]).toContain(`${file}:5:`);
  expect(seen).toEqual([]);

  await write(2, 'After');
  process.emit('SIGHUP');
  await expect.poll(() => log.at(-1)).toBe('the configuration was read again');
  expect(seen.map(each => each.sites[0]?.configuration.site.name)).toEqual(['After']);
  expect(log).toContain('gateway was changed: this takes effect when the server is started again');

  reload.stop();
  expect(process.listenerCount('SIGHUP')).toBe(0);
});
