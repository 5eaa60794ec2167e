import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command, ReportBody } from '../control/protocol.ts';
import { createSwitchClient, type SwitchClient } from '../control/switch-client.ts';
import { freePort } from './free-port.ts';
import { createPhone, type PhoneOptions, type TestPhone } from './phone.ts';
import { until } from './until.ts';

type Originate = Extract<Command, { type: 'originate' }>;

/** A switch process with a controller, for system tests. */
export interface SwitchProcess {
  readonly port: number;
  readonly folder: string;
  readonly settingsPath: string;
  readonly child: ChildProcess;
  readonly client: SwitchClient;
  readonly reports: ReportBody[];
  /** the first report of the type (about the leg) that has come or will come */
  seen<Type extends ReportBody['type']>(
    type: Type,
    leg?: string,
  ): Promise<Extract<ReportBody, { type: Type }>>;
  send(command: Parameters<SwitchClient['send']>[1]): ReturnType<SwitchClient['send']>;
  /** calls an extension on a new leg that hears nothing, for ten seconds, unless told otherwise */
  originate(leg: string, extension: string, changes?: Partial<Originate>): ReturnType<SwitchClient['send']>;
  phone(extension: string, options?: Partial<PhoneOptions>): Promise<TestPhone>;
  close(): Promise<void>;
}

const main = new URL('../main.ts', import.meta.url).pathname;
const realm = 'cordboard';
let commands = 0;

export function passwordOf(extension: string): string {
  return `pw${extension}`;
}

export async function startSwitchProcess(
  extensions: readonly string[],
  { sip, ...changes }: Record<string, unknown> & { sip?: object } = {},
): Promise<SwitchProcess> {
  const folder = await mkdtemp(join(tmpdir(), 'switch-'));
  await mkdir(join(folder, 'sounds'));
  const port = await freePort();
  const controlSocket = join(folder, 'run', 'switch.sock');
  const settingsPath = join(folder, 'settings.json');
  const settings = {
    sip: { host: '127.0.0.1', port, ...sip },
    soundFolder: join(folder, 'sounds'),
    recordingFolder: join(folder, 'recordings'),
    controlSocket,
    logFile: join(folder, 'switch.log'),
    ...changes,
  };
  await writeFile(settingsPath, JSON.stringify(settings));
  const child = spawn(process.execPath, [main, settingsPath], { stdio: 'ignore', detached: true });
  const reports: ReportBody[] = [];
  const client = createSwitchClient({
    path: controlSocket,
    epoch: 1,
    onReport: report => void reports.push(report.report),
    onAttached() {},
  });
  client.provision({
    realm,
    extensions: extensions.map(extension => ({
      extension,
      ha1: createHash('md5')
        .update(`${extension}:${realm}:${passwordOf(extension)}`)
        .digest('hex'),
    })),
  });
  await until(() => client.attached, 15_000);
  const phones: TestPhone[] = [];
  const send: SwitchProcess['send'] = command => client.send(`test-${++commands}`, command);
  return {
    port,
    folder,
    settingsPath,
    child,
    client,
    reports,
    seen: (type, leg) =>
      until(() =>
        reports.find(
          (report): report is Extract<ReportBody, { type: typeof type }> =>
            report.type === type && (leg === undefined || ('leg' in report && report.leg === leg)),
        ),
      ),
    send,
    originate: (leg, extension, changes) =>
      send({
        type: 'originate',
        leg,
        to: { extension },
        callerNumber: '',
        callerName: '',
        answering: 'phone',
        ringSeconds: 10,
        media: { type: 'none' },
        ...changes,
      }),
    async phone(extension, options = {}) {
      const server = { address: '127.0.0.1', port };
      const phone = await createPhone({ extension, password: passwordOf(extension), server, ...options });
      phones.push(phone);
      return phone;
    },
    async close() {
      client.close();
      for (const phone of phones) phone.close();
      if (child.exitCode === null && child.signalCode === null) {
        const ended = new Promise(resolve => child.once('exit', resolve));
        child.kill('SIGTERM');
        await ended;
      }
      await rm(folder, { recursive: true, maxRetries: 20, retryDelay: 100 });
    },
  };
}
