import { mkdirSync, readFileSync, renameSync, watch, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { checkOf, type Static, Type } from '@cordboard/contract';
import { isLogLevel, LogLevel } from '../log/level.ts';
import type { SoftphoneMemory } from './softphone.ts';
import type { UsualPort } from './window/usual-port.ts';

const text = Type.String({ minLength: 1, maxLength: 512 });

/** The settings file: JSON, each member may be left out. */
const SettingsFile = Type.Object({
  /** URL of the server: http(s)://host:port */
  server: Type.Optional(text),
  site: Type.Optional(text),
  extension: Type.Optional(text),
  /** Diagnostic Log Level, 0 to 7; taken at once when the file changes */
  logLevel: Type.Optional(Type.Integer({ minimum: 0, maximum: 7 })),
  /** PrivateData, IVR data and digits stay out of the log */
  maskCustomerData: Type.Optional(Type.Boolean()),
  logFile: Type.Optional(text),
  /** of the window, on 127.0.0.1; any free one unless told */
  windowPort: Type.Optional(Type.Integer({ minimum: 0, maximum: 65_535 })),
});
type SettingsFile = Static<typeof SettingsFile>;

export interface AgentSettings {
  server: string;
  site: string | null;
  extension: string | null;
  logLevel: LogLevel;
  maskCustomerData: boolean;
  logFile: string;
  /** 0 = any free one */
  windowPort: number;
}

export interface SettingsPlaces {
  file: string;
  /** what the application remembers by itself: the softphone option used last, and who logged on */
  stateFile: string;
  /** of the preferences of those who work here */
  preferenceFolder: string;
  logFile: string;
}

interface Environment extends NodeJS.ProcessEnv {
  CORDBOARD_AGENT_SETTINGS?: string;
  CORDBOARD_AGENT_LOG?: string;
  LOCALAPPDATA?: string;
  XDG_CONFIG_HOME?: string;
  XDG_STATE_HOME?: string;
}

export const settingsPlaces = (environment: Environment = process.env): SettingsPlaces => {
  const home = os.homedir();
  const local = environment.LOCALAPPDATA && path.join(environment.LOCALAPPDATA, 'Cordboard');
  const configuration =
    local ?? path.join(environment.XDG_CONFIG_HOME ?? path.join(home, '.config'), 'cordboard');
  const state =
    local ?? path.join(environment.XDG_STATE_HOME ?? path.join(home, '.local', 'state'), 'cordboard');
  const file = environment.CORDBOARD_AGENT_SETTINGS ?? path.join(configuration, 'agent.json');
  return {
    file,
    stateFile: path.join(path.dirname(file), 'agent-state.json'),
    preferenceFolder: path.join(path.dirname(file), 'preferences'),
    logFile: environment.CORDBOARD_AGENT_LOG ?? path.join(state, 'Agent.log'),
  };
};

/** The server that `npm start` runs. */
const defaultServer = 'http://127.0.0.1:8480';

const check = checkOf(SettingsFile);

/** A settings file that cannot be used, and why. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

const readSettingsFile = (file: string): SettingsFile => {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw new SettingsError(`${file}: ${(error as Error).message}`, { cause: error });
  }
  const fault = check(value);
  if (fault) throw new SettingsError(`${file}: ${fault.path || '(all)'} ${fault.expected}`);
  return value as SettingsFile;
};

/**
 * @throws SettingsError when the file is there and cannot be used
 */
export const readSettings = (places: SettingsPlaces): AgentSettings => {
  const file = readSettingsFile(places.file);
  return {
    server: file.server ?? defaultServer,
    site: file.site ?? null,
    extension: file.extension ?? null,
    logLevel: isLogLevel(file.logLevel) ? file.logLevel : LogLevel.info,
    maskCustomerData: file.maskCustomerData ?? false,
    logFile: file.logFile ?? places.logFile,
    windowPort: file.windowPort ?? 0,
  };
};

/**
 * The Diagnostic Log Level for this run and the next. The rest of the file stays as it is, and a file that cannot be used is
 * left alone. False: it is not kept.
 */
export const keepLogLevel = (places: SettingsPlaces, logLevel: LogLevel): boolean => {
  const written = `${places.file}.new`;
  try {
    const settings: SettingsFile = { ...readSettingsFile(places.file), logLevel };
    mkdirSync(path.dirname(places.file), { recursive: true, mode: 0o700 });
    writeFileSync(written, `${JSON.stringify(settings, null, 2)}\n`, { mode: 0o600 });
    // whole or not at all: who reads meanwhile finds the one or the other
    renameSync(written, places.file);
    return true;
  } catch (error) {
    if (error instanceof SettingsError || (error as NodeJS.ErrnoException).code !== undefined) return false;
    throw error;
  }
};

/** Calls back when the file may have changed. Returns what ends that. */
export const watchSettings = (places: SettingsPlaces, changed: () => void): (() => void) => {
  const folder = path.dirname(places.file);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  // the folder, not the file: editors replace files
  const watcher = watch(folder, (_, name) => {
    if (name === null || name === path.basename(places.file)) changed();
  });
  watcher.on('error', () => {});
  return () => watcher.close();
};

const State = Type.Object({
  softphone: Type.Optional(Type.Union([Type.Literal(0), Type.Literal(1)])),
  /** WebSocket of the switch: pages are allowed to connect there */
  softphoneSocket: Type.Optional(Type.String({ pattern: '^wss?://[^\\s;,]+$', maxLength: 512 })),
  windowPort: Type.Optional(Type.Integer({ minimum: 1_024, maximum: 65_535 })),
  logonId: Type.Optional(Type.String({ maxLength: 64 })),
  extension: Type.Optional(Type.String({ maxLength: 32 })),
  site: Type.Optional(Type.String({ maxLength: 128 })),
});
type State = Static<typeof State>;
const checkState = checkOf(State);

const readState = (places: SettingsPlaces): State => {
  try {
    const value: unknown = JSON.parse(readFileSync(places.stateFile, 'utf8'));
    return checkState(value) === null ? (value as State) : {};
  } catch {
    // nothing worth more than a default is in it
    return {};
  }
};

const changeState = (places: SettingsPlaces, part: State): void => {
  mkdirSync(path.dirname(places.stateFile), { recursive: true, mode: 0o700 });
  const state: State = { ...readState(places), ...part };
  writeFileSync(places.stateFile, `${JSON.stringify(state)}\n`, { mode: 0o600 });
};

/** The softphone option of the last logon; 0 (hard phone) when there was none, or it cannot be read. */
export const lastSoftphone = (places: SettingsPlaces): 0 | 1 => readState(places).softphone ?? 0;

export const rememberSoftphone = (places: SettingsPlaces, softphone: 0 | 1): void =>
  changeState(places, { softphone });

export const usualPort = (places: SettingsPlaces, { windowPort }: AgentSettings): UsualPort => ({
  configured: windowPort,
  last: readState(places).windowPort ?? 0,
  remember: port => changeState(places, { windowPort: port }),
});

export const softphoneMemory = (places: SettingsPlaces): SoftphoneMemory => ({
  last: () => lastSoftphone(places),
  remember: softphone => rememberSoftphone(places, softphone),
  socket: () => readState(places).softphoneSocket ?? '',
  rememberSocket: softphoneSocket => changeState(places, { softphoneSocket }),
});

/** Who logged on last, at which phone and at which site; empty where nobody did. */
export const lastLogon = (places: SettingsPlaces): { logonId: string; extension: string; site: string } => {
  const { logonId = '', extension = '', site = '' } = readState(places);
  return { logonId, extension, site };
};

export const rememberLogon = (
  places: SettingsPlaces,
  logonId: string,
  extension: string,
  site: string,
): void => changeState(places, { logonId, extension, site });
