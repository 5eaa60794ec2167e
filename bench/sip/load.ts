import { type ChildProcess, spawn } from 'node:child_process';
import { openSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type MeasuredAgent, password, serviceNumber } from './site.ts';

export interface Load {
  /** calls a second */
  rate: number;
  calls: number;
  /** calls at once: agents + callers waiting make a closed loop; 0 = open */
  atOnce: number;
  /** ms that an agent talks: uniform between half and one and a half of it */
  talk: number;
}

export interface Ports {
  sip: number;
  agents: number;
  callers: number;
}

interface Program {
  child: ChildProcess;
  ended: Promise<number | null>;
}

const start = (folder: string, name: string, program: string, parameters: readonly string[]): Program => {
  const log = openSync(path.join(folder, `${name}.log`), 'w');
  const child = spawn(program, parameters, { cwd: folder, stdio: ['ignore', log, log] });
  const ended = new Promise<number | null>(resolve => {
    child.once('exit', code => resolve(code));
    child.once('error', () => resolve(null));
  });
  return { child, ended };
};

const scenario = (folder: string, name: string, values: Record<string, string>): string => {
  let text = readFileSync(path.join(import.meta.dirname, 'scenarios', `${name}.xml`), 'utf8');
  for (const [key, value] of Object.entries(values)) text = text.replaceAll(key, value);
  const file = path.join(folder, `${name}.xml`);
  writeFileSync(file, text);
  return file;
};

const sipp = (
  folder: string,
  name: string,
  scenarioFile: string,
  ports: Ports,
  localPort: number,
  more: readonly string[],
) =>
  start(folder, name, 'sipp', [
    `127.0.0.1:${ports.sip}`,
    '-sf',
    scenarioFile,
    '-i',
    '127.0.0.1',
    '-mi',
    '127.0.0.1',
    '-p',
    String(localPort),
    '-nostdin',
    '-trace_err',
    '-buff_size',
    '4000000',
    ...more,
  ]);

/** Registers the phones of all agents at one SIPp port. */
export const registerPhones = async (
  folder: string,
  agents: readonly MeasuredAgent[],
  ports: Ports,
): Promise<void> => {
  const list = path.join(folder, 'phones.csv');
  const line = ({ extension }: MeasuredAgent) =>
    `${extension};[authentication username=${extension} password=${password}]`;
  writeFileSync(list, `SEQUENTIAL\n${agents.map(line).join('\n')}\n`);
  const registering = sipp(folder, 'register', scenario(folder, 'register', {}), ports, ports.agents, [
    '-inf',
    list,
    '-m',
    String(agents.length),
    '-r',
    '100',
  ]);
  const code = await registering.ended;
  if (code !== 0) throw new Error(`SIPp could not register the phones (${code}): see ${folder}/register.log`);
};

export interface LoadResult {
  capture: string;
  /** 0 = every call went as the scenario says */
  callersExit: number | null;
  seconds: number;
}

/** Puts the load on, with every SIP packet of callers and agents captured. */
export const runLoad = async (
  folder: string,
  load: Load,
  ports: Ports,
  deadlineSeconds: number,
): Promise<LoadResult> => {
  const capture = path.join(folder, 'sip.pcap');
  const tcpdump = start(folder, 'tcpdump', 'tcpdump', [
    ...['-i', 'lo', '-B', '32768', '-s', '900', '-U', '-w', capture],
    `udp and (port ${ports.agents} or port ${ports.callers})`,
  ]);
  const agentScenario = scenario(folder, 'agent', {
    '@TALK_MINIMUM@': String(Math.round(load.talk / 2)),
    '@TALK_MAXIMUM@': String(Math.round(load.talk * 1.5) + 1),
  });
  const agents = sipp(folder, 'agents', agentScenario, ports, ports.agents, ['-mp', '26000', '-l', '30000']);
  await sleep(1_000);
  const began = Date.now();
  const callers = sipp(folder, 'callers', scenario(folder, 'caller', {}), ports, ports.callers, [
    ...['-s', serviceNumber, '-mp', '27000', '-r', String(load.rate), '-m', String(load.calls)],
    ...['-l', String(load.atOnce || 4_000)],
  ]);
  const deadline = setTimeout(() => callers.child.kill('SIGKILL'), deadlineSeconds * 1_000);
  const callersExit = await callers.ended;
  clearTimeout(deadline);
  const seconds = (Date.now() - began) / 1_000;
  await sleep(500);
  agents.child.kill('SIGTERM');
  tcpdump.child.kill('SIGINT');
  await Promise.all([agents.ended, tcpdump.ended]);
  return { capture, callersExit, seconds };
};
