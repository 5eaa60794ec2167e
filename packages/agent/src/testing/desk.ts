import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type LaunchParameters, systemClock, type Transport } from '@cordboard/contract';
import {
  type AgentClient,
  type ApplicationAccess,
  createAgentClient,
  localAccess,
  type RuntimePlaces,
  runtimePlaces,
} from '@cordboard/sdk';
import { type AgentApplication, startAgentApplication } from '../host/agent-application.ts';
import { preferenceFiles } from '../host/preferences/preference-file.ts';
import { type AgentSettings, keepLogLevel, settingsPlaces } from '../host/settings.ts';
import { builtWindow, readPages } from '../host/window/pages.ts';
import { openWindowServer } from '../host/window/window-server.ts';
import { createAgentLog } from '../log/agent-log.ts';
import { LogLevel } from '../log/level.ts';
import { openRotatingFile } from '../log/rotating-file.ts';
import { createFakeGateway, type FakeGateway } from './fake-gateway.ts';

/** An agent's desk for a test: the Agent application on a fake gateway, and as many real AgentClients as wanted. */
export interface Desk extends AsyncDisposable {
  readonly gateway: FakeGateway;
  readonly places: RuntimePlaces;
  readonly application: AgentApplication;
  readonly settings: AgentSettings;
  /** where the settings file is, once something was kept in it */
  readonly settingsFile: string;
  /** Ends the application if it runs, and starts another. */
  restart(parameters?: LaunchParameters): Promise<void>;
  client(name?: string): AgentClient;
  /** Breaks the local connections of all clients. */
  breakClients(): void;
  /** A client that is initialized. */
  connected(name?: string): Promise<AgentClient>;
  readLog(): string;
}

export const exampleLogin: LaunchParameters = { logonId: 'anna', password: 'very secret word' };

const noPages = { first: () => '', files: new Map() };

const until = async (condition: () => boolean): Promise<void> => {
  for (let turn = 0; !condition(); turn++) {
    if (turn > 5_000) throw new Error('what was waited for did not come');
    await new Promise(resolve => setTimeout(resolve, 1));
  }
};

export const openDesk = async (parameters: LaunchParameters | null = exampleLogin): Promise<Desk> => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'cordboard-desk-'));
  const places = runtimePlaces({ CORDBOARD_RUNTIME_FOLDER: path.join(folder, 'run') });
  const logFile = path.join(folder, 'Agent.log');
  const files = settingsPlaces({ CORDBOARD_AGENT_SETTINGS: path.join(folder, 'agent.json') });
  const gateway = createFakeGateway();
  const clients: AgentClient[] = [];
  const settings: AgentSettings = {
    server: 'http://127.0.0.1:1',
    site: null,
    extension: null,
    logLevel: LogLevel.all,
    maskCustomerData: false,
    logFile,
    windowPort: 0,
  };
  const log = createAgentLog({
    file: openRotatingFile({ file: logFile }),
    now: Date.now,
    level: settings.logLevel,
    maskCustomerData: false,
  });

  const start = async (login: LaunchParameters | null): Promise<AgentApplication> => {
    const started = await startAgentApplication({
      places,
      log,
      clock: systemClock,
      settings: () => settings,
      logOn: gateway.logOn,
      connectBroker: () => gateway.connect(),
      openWindow: welcome =>
        openWindowServer({ ...welcome, pages: readPages(builtWindow) ?? noPages, port: 0 }),
      random: () => 0,
      keepLogLevel: level => keepLogLevel(files, level),
      preferences: preferenceFiles(files.preferenceFolder, warning => log.warning(warning)),
    });
    if (login) {
      started.logOn(login);
      await until(
        () =>
          started.state.type === 'attached' ||
          (started.state.type === 'off' && started.state.problem !== null),
      );
    }
    return started;
  };
  let application = await start(parameters);

  const transports = new Set<Transport>();
  const local = localAccess({ places });
  const access: ApplicationAccess = {
    ...local,
    async connect(found) {
      const transport = await local.connect(found);
      transports.add(transport);
      return transport;
    },
  };
  const client = (name = 'test') => {
    const created = createAgentClient({ name, access });
    clients.push(created);
    return created;
  };

  return {
    gateway,
    places,
    settings,
    settingsFile: files.file,
    client,
    breakClients() {
      for (const transport of transports) transport.close('broken');
      transports.clear();
    },
    get application() {
      return application;
    },
    async restart(login = exampleLogin) {
      await application.close();
      application = await start(login);
    },
    async connected(name) {
      const created = client(name);
      if (!(await created.initialize())) throw new Error(`refused: ${created.lastRefusal?.reason}`);
      return created;
    },
    readLog: () => readFileSync(logFile, 'utf8'),
    async [Symbol.asyncDispose]() {
      for (const each of clients) await each.close();
      await application.close();
      log.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
