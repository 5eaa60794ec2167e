import { type ChildProcess, spawn } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { openDatabase } from '../supervision/database.ts';
import { readPostmasterFile } from '../supervision/postmaster.ts';
import { createPostgresJournal } from './postgres-journal.ts';

/** CORDBOARD_SEED repeats a run: the same kills after the same pauses (where in the program they strike is chance). */
const seed = Number(process.env['CORDBOARD_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
const kills = 60;
const patience = 30_000;

interface Acknowledged {
  after: number;
  last: number;
  nonce: string;
}

test(`STO-25 ${kills} kills of server, database or both under load lose, double and reorder nothing acknowledged`, {
  timeout: 300_000,
}, async () => {
  const dataFolder = await mkdtemp(path.join(os.tmpdir(), 'cordboard-kill-'));
  await chmod(dataFolder, 0o711);
  const chance = randomFrom(seed);
  const acknowledged: Acknowledged[] = [];
  const recoveries: number[] = [];
  const counts = { server: 0, database: 0, both: 0, duringRecovery: 0 };
  let writer = startWriter(dataFolder, acknowledged);
  try {
    await progress(writer, acknowledged);
    for (let round = 1; round <= kills; round += 1) {
      await sleep(chance() * 400);
      const target = (['server', 'database', 'both'] as const)[Math.floor(chance() * 3)] ?? 'both';
      counts[target] += 1;
      const killed = performance.now();
      if (target !== 'server') await killDatabase(dataFolder);
      if (target !== 'database') {
        await writer.kill();
        writer = startWriter(dataFolder, acknowledged);
      }
      // now and then the next kill strikes while this one is being recovered from
      if (chance() < 0.3 && round < kills) counts.duringRecovery += 1;
      else {
        await progress(writer, acknowledged);
        recoveries.push(performance.now() - killed);
      }
    }
  } catch (error) {
    throw new Error(`seed ${seed}: ${writer.errors.slice(-20).join('\n')}`, { cause: error });
  } finally {
    await writer.kill();
  }

  const rows = await readJournal(dataFolder);
  console.log(
    `kills, seed ${seed}: ${JSON.stringify(counts)}; ${rows.length} rows in the journal, ${acknowledged.length} acknowledged, ${rows.at(-1)?.last} steps; from a kill to the next acknowledged commit ${spread(recoveries)}`,
  );
  const found = new Map(rows.map(row => [row.last, row]));
  expect(acknowledged.filter(each => found.get(each.last)?.nonce !== each.nonce)).toEqual([]);
  expect(rows.filter((row, index) => row.after !== (rows[index - 1]?.last ?? 0))).toEqual([]);
  expect(new Set(rows.map(row => row.nonce)).size).toBe(rows.length);
  expect(acknowledged.length).toBeGreaterThan(kills);
  await rm(dataFolder, { recursive: true, force: true });
});

function spread(milliseconds: number[]): string {
  const sorted = milliseconds.toSorted((one, other) => one - other).map(Math.round);
  return `${sorted[Math.floor(sorted.length / 2)]} ms in the middle, ${sorted.at(-1)} ms at most`;
}

interface Writer {
  process: ChildProcess;
  errors: string[];
  kill(): Promise<void>;
}

function startWriter(dataFolder: string, acknowledged: Acknowledged[]): Writer {
  const child = spawn(
    process.execPath,
    [fileURLToPath(new URL('./testing/writer.ts', import.meta.url)), dataFolder],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const errors: string[] = [];
  createInterface(child.stderr).on('line', line => errors.push(line));
  const lines = createInterface(child.stdout).on('line', line => {
    const [after, last, nonce] = line.split(' ');
    if (nonce?.length === 36) acknowledged.push({ after: Number(after), last: Number(last), nonce });
  });
  const read = new Promise<void>(resolve => lines.once('close', () => resolve()));
  return {
    process: child,
    errors,
    async kill() {
      child.kill('SIGKILL');
      await read;
    },
  };
}

/** Waits until something new is acknowledged: everything works again, by itself. */
async function progress(writer: Writer, acknowledged: Acknowledged[]): Promise<void> {
  // what was acknowledged before the kill may still be in the pipe
  await sleep(30);
  const before = acknowledged.length;
  const until = Date.now() + patience;
  while (acknowledged.length === before) {
    if (writer.process.exitCode !== null) throw new Error('the server ended by itself');
    if (Date.now() > until) throw new Error('nothing is acknowledged any more');
    await sleep(5);
  }
}

async function killDatabase(dataFolder: string): Promise<void> {
  const file = await readPostmasterFile(path.join(dataFolder, 'database/cluster'));
  try {
    if (file) process.kill(file.pid, 'SIGKILL');
  } catch (error) {
    // it is down already: a kill while it was being started again
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

async function readJournal(dataFolder: string): Promise<Acknowledged[]> {
  const database = await openDatabase({
    dataFolder,
    environment: { PATH: process.env['PATH'] },
    log: () => {},
  });
  const journal = createPostgresJournal({ connection: database.connection, site: 1, owner: 'writer' });
  const session = await journal.open({ signal: AbortSignal.timeout(patience) });
  const rows: Acknowledged[] = [];
  for await (const { after, last, body } of session.replay(0)) {
    const written = JSON.parse(Buffer.from(body).toString()) as Acknowledged;
    expect([written.after, written.last]).toEqual([after, last]);
    rows.push({ after, last, nonce: written.nonce });
  }
  await session.close();
  await database.close();
  return rows;
}

/** Mulberry32: a small generator that a seed repeats. */
function randomFrom(start: number): () => number {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
