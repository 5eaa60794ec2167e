import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { endOrphan, parsePostmasterFile } from './postmaster.ts';

let cluster: string;
let log: string[];
beforeEach(async () => {
  cluster = await mkdtemp(path.join(os.tmpdir(), 'cordboard-postmaster-'));
  log = [];
});
afterEach(() => rm(cluster, { recursive: true, force: true }));

const pidFile = () => path.join(cluster, 'postmaster.pid');
const end = () => endOrphan(cluster, { patienceMilliseconds: 5_000, log: line => log.push(line) });

test.each([
  ['4711\n/data\n1700000000\n5432\n/run\n\n  123 456\nready   \n', { pid: 4711, ready: true }],
  ['4711\n/data\n1700000000\n5432\n/run\n\n  123 456\nstarting\n', { pid: 4711, ready: false }],
  ['4711\n', { pid: 4711, ready: false }],
  ['', null],
  ['rubbish\n', null],
])('the pid file %j says %j', (text, expected) => {
  expect(parsePostmasterFile(text)).toEqual(expected);
});

test('without a pid file there is no orphan', async () => {
  await end();
  expect(log).toEqual([]);
});

test('a pid file whose process is another program, or is gone, is removed, and the program lives', async () => {
  const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { cwd: '/' });
  await once(other, 'spawn');
  await writeFile(pidFile(), `${other.pid}\n`);
  await end();
  await expect(access(pidFile())).rejects.toThrow();
  expect(other.exitCode).toBeNull();
  expect(log).toEqual([expect.stringContaining('another program')]);
  other.kill();
  await once(other, 'exit');
  await writeFile(pidFile(), `${other.pid}\n`);
  await end();
  await expect(access(pidFile())).rejects.toThrow();
});

test('STO-17 an orphan that works in the cluster is interrupted and waited for', async () => {
  const orphan = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { cwd: cluster });
  const ended = once(orphan, 'exit');
  await once(orphan, 'spawn');
  await writeFile(pidFile(), `${orphan.pid}\n`);
  await end();
  expect(await ended).toEqual([null, 'SIGINT']);
});
