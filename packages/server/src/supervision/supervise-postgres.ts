import { type ChildProcess, execFile, spawn } from 'node:child_process';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { type ClusterFolders, clusterSettings } from './cluster.ts';
import type { PostgresBinaries } from './postgres-binaries.ts';
import { endOrphan, readPostmasterFile } from './postmaster.ts';
import type { ProcessUser } from './process-user.ts';

/**
 *   starting --ready--> running --exit--> waiting --pause over--> starting
 *      |                   |                |
 *      +--exit--> waiting  +--- close ------+---> closed
 */
export type PostgresState =
  | { type: 'starting'; restarts: number }
  | { type: 'running'; restarts: number; pid: number }
  | { type: 'waiting'; restarts: number }
  | { type: 'closed' };

export interface PostgresProcess {
  state(): PostgresState;
  close(): Promise<void>;
}

export interface PostgresOptions {
  binaries: PostgresBinaries;
  folders: ClusterFolders;
  user: ProcessUser | null;
  /** an open file for what PostgreSQL prints */
  logDescriptor: number;
  log: (line: string) => void;
}

/** Pauses before a start are doubled from the shortest to the longest; a run of this length begins anew. */
const shortestPause = 50;
const longestPause = 2_000;
const goodRun = 3_000;
const startPatience = 60_000;
const firstStartPatience = 10_000;
const stopPatience = 30_000;

/** Starts PostgreSQL and starts it again whenever it ends. Resolves when it takes connections; rejects when the first start fails. */
export async function supervisePostgres(options: PostgresOptions): Promise<PostgresProcess> {
  const { folders, log } = options;
  const guard = await parentDeathGuard();
  let state: PostgresState = { type: 'starting', restarts: 0 };
  let closing = false;
  let child = await firstStart(options, guard);
  state = { type: 'running', restarts: 0, pid: child.process.pid ?? 0 };

  const watch = async (): Promise<void> => {
    let pause = shortestPause;
    for (let restarts = 1; ; restarts += 1) {
      const since = Date.now();
      const how = await child.ended;
      if (closing) return;
      if (Date.now() - since > goodRun) pause = shortestPause;
      state = { type: 'waiting', restarts };
      log(`the database ended (${how}): starting it again in ${pause} ms`);
      await sleep(pause);
      pause = Math.min(pause * 2, longestPause);
      if (closing) return;
      state = { type: 'starting', restarts };
      await endOrphan(folders.cluster, { patienceMilliseconds: stopPatience, log }).catch(error =>
        log(String(error)),
      );
      if (closing) return;
      child = start(options, guard);
      try {
        await ready(child, folders);
        state = { type: 'running', restarts, pid: child.process.pid ?? 0 };
        log('the database runs again');
      } catch (error) {
        log(`the database did not start: ${String(error)}`);
        await stop(child);
      }
    }
  };
  const watching = watch();

  return {
    state: () => state,
    async close() {
      closing = true;
      await stop(child);
      await watching;
      await stop(child);
      state = { type: 'closed' };
    },
  };
}

/** After a kill the last processes of the earlier PostgreSQL may still have to go: a start that ends at once is tried again for a while. */
async function firstStart(options: PostgresOptions, guard: string[]): Promise<RunningChild> {
  const until = Date.now() + firstStartPatience;
  for (let pause = shortestPause; ; pause = Math.min(pause * 2, longestPause)) {
    const child = start(options, guard);
    try {
      await ready(child, options.folders);
      return child;
    } catch (error) {
      await stop(child);
      if (Date.now() + pause > until) throw error;
      options.log(`${String(error)}: trying again in ${pause} ms`);
    }
    await sleep(pause);
    await endOrphan(options.folders.cluster, { patienceMilliseconds: stopPatience, log: options.log });
  }
}

interface RunningChild {
  process: ChildProcess;
  /** resolves with how it ended, in words */
  ended: Promise<string>;
}

function start({ binaries, folders, user, logDescriptor }: PostgresOptions, guard: string[]): RunningChild {
  const command = [
    ...guard,
    path.join(binaries.folder, 'postgres'),
    '-D',
    folders.cluster,
    ...clusterSettings(folders),
  ];
  const child = spawn(command[0] ?? '', command.slice(1), {
    cwd: '/',
    env: { PATH: process.env['PATH'] },
    stdio: ['ignore', logDescriptor, logDescriptor],
    // its own group: an interrupt typed at the terminal is for the server, which then ends the database in order
    detached: true,
    ...(user && { uid: user.uid, gid: user.gid }),
  });
  const ended = new Promise<string>(resolve => {
    child.once('error', error => resolve(error.message));
    child.once('exit', (code, signal) => resolve(signal ?? `exit status ${code}`));
  });
  return { process: child, ended };
}

/** Waits until PostgreSQL says in its pid file that it takes connections. */
async function ready(child: RunningChild, folders: ClusterFolders): Promise<void> {
  const outcome: { ended: string | null } = { ended: null };
  void child.ended.then(how => {
    outcome.ended = how;
  });
  const until = Date.now() + startPatience;
  while (Date.now() < until) {
    if (outcome.ended !== null) {
      throw new Error(`PostgreSQL ended at its start (${outcome.ended}); see ${folders.logFile}`);
    }
    const file = await readPostmasterFile(folders.cluster);
    if (file?.ready && file.pid === child.process.pid) return;
    await sleep(10);
  }
  throw new Error(`PostgreSQL takes no connections after ${startPatience / 1000} s; see ${folders.logFile}`);
}

/** SIGINT is PostgreSQL's fast shutdown: sessions are ended, everything is written. SIGQUIT leaves recovery to the next start. */
async function stop(child: RunningChild): Promise<void> {
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
    if (child.process.exitCode !== null || child.process.signalCode !== null) return;
    child.process.kill(signal);
    const ended = await Promise.race([
      child.ended.then(() => true),
      sleep(stopPatience, false, { ref: false }),
    ]);
    if (ended) return;
  }
}

/** `setpriv --pdeathsig` (util-linux) has the kernel end PostgreSQL when we die; elsewhere the next start ends the orphan. */
async function parentDeathGuard(): Promise<string[]> {
  const supported = await promisify(execFile)('setpriv', ['--pdeathsig', 'INT', 'true']).then(
    () => true,
    () => false,
  );
  return supported ? ['setpriv', '--pdeathsig', 'INT'] : [];
}
