import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePort } from '@cordboard/switch/testing';
import { parse, stringify } from 'yaml';
import { type Baresip, type BaresipOptions, startBaresip } from '../phones/baresip.ts';
import { until } from '../phones/until.ts';
import { writeToneFile } from '../phones/wav-file.ts';
import { openDatabaseClient, type Query } from './database-client.ts';
import { type Desk, openDesk, openMachine } from './desk.ts';

/** What waiting callers hear here: tones that can be told apart and from the voices. */
export const greetingHertz = 620;
export const greetingSeconds = 2;
export const musicHertz = 850;

/** The demo site, started as its documentation says, on free ports and a folder of its own. */
export interface DemoSite {
  /** SIP address of its switch */
  readonly sip: { address: string; port: number };
  readonly folder: string;
  passwordOf(extension: string): string;
  phone(extension: string, options?: Partial<BaresipOptions>): Promise<Baresip>;
  /** an agent's machine with the Agent application running, `logonId` logged on and a program connected */
  desk(logonId: string): Promise<Desk>;
  /** an agent's desk with his phone, which answers what it is called to; both know of each other */
  agent(logonId: string, extension: string, toneHertz?: number): Promise<[desk: Desk, phone: Baresip]>;
  /** an agent's machine on which nothing runs yet */
  machine(logonId: string): Promise<Desk>;
  /** URL of the gateway */
  readonly gateway: string;
  /** a look into the site's own database */
  readonly query: Query;
  /** what the server has written, an entry a line */
  log(): string;
  /** The server dies at once (`kill -9`), the switch and its calls go on; resolves when another runs in its place. */
  crash(whileDead?: () => Promise<void>): Promise<void>;
  /** ends everything and removes the folder */
  close(): Promise<void>;
}

/** A site as it stands in the file. */
export interface DemoSection {
  sip: { listen: string; webSocket?: string; soundFolder: string };
  serviceGroups: DemoGroup[];
  extensions: { number: string; protectedFromIntrusion?: boolean }[];
  openingHours?: object[];
  authentication?: object;
}

export interface DemoGroup {
  ringSeconds?: number;
  clericalSeconds?: number;
  recordingAnnouncement?: string;
  openingHours?: string;
  waiting?: object;
}

/** What is taken from a configuration to be changed; the rest stays as it is. */
interface Configuration {
  gateway: { listen: string };
  dataFolder: string;
  sites: DemoSection[];
}

interface Secrets {
  sites: Record<
    string,
    {
      users: Record<string, { initialPassword: string }>;
      extensions: Record<string, { password: string }>;
    }
  >;
}

const repository = path.resolve(import.meta.dirname, '../..');
const serverOfTheSources = path.join(repository, 'packages/server/src/main.ts');

type Tone = number | { hertz: number; seconds: number };

export interface DemoSiteOptions {
  /** how long an offered call rings */
  ringSeconds?: number;
  /** of every service group */
  clericalSeconds?: number;
  /** browsers may register as phones, over SIP on WebSocket */
  browserPhones?: boolean;
  /** tones that can be told apart (default), or those that a site makes by itself */
  sounds?: 'tones' | 'its own';
  /** sections of the site that replace, or come beside, those of the demo */
  sections?: Record<string, unknown>;
  /** more tones, as sound files of these names, in hertz; each of two seconds if it does not say otherwise */
  tones?: Record<string, Tone>;
  /** the server's program, where it is not the one of the sources */
  program?: string;
  /** what else is to be different from the demo */
  change?: (site: DemoSection) => void;
}

