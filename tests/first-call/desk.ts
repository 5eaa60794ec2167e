import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ICall, IUserInformation, SessionState } from '@cordboard/contract';
import {
  type AgentClient,
  createAgentClient,
  type RuntimePlaces,
  readRuntimeFile,
  runtimePlaces,
} from '@cordboard/sdk';
import { until } from '../phones/until.ts';

/** One agent's machine: the Agent application as a process of its own, and a program that uses it. */
export interface Desk {
  readonly client: AgentClient;
  readonly logonId: string;
  /** of the agent; it must be seen nowhere */
  readonly password: string;
  /** where programs find the application */
  readonly places: RuntimePlaces;
  /** Starts the application without logging anybody on, through `launchBSA`; answers the address of its window. */
  openWindow(): Promise<string>;
  /** another program at this machine */
  program(name: string): AgentClient;
  /** OnUserLogin, OnApplicationReadyForInitialization and OnApplicationClosed, in order */
  readonly comings: readonly string[];
  /** every OnCallEvent, in order */
  readonly callEvents: readonly ICall[];
  /** every OnUserStatusUpdate, in order */
  readonly statuses: readonly IUserInformation[];
  /** every OnRegistrationStatus, in order */
  readonly registrations: readonly boolean[];
  /** events that did not fit the contract, and requests that failed after they had been accepted */
  readonly faults: readonly unknown[];
  /** the first event of a call in this state, after the first `after` events, that has come or will come */
  call(state: SessionState, after?: number): Promise<ICall>;
  /** states of a call as they followed each other */
  statesOf(callId: number): SessionState[];
  log(): Promise<string>;
  processId(): Promise<number>;
  close(): Promise<void>;
}

export interface DeskOptions {
  logonId: string;
  password: string;
  /** URL of the gateway */
  server: string;
}

/** A machine on which the Agent application is installed and does not run yet. */
export async function openMachine({ logonId, password, server }: DeskOptions): Promise<Desk> {
  const folder = await mkdtemp(path.join(tmpdir(), `desk-${logonId}-`));
  const settings = path.join(folder, 'agent.json');
  const logFile = path.join(folder, 'Agent.log');
  await writeFile(settings, JSON.stringify({ server, logLevel: 5, logFile }));
  const places = runtimePlaces({ CORDBOARD_RUNTIME_FOLDER: path.join(folder, 'run') });
  const main = fileURLToPath(import.meta.resolve('@cordboard/agent/main'));
  const programs: AgentClient[] = [];
  const program = (name: string) => {
    const created = createAgentClient({
      name,
      local: { places, program: ['env', `CORDBOARD_AGENT_SETTINGS=${settings}`, process.execPath, main] },
    });
    programs.push(created);
    return created;
  };
  const client = program('first call');
  const comings: string[] = [];
  const callEvents: ICall[] = [];
  const statuses: IUserInformation[] = [];
  const registrations: boolean[] = [];
  const faults: unknown[] = [];
  client.on('OnCallEvent', call => void callEvents.push(call));
  client.on('OnUserStatusUpdate', user => void statuses.push(user));
  client.on('OnRegistrationStatus', registered => void registrations.push(registered));
  client.on('OnUserLogin', () => void comings.push('OnUserLogin'));
  client.on('OnApplicationReadyForInitialization', () => void comings.push('ready'));
  client.on('OnApplicationClosed', () => void comings.push('OnApplicationClosed'));
  client.on('protocolFault', fault => void faults.push(fault));
  client.on('operationFailed', failure => void faults.push(failure));

  return {
    client,
    logonId,
    password,
    places,
    async openWindow() {
      if (!(await client.launchBSA()))
        throw new Error(`the Agent application does not start: ${JSON.stringify(client.lastRefusal)}`);
      return until('the window is there', async () => (await readRuntimeFile(places.file))?.window);
    },
    program,
    comings,
    callEvents,
    statuses,
    registrations,
    faults,
    call: (state, after = 0) =>
      until(
        `${logonId} sees a call in state ${state}; seen: ${callEvents.map(call => call.State)}`,
        () => callEvents.find((call, index) => index >= after && call.State === state),
        20_000,
      ),
    statesOf: callId =>
      callEvents
        .filter(call => call.ID === callId)
        .map(call => call.State)
        .filter((state, index, all) => state !== all[index - 1]),
    log: () => readFile(logFile, 'utf8'),
    async processId() {
      const running = await readRuntimeFile(places.file);
      if (running === null) throw new Error('the Agent application does not run');
      return running.pid;
    },
    async close() {
      const running = await readRuntimeFile(places.file);
      for (const each of programs) await each.close();
      if (running !== null) await endProcess(running.pid);
      await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
    },
  };
}

/** Starts the application through `launchBSAWithCredentials`, as a program does, and initializes the client. */
export async function openDesk(options: DeskOptions): Promise<Desk> {
  const desk = await openMachine(options);
  const { client, logonId, password } = desk;
  try {
    if (!(await client.launchBSAWithCredentials(logonId, password))) {
      throw new Error(`the Agent application does not start: ${JSON.stringify(client.lastRefusal)}`);
    }
    await until(`${logonId} is logged on`, () => client.canInitialize(), 20_000);
    if (!(await client.initialize())) throw new Error(JSON.stringify(client.lastRefusal));
    return desk;
  } catch (error) {
    await desk.close();
    throw error;
  }
}

async function endProcess(pid: number): Promise<void> {
  const alive = (signal: NodeJS.Signals | 0): boolean => {
    try {
      process.kill(pid, signal);
      return true;
    } catch {
      return false; // it has ended
    }
  };
  alive('SIGTERM');
  await until('the Agent application has ended', () => !alive(0), 5_000).catch(() => alive('SIGKILL'));
}
