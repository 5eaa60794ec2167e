import { readFile, readlink, realpath, rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** What PostgreSQL writes into `postmaster.pid` (its miscinit.h): pid first, state of the start last. */
export interface PostmasterFile {
  pid: number;
  ready: boolean;
}

export function parsePostmasterFile(text: string): PostmasterFile | null {
  const lines = text.split('\n');
  const pid = Math.abs(Number(lines[0]));
  if (!Number.isInteger(pid) || pid === 0) return null;
  return { pid, ready: lines[7]?.trim() === 'ready' };
}

export async function readPostmasterFile(cluster: string): Promise<PostmasterFile | null> {
  const text = await readFile(path.join(cluster, 'postmaster.pid'), 'utf8').catch(() => '');
  return parsePostmasterFile(text);
}

/**
 * Ends a PostgreSQL that an earlier server left on this cluster (the server was killed), as an orderly shutdown, and waits for it; a file
 * whose process is gone, or is by now some other program, is removed. The caller has claimed the folder: nobody else uses it.
 */
export async function endOrphan(
  cluster: string,
  options: { patienceMilliseconds: number; log: (line: string) => void },
): Promise<void> {
  const file = await readPostmasterFile(cluster);
  if (file === null || !isAlive(file.pid)) return;
  if (!(await worksIn(file.pid, cluster))) {
    options.log(`removing a stale postmaster.pid: process ${file.pid} is another program`);
    await rm(path.join(cluster, 'postmaster.pid'), { force: true });
    return;
  }
  options.log(`a database of an earlier run is still there (pid ${file.pid}): ending it`);
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
    trySignal(file.pid, signal);
    const until = Date.now() + options.patienceMilliseconds;
    while (Date.now() < until) {
      if (!isAlive(file.pid) || !(await worksIn(file.pid, cluster))) return;
      await sleep(20);
    }
  }
  throw new Error(`the database of an earlier run (pid ${file.pid}) does not end`);
}

function isAlive(pid: number): boolean {
  return trySignal(pid, 0);
}

function trySignal(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, signal);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** PostgreSQL's processes have their cluster as working folder. Where that cannot be read, a live pid is believed. */
async function worksIn(pid: number, cluster: string): Promise<boolean> {
  if (process.platform !== 'linux') return true;
  const folder = await readlink(`/proc/${pid}/cwd`).catch((error: NodeJS.ErrnoException) =>
    error.code === 'EACCES' ? cluster : null,
  );
  return folder === cluster || folder === (await realpath(cluster));
}
