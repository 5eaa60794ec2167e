import { isIP } from 'node:net';
import { dirname, isAbsolute, join } from 'node:path';
import type { Trunk } from './call/trunk/trunk.ts';
import { isNamedPipe } from './control/socket-path.ts';

/** What the switch process is told by its settings file. */
export interface SwitchSettings {
  sip: {
    host: string;
    port: number;
    /** where browsers register (RFC 7118), and the pages that may; absent: nowhere */
    webSocket?: { host: string; port: number; origins: string[] };
    /** where phones and trunks come over TLS, with PEM files; absent: nowhere */
    tls?: { host: string; port: number; certificate: string; key: string };
  };
  /** ports for speech; absent: free ones of the system */
  rtp: { from: number; to: number } | undefined;
  soundFolder: string;
  recordingFolder: string;
  /** path of the control socket, or of a named pipe on Windows */
  controlSocket: string;
  /** where registrations are kept over a restart; absent: beside the control socket, or nowhere with a named pipe */
  registrationsFile: string | undefined;
  trunks: Trunk[];
  /** RFC 4028; 0 switches session timers off */
  sessionTimerSeconds: number;
  /** a leg whose phone sends nothing for so long is cleared */
  rtpSilenceSeconds: number;
  /** music on hold that must exist: music-CLASS.wav in the sound folder */
  musicClasses: string[];
  /** absent: no log */
  logFile: string | undefined;
  logLevel: LogLevel;
}

export const logLevels = ['error', 'warn', 'info', 'debug'] as const;
export type LogLevel = (typeof logLevels)[number];

/** Everything that is wrong with a settings file, one line each. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
  readonly problems: readonly string[];
  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.problems = problems;
  }
}

const known = [
  'sip',
  'rtp',
  'soundFolder',
  'recordingFolder',
  'controlSocket',
  'registrationsFile',
  'trunks',
  'sessionTimerSeconds',
  'rtpSilenceSeconds',
  'musicClasses',
  'logFile',
  'logLevel',
] as const;

type FieldName =
  | (typeof known)[number]
  | 'host'
  | 'port'
  | 'from'
  | 'to'
  | 'name'
  | 'address'
  | 'anySourcePort'
  | 'webSocket'
  | 'tls'
  | 'certificate'
  | 'key'
  | 'origins';
/** An object of which nothing is known but which fields it may have. */
type Json = Partial<Record<FieldName, unknown>>;

/** @throws SettingsError */
export function readSettings(text: string): SwitchSettings {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) throw new SettingsError([`not JSON: ${error.message}`]);
    throw error;
  }
  if (!isObject(value)) throw new SettingsError(['not a JSON object']);
  const problems: string[] = [];
  for (const name of Object.keys(value)) if (!isKnown(name)) problems.push(`${name}: unknown setting`);
  const settings = readFields(createReader(value, '', problems), value, problems);
  if (problems.length > 0) throw new SettingsError(problems);
  return settings;
}

function readFields(read: Reader, value: Json, problems: string[]): SwitchSettings {
  const sip = createReader(value.sip ?? {}, 'sip.', problems);
  const host = sip.text('host', '127.0.0.1');
  if (isIP(host) === 0) problems.push('sip.host: must be an IP address');
  return {
    sip: {
      host,
      port: sip.number('port', 0, 65_535, 5060),
      ...readWebSocket(value.sip, problems),
      ...readTls(value.sip, problems),
    },
    rtp: value.rtp === undefined ? undefined : readPorts(createReader(value.rtp, 'rtp.', problems), problems),
    soundFolder: read.path('soundFolder'),
    recordingFolder: read.path('recordingFolder'),
    controlSocket: read.path('controlSocket'),
    registrationsFile: readRegistrationsFile(read, value),
    trunks: readTrunks(value.trunks ?? [], problems),
    sessionTimerSeconds: read.number('sessionTimerSeconds', 0, 86_400, 1_800),
    rtpSilenceSeconds: read.number('rtpSilenceSeconds', 1, 86_400, 30),
    musicClasses: readNames(value.musicClasses ?? [], problems),
    logFile: value.logFile === undefined ? undefined : read.path('logFile'),
    logLevel: readLevel(value.logLevel ?? 'info', problems),
  };
}

