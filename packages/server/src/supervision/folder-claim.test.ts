import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { claimFolder } from './folder-claim.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'cordboard-claim-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('STO-18 a folder has one server: the second is refused until the first lets go', async () => {
  const socket = path.join(folder, 'owner');
  const first = await claimFolder(socket);
  await expect(claimFolder(socket)).rejects.toThrow('another running server');
  await first.release();
  const second = await claimFolder(socket);
  await second.release();
});

test('a claim of a killed process counts no more', async () => {
  const socket = path.join(folder, 'owner');
  const program = `require('node:net').createServer().listen(${JSON.stringify(socket)}, () => console.log('claimed'))`;
  const killed = spawn(process.execPath, ['-e', program]);
  await once(killed.stdout, 'data');
  killed.kill('SIGKILL');
  await once(killed, 'exit');
  const claim = await claimFolder(socket);
  await claim.release();
});
