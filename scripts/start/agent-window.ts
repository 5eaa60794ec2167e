import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { showWindow } from '@cordboard/agent';
import { type RuntimePlaces, readRuntimeFile, runtimePlaces } from '@cordboard/sdk';
import type { WindowState } from './guide.ts';
import { type Program, startProgram } from './programs.ts';

/** The exit code of an Agent application that found another one of this user. */
const alreadyRunning = 3;
const patience = 30_000;

const isFree = (port: number): Promise<boolean> =>
  new Promise(resolve => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });

export interface AgentOfDemo {
  /** for the settings of this application and its log */
  folder: string;
  /** URL */
  server: string;
  logonId: string;
  password: string;
  /** the same each time, for browsers keep the leave to use the microphone by it; another where it is taken */
  windowPort: number;
}

/** Starts the Agent application with this agent logged on, and opens its window where there is a screen. */
export const openAgentWindow = async (
  agent: AgentOfDemo,
): Promise<{ program: Program; window: WindowState }> => {
  const settings = path.join(agent.folder, 'agent.json');
  mkdirSync(agent.folder, { recursive: true, mode: 0o700 });
  const windowPort = (await isFree(agent.windowPort)) ? agent.windowPort : 0;
  const logFile = path.join(agent.folder, 'Agent.log');
  writeFileSync(settings, `${JSON.stringify({ server: agent.server, windowPort, logFile }, null, 2)}\n`);
  const program = startProgram('packages/agent/src/main.ts', [], {
    firstLine: JSON.stringify({ logonId: agent.logonId, password: agent.password, softphone: 1 }),
    environment: { CORDBOARD_AGENT_SETTINGS: settings },
  });
  return { program, window: await stateOf(program, runtimePlaces()) };
};

/** Waits until the agent is logged on, or it is clear that he will not be. */
const stateOf = async (program: Program, places: RuntimePlaces): Promise<WindowState> => {
  let code: number | null = null;
  void program.ended.then(ended => {
    code = ended;
  });
  for (const end = Date.now() + patience; ; await sleep(100)) {
    const runtime = await readRuntimeFile(places.file);
    if (code !== null)
      return code === alreadyRunning ? { type: 'another', url: runtime?.window ?? null } : { type: 'failed' };
    const isOurs = runtime?.pid === program.pid;
    if (isOurs && runtime?.window && (runtime.ready || Date.now() > end)) {
      const shown = showWindow(path.join(places.folder, 'window.html'));
      return { type: 'open', url: runtime.window, shown };
    }
    if (Date.now() > end) return { type: 'failed' };
  }
};
