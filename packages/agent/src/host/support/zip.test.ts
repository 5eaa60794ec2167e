import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { readZip } from '../../testing/read-zip.ts';
import { zipOf } from './zip.ts';

const parts = [
  { name: 'README.txt', content: Buffer.from('read me\n') },
  { name: 'größe.json', content: Buffer.from('x'.repeat(100_000)) },
  { name: 'empty', content: Buffer.alloc(0) },
];

test('WIN-97 a bundle is a .zip with everything in it, sums and sizes right', async () => {
  const zip = await zipOf(parts);
  expect(zip.length).toBeLessThan(2_000);
  expect(Object.entries(readZip(zip))).toEqual(parts.map(({ name, content }) => [name, content.toString()]));
});

const hasUnzip = spawnSync('unzip', ['-v']).error === undefined;

test.runIf(hasUnzip)('WIN-97 the usual program opens it too (needs unzip)', async () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'cordboard-zip-'));
  try {
    writeFileSync(path.join(folder, 'a.zip'), await zipOf(parts));
    expect(spawnSync('unzip', ['-q', 'a.zip'], { cwd: folder }).status).toBe(0);
    expect(readFileSync(path.join(folder, 'README.txt'), 'utf8')).toBe('read me\n');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
