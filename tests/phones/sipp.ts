import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isBoundForUdp } from '@cordboard/switch/testing';
import { findProgram } from './programs.ts';
import { until } from './until.ts';

export interface SippRun {
  /** name of a file of the folder `scenarios`, without ending */
  scenario: string;
  server: { address: string; port: number };
  extension: string;
  password: string;
  /** number that is called */
  calls: string;
  seconds?: number;
  /** it is called there, and calls from there; absent: any free one */
  port?: number;
  /** what is put in for [name] in the scenario; SIPp's own keys cannot stand for a status */
  keys?: Record<string, string>;
  /** sends back what it hears */
  echoes?: boolean;
}

export interface SippOutcome {
  /** every message came as the scenario says */
  succeeded: boolean;
  /** what SIPp complains of in its own words; on a busy machine also of that, in a call that succeeded */
  errors: string;
}

/** Plays one call of a SIPp scenario against the server and tells how it went. */
export async function runSipp(run: SippRun): Promise<SippOutcome> {
  const { outcome } = await startSipp(run);
  return outcome;
}

/** The same for a scenario that begins with being called: SIPp listens at its port already. */
export async function awaitCallWithSipp(
  run: SippRun & { port: number },
): Promise<{ outcome: Promise<SippOutcome> }> {
  const { child, outcome } = await startSipp(run);
  await until(`SIPp listens at ${run.port}`, async () => child.exitCode !== null || isBoundForUdp(run.port));
  return { outcome };
}

async function startSipp(run: SippRun): Promise<{ child: ChildProcess; outcome: Promise<SippOutcome> }> {
  const program = findProgram('sipp');
  if (program === undefined) throw new Error('sipp is not installed');
  const folder = await mkdtemp(join(tmpdir(), 'sipp-'));
  const scenario = join(folder, 'scenario.xml');
  let text = await readFile(new URL(`scenarios/${run.scenario}.xml`, import.meta.url), 'utf8');
  for (const [name, value] of Object.entries(run.keys ?? {})) text = text.replaceAll(`[${name}]`, value);
  await writeFile(scenario, text);
  const child = spawn(
    program,
    [
      ...[`${run.server.address}:${run.server.port}`, '-sf', scenario, '-s', run.calls, '-m', '1'],
      ...['-i', '127.0.0.1', '-mi', '127.0.0.1', '-key', 'extension', run.extension],
      ...['-au', run.extension, '-ap', run.password],
      ...(run.port === undefined ? [] : ['-p', `${run.port}`]),
      ...(run.echoes === true ? ['-rtp_echo'] : []),
      ...['-timeout', `${run.seconds ?? 30}`, '-timeout_error', '-trace_err', '-nostdin'],
    ],
    { cwd: folder, stdio: 'ignore', env: { ...process.env, TERM: 'dumb' } },
  );
  return { child, outcome: outcomeOf(child, folder) };
}

async function outcomeOf(child: ChildProcess, folder: string): Promise<SippOutcome> {
  const killAtExit = () => child.kill('SIGKILL');
  process.once('exit', killAtExit);
  const code = await new Promise<number | null>(resolve => child.once('exit', resolve));
  process.off('exit', killAtExit);
  try {
    const names = (await readdir(folder)).filter(name => name.endsWith('_errors.log'));
    const texts = await Promise.all(names.map(name => readFile(join(folder, name), 'utf8')));
    return { succeeded: code === 0, errors: texts.join('') };
  } finally {
    await rm(folder, { recursive: true });
  }
}