function readWebSocket(sip: unknown, problems: string[]): Pick<SwitchSettings['sip'], 'webSocket'> {
  if (!isObject(sip) || sip.webSocket === undefined) return {};
  const value = sip.webSocket;
  const read = createReader(value, 'sip.webSocket.', problems);
  const host = read.text('host', '127.0.0.1');
  if (isIP(host) === 0) problems.push('sip.webSocket.host: must be an IP address');
  const origins: unknown = isObject(value) ? (value.origins ?? []) : [];
  if (!Array.isArray(origins) || !origins.every(origin => typeof origin === 'string')) {
    problems.push('sip.webSocket.origins: must be a list of texts');
    return {};
  }
  return { webSocket: { host, port: read.number('port', 0, 65_535), origins } };
}

function readTls(sip: unknown, problems: string[]): Pick<SwitchSettings['sip'], 'tls'> {
  if (!isObject(sip) || sip.tls === undefined) return {};
  const read = createReader(sip.tls, 'sip.tls.', problems);
  const host = read.text('host', '127.0.0.1');
  if (isIP(host) === 0) problems.push('sip.tls.host: must be an IP address');
  const port = read.number('port', 0, 65_535, 5_061);
  return { tls: { host, port, certificate: read.path('certificate'), key: read.path('key') } };
}

function readRegistrationsFile(read: Reader, value: Json): string | undefined {
  if (value.registrationsFile !== undefined) return read.path('registrationsFile');
  const { controlSocket } = value;
  if (typeof controlSocket !== 'string' || !isAbsolute(controlSocket) || isNamedPipe(controlSocket))
    return undefined;
  return join(dirname(controlSocket), 'registrations.json');
}

function readPorts(read: Reader, problems: string[]): { from: number; to: number } {
  const from = read.number('from', 1_024, 65_534);
  const to = read.number('to', 1_024, 65_535);
  if (to < from) problems.push('rtp.to: must not be below rtp.from');
  return { from, to };
}

function readTrunks(value: unknown, problems: string[]): Trunk[] {
  if (!Array.isArray(value)) {
    problems.push('trunks: must be a list');
    return [];
  }
  return value.map((entry: unknown, index) => {
    const read = createReader(entry, `trunks[${index}].`, problems);
    const name = read.text('name');
    const address = read.text('address');
    if (isIP(address) === 0) problems.push(`trunks[${index}].address: must be an IP address`);
    const port = isObject(entry) && entry.port !== undefined ? { port: read.number('port', 1, 65_535) } : {};
    const anyPort = isObject(entry) && entry.anySourcePort === true ? { anySourcePort: true } : {};
    return { name, address, ...port, ...anyPort };
  });
}

function readNames(value: unknown, problems: string[]): string[] {
  if (
    Array.isArray(value) &&
    value.every((name): name is string => typeof name === 'string' && /^[\w-]+$/.test(name))
  ) {
    return value;
  }
  problems.push('musicClasses: must be a list of plain names');
  return [];
}

function readLevel(value: unknown, problems: string[]): LogLevel {
  const level = logLevels.find(name => name === value);
  if (level === undefined) problems.push(`logLevel: must be one of ${logLevels.join(', ')}`);
  return level ?? 'info';
}

interface Reader {
  text(name: FieldName, usual?: string): string;
  path(name: FieldName): string;
  number(name: FieldName, minimum: number, maximum: number, usual?: number): number;
}

function createReader(value: unknown, prefix: string, problems: string[]): Reader {
  const fields: Json = isObject(value) ? value : {};
  if (!isObject(value)) problems.push(`${prefix.slice(0, -1)}: must be an object`);
  const text = (name: FieldName, usual?: string): string => {
    const found = fields[name] ?? usual;
    if (typeof found === 'string' && found !== '') return found;
    problems.push(`${prefix}${name}: ${found === undefined ? 'missing' : 'must be a text'}`);
    return '';
  };
  return {
    text,
    path(name) {
      const found = text(name);
      if (found !== '' && !isAbsolute(found) && !isNamedPipe(found)) {
        problems.push(`${prefix}${name}: must be an absolute path`);
      }
      return found;
    },
    number(name, minimum, maximum, usual) {
      const found = fields[name] ?? usual;
      if (typeof found === 'number' && Number.isInteger(found) && found >= minimum && found <= maximum)
        return found;
      problems.push(`${prefix}${name}: must be a whole number from ${minimum} to ${maximum}`);
      return minimum;
    },
  };
}

function isKnown(name: string): boolean {
  return known.some(field => field === name);
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
