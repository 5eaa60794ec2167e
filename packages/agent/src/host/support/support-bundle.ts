import { randomUUID } from 'node:crypto';
import os from 'node:os';
import type { ConnectionReport, PreparedBundle } from '@cordboard/contract';
import type { AgentLog } from '../../log/agent-log.ts';
import type { AgentSettings } from '../settings.ts';
import { withoutPrivateData } from './without-private-data.ts';
import { type ZipPart, zipOf } from './zip.ts';

export interface BundleSources {
  release: string;
  startedAt: string;
  now: number;
  settings: AgentSettings;
  connection: ConnectionReport;
  privileges: readonly string[];
  /** programs and pages that are connected */
  connected: object;
  /** what the window says of itself */
  window: object;
  log: AgentLog;
  /** what must stand nowhere: passwords and tokens of now */
  secrets: readonly string[];
}

export interface SupportBundle extends PreparedBundle {
  content: Buffer;
}

/** Of the log and the files before it, the newest. */
const logBytes = 4_000_000;
const shownCharacters = 6_000;

const readMe = `What is in this file, for whoever helps with the Agent application of Cordboard:

about.json       release, Node, operating system, what the agent may do
settings.json    the settings file, as it is used
connection.json  the connection to the server: how it is, what it went through, round trips
connected.json   programs and pages that are connected
window.json      browser, size, preferences, how many sessions of which kind
Agent.log        the newest 4 MB of the log and of the files before it

Passwords and tokens are in none of it. What customers are called, wrote, said and typed is left out, their numbers but for the
last two digits. Names of agents and of service groups, and addresses of machines, are in it.
`;

/** The log from a line's beginning on, cleaned piece by piece so that calls go on meanwhile. */
const cleanedLog = async (log: AgentLog, clean: (text: string) => string): Promise<Buffer> => {
  const written = log.written();
  const from = Math.max(written.start, written.end - logBytes);
  const whole = written.read(from, written.end).toString('utf8');
  const lines = whole.slice(from === written.start ? 0 : whole.indexOf('\n') + 1).split('\n');
  const cleaned: string[] = [];
  for (let begin = 0; begin < lines.length; begin += 500) {
    for (const line of lines.slice(begin, begin + 500)) cleaned.push(clean(line));
    await new Promise(resolve => setImmediate(resolve));
  }
  return Buffer.from(cleaned.join('\n'));
};

const settingsOf = ({
  server,
  site,
  extension,
  logLevel,
  maskCustomerData,
  logFile,
  windowPort,
}: AgentSettings) => ({
  server,
  site,
  extension,
  logLevel,
  maskCustomerData,
  logFile: logFile.replace(os.homedir(), '~'),
  windowPort,
});

/** Everything that a supporter needs and nothing that he must not see, as one file. */
export const makeSupportBundle = async (sources: BundleSources): Promise<SupportBundle> => {
  const { log, now, connection } = sources;
  const clean = withoutPrivateData(sources.secrets);
  const json = (value: object) => Buffer.from(`${clean(JSON.stringify(value, null, 2))}\n`);
  const moment = (at: number) => new Date(at).toISOString();
  const about = {
    release: sources.release,
    made: moment(now),
    startedAt: sources.startedAt,
    node: process.version,
    system: `${os.type()} ${os.release()} ${os.arch()}`,
    processors: os.availableParallelism(),
    memoryMegabytes: Math.round(os.totalmem() / 1_048_576),
    usedMegabytes: Math.round(process.memoryUsage.rss() / 1_048_576),
    privileges: sources.privileges,
  };
  // moments as text: a number of so many digits would be taken for a telephone number
  const readable = {
    ...connection,
    now: moment(connection.now),
    attachedSince: connection.attachedSince === null ? null : moment(connection.attachedSince),
    history: connection.history.map(each => ({ ...each, at: moment(each.at) })),
    pings: connection.pings.map(each => ({ ...each, at: moment(each.at) })),
  };
  const parts: ZipPart[] = [
    { name: 'README.txt', content: Buffer.from(readMe) },
    { name: 'about.json', content: json(about) },
    { name: 'settings.json', content: json(settingsOf(sources.settings)) },
    { name: 'connection.json', content: json(readable) },
    { name: 'connected.json', content: json(sources.connected) },
    { name: 'window.json', content: json(sources.window) },
    { name: 'Agent.log', content: await cleanedLog(log, clean) },
  ];
  const content = await zipOf(parts);
  return {
    id: randomUUID(),
    fileName: `cordboard-support-${moment(now).slice(0, 19).replaceAll(':', '')}.zip`,
    bytes: content.length,
    parts: parts.map(({ name, content: part }) => {
      const whole = part.toString('utf8');
      const isLog = name.endsWith('.log');
      return {
        name,
        bytes: part.length,
        shown: isLog ? whole.slice(-shownCharacters) : whole.slice(0, shownCharacters),
      };
    }),
    content,
  };
};
