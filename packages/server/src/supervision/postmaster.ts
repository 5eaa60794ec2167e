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
 * Ends a PostgreSQL that an earlier server left on this cluster (the server was killed), as an orderly shutdown, and waits for it. A file
 * whose process is gone, or is by now some other program, is removed: PostgreSQL itself would believe it. Should processes of a killed
 * one still be at work, PostgreSQL's second lock, on its shared memory, refuses the start until they are gone.
 * The caller has claimed the folder: nobody else uses it.
 */
export async function endOrphan(
  cluster: string,
  options: { patienceMilliseconds: number; log: (line: string) => void },
): Promise<void> {
  const file = await readPostmasterFile(cluster);
  if (file === null) return;
  const { pid } = file;
  const found = await whatIs(pid, cluster);
  if (found !== 'database') {
    if (found === 'another') options.log(`postmaster.pid is stale: process ${pid} is another program by now`);
    await rm(path.join(cluster, 'postmaster.pid'), { force: true });
    return;
  }
  options.log(`a database of an earlier run is still there (pid ${pid}): ending it`);
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
    trySignal(pid, signal);
    const until = Date.now() + options.patienceMilliseconds;
    while (Date.now() < until) {
      if ((await whatIs(pid, cluster)) !== 'database') return;
      await sleep(20);
    }
  }
  throw new Error(`the database of an earlier run (pid ${pid}) does not end`);
}

/**
 * PostgreSQL's processes have their cluster as working folder; one that ended and was not yet collected by its parent has none. Where that
 * cannot be read, a live pid is believed.
 */
async function whatIs(pid: number, cluster: string): Promise<'database' | 'another' | 'ended'> {
  if (!isAlive(pid)) return 'ended';
  if (process.platform !== 'linux') return 'database';
  try {
    const folder = await readlink(`/proc/${pid}/cwd`);
    return folder === cluster || folder === (await realpath(cluster)) ? 'database' : 'another';
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EACCES' ? 'database' : 'ended';
  }
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
