import { checkOf, LaunchParameters, systemClock, webSocketTransport } from '@cordboard/contract';
import { type RuntimePlaces, readRuntimeFile, runtimePlaces } from '@cordboard/sdk';
import { WebSocket } from 'ws';
import { createAgentLog } from '../log/agent-log.ts';
import { openRotatingFile } from '../log/rotating-file.ts';
import { startAgentApplication, type WindowWelcome } from './agent-application.ts';
import { logOnOverHttp } from './logon.ts';
import { preferenceFiles } from './preferences/preference-file.ts';
import { readFirstLine } from './read-first-line.ts';
import {
  type AgentSettings,
  keepLogLevel,
  lastLogon,
  readSettings,
  rememberLogon,
  SettingsError,
  settingsPlaces,
  softphoneMemory,
  usualPort,
  watchSettings,
} from './settings.ts';
import { AlreadyRunningError } from './single-instance.ts';
import { builtWindow, type Pages, readPages } from './window/pages.ts';
import { showWindow, writeDoorPage } from './window/show-window.ts';
import { openAtUsualPort, type UsualPort } from './window/usual-port.ts';
import { openWindowServer } from './window/window-server.ts';

/** How the process ends. */
const exitCode = { closed: 0, failed: 1, unusable: 2, alreadyRunning: 3 } as const;

const check = checkOf(LaunchParameters);

/** Null: what came is not `LaunchParameters`. */
const parametersOf = (line: string): LaunchParameters | null => {
  if (line.trim() === '') return {};
  try {
    const value: unknown = JSON.parse(line);
    return check(value) === null ? (value as LaunchParameters) : null;
  } catch {
    // not JSON
    return null;
  }
};

const firstParameters = async (): Promise<LaunchParameters | null> =>
  process.stdin.isTTY ? {} : parametersOf(await readFirstLine(process.stdin));

/** Says where the window is, to a person at a terminal only: the address is a secret of this user. */
const tellWindow = (places: RuntimePlaces, url: string | null | undefined): void => {
  if (!url) return;
  const page = writeDoorPage(places.folder, url);
  if (!process.stdout.isTTY) return;
  const shown = process.stdin.isTTY && showWindow(page);
  console.log(`${shown ? 'The window opens in your browser. Its address' : 'The window is at'}: ${url}`);
};

const windowOf = (pages: Pages, usual: UsualPort) => (welcome: WindowWelcome) =>
  openAtUsualPort(port => openWindowServer({ ...welcome, pages, port }), usual);

/** Runs the Agent application until it is closed. Answers the exit code. */
export const runAgent = async (): Promise<number> => {
  const places = settingsPlaces();
  let settings: AgentSettings;
  try {
    settings = readSettings(places);
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    console.error(error.message);
    return exitCode.unusable;
  }
  const parameters = await firstParameters();
  if (!parameters) {
    console.error('Standard input must hold one line of JSON with the launch parameters, or nothing.');
    return exitCode.unusable;
  }

  const log = createAgentLog({
    file: openRotatingFile({ file: settings.logFile }),
    now: Date.now,
    level: settings.logLevel,
    maskCustomerData: settings.maskCustomerData,
  });
  const runtime = runtimePlaces();
  const pages = readPages(builtWindow);
  if (!pages) log.info('the window is not built: npm run agent builds it');
  const closed = Promise.withResolvers<void>();
  try {
    const application = await startAgentApplication({
      places: runtime,
      settings: () => settings,
      log,
      clock: systemClock,
      logOn: logOnOverHttp,
      connectBroker: url =>
        webSocketTransport(new WebSocket(url, { maxPayload: 1_048_576, handshakeTimeout: 10_000 })),
      ...(pages && { openWindow: windowOf(pages, usualPort(places, settings)) }),
      remembered: () => lastLogon(places),
      rememberLogon: (...logon) => rememberLogon(places, ...logon),
      keepLogLevel: level => keepLogLevel(places, level),
      softphone: softphoneMemory(places),
      preferences: preferenceFiles(places.preferenceFolder, warning => log.warning(warning)),
      onClosed: () => closed.resolve(),
    });
    tellWindow(runtime, application.window);
    const stopWatching = watchSettings(places, () => {
      try {
        settings = readSettings(places);
        log.level = settings.logLevel;
        log.maskCustomerData = settings.maskCustomerData;
        log.info(`settings read, log level ${settings.logLevel}`);
      } catch (error) {
        // an editor in the middle of writing, or a mistake: what was read before goes on
        log.warning('the settings file cannot be used', { error: String(error) });
      }
    });
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const)
      process.once(signal, () => void application.close());
    if (parameters.logonId) application.logOn(parameters);
    else log.info('started without credentials: waiting for a logon over the local socket');
    await closed.promise;
    stopWatching();
    return exitCode.closed;
  } catch (error) {
    log.error('the Agent application could not start', { error: String(error) });
    console.error(error instanceof Error ? error.message : error);
    if (error instanceof AlreadyRunningError)
      tellWindow(runtime, (await readRuntimeFile(runtime.file))?.window);
    return error instanceof AlreadyRunningError ? exitCode.alreadyRunning : exitCode.failed;
  } finally {
    log.close();
  }
};