export async function startDemoSite(options: DemoSiteOptions = {}): Promise<DemoSite> {
  const folder = await mkdtemp(path.join(tmpdir(), 'cordboard-site-'));
  // where we are root the database runs as another user, who must get through
  await chmod(folder, 0o755);
  const sip = { address: '127.0.0.1', port: await freePort() };
  const gateway = await freePort();
  const data = path.join(folder, 'data');
  const file = await writeConfiguration(folder, gateway, sip.port, options);
  if (options.sounds !== 'its own') await writeSounds(path.join(folder, 'sounds'), options.tones ?? {});
  const endings: (() => Promise<unknown>)[] = [
    // what the server had beside it writes its last line while it ends
    () => rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 }),
  ];
  const end = async () => {
    for (const ending of endings.splice(0).reverse()) await ending();
  };
  try {
    const start = () => startServer(options.program ?? serverOfTheSources, file, data);
    let server = start();
    endings.push(() => server.stop());
    await server.running();
    const secrets = await readSecrets(data);
    const passwordOf = (extension: string) =>
      existing(secrets?.extensions[extension]?.password, `password of ${extension}`);
    const url = `http://127.0.0.1:${gateway}`;
    const opened = async (logonId: string, open: typeof openDesk): Promise<Desk> => {
      const password = existing(secrets?.users[logonId]?.initialPassword, `password of ${logonId}`);
      const desk = await open({ logonId, password, server: url });
      endings.push(() => desk.close());
      return desk;
    };
    const database = await openDatabaseClient(data);
    endings.push(() => database.close());
    const startPhone: DemoSite['phone'] = async (extension, phoneOptions = {}) => {
      const password = passwordOf(extension);
      const phone = await startBaresip({ extension, password, server: sip, ...phoneOptions });
      endings.push(() => phone.close());
      return phone;
    };
    const openedDesk = (logonId: string) => opened(logonId, openDesk);
    return {
      sip,
      folder,
      passwordOf,
      phone: startPhone,
      desk: openedDesk,
      async agent(logonId, extension, toneHertz) {
        const desk = await openedDesk(logonId);
        const phone = await startPhone(extension, {
          answersItself: true,
          ...(toneHertz !== undefined && { toneHertz }),
        });
        await until(`the phone of ${logonId} is registered`, () => desk.registrations.at(-1) === true);
        return [desk, phone];
      },
      machine: logonId => opened(logonId, openMachine),
      gateway: url,
      query: database.query,
      log: () => server.log(),
      async crash(whileDead) {
        await server.kill();
        await whileDead?.();
        server = start();
        await server.running();
      },
      close: end,
    };
  } catch (error) {
    await end();
    throw error;
  }
}

function existing(value: string | undefined, what: string): string {
  if (value === undefined) throw new Error(`no ${what}`);
  return value;
}

async function writeConfiguration(
  folder: string,
  gateway: number,
  sip: number,
  { ringSeconds, clericalSeconds, browserPhones = false, sections, change }: DemoSiteOptions,
): Promise<string> {
  const demo = await readFile(path.join(repository, 'demo/cordboard.yaml'), 'utf8');
  const configuration = parse(demo) as Configuration;
  configuration.gateway.listen = `127.0.0.1:${gateway}`;
  for (const site of configuration.sites) {
    site.sip.listen = `127.0.0.1:${sip}`;
    // the demo's port is fixed
    if (browserPhones) site.sip.webSocket = `127.0.0.1:${await freePort()}`;
    else delete site.sip.webSocket;
    site.sip.soundFolder = 'sounds';
    for (const group of site.serviceGroups) {
      if (ringSeconds !== undefined) group.ringSeconds = ringSeconds;
      if (clericalSeconds !== undefined) group.clericalSeconds = clericalSeconds;
    }
    Object.assign(site, sections);
    change?.(site);
  }
  const file = path.join(folder, 'cordboard.yaml');
  await writeFile(file, stringify(configuration));
  return file;
}

async function writeSounds(folder: string, tones: Record<string, Tone>): Promise<void> {
  await mkdir(folder);
  for (const name of ['greeting-sales', 'greeting-support'])
    await writeToneFile(path.join(folder, `${name}.wav`), greetingHertz, greetingSeconds);
  await writeToneFile(path.join(folder, 'music-default.wav'), musicHertz, 10);
  for (const [name, tone] of Object.entries(tones)) {
    const { hertz, seconds } = typeof tone === 'number' ? { hertz: tone, seconds: 2 } : tone;
    await writeToneFile(path.join(folder, `${name}.wav`), hertz, seconds);
  }
}

async function readSecrets(data: string): Promise<Secrets['sites'][string] | undefined> {
  return (parse(await readFile(path.join(data, 'secrets.yaml'), 'utf8')) as Secrets).sites['1'];
}

function startServer(program: string, file: string, data: string) {
  const child: ChildProcess = spawn(process.execPath, [program, '--config', file, '--data', data], {
    cwd: repository,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, CORDBOARD_LOG: 'json' },
  });
  let written = '';
  const take = (piece: Buffer) => {
    written += piece.toString();
  };
  child.stdout?.on('data', take);
  child.stderr?.on('data', take);
  const ended = () => child.exitCode !== null || child.signalCode !== null;
  return {
    log: () => written,
    async running() {
      await until(
        'the site runs',
        () => {
          if (ended()) throw new Error(`the server ended:\n${written}`);
          return written.includes('"the site runs"');
        },
        60_000,
      );
    },
    async kill() {
      const exit = once(child, 'exit');
      child.kill('SIGKILL');
      await exit;
    },
    /** Ctrl-C: the switch and the database end too */
    async stop() {
      if (ended()) return;
      const exit = once(child, 'exit');
      child.kill('SIGINT');
      await exit;
    },
  };
}
