import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createPhone, freePort, type PhoneOptions, type TestPhone } from '@cordboard/switch/testing';
import { hash } from '@node-rs/argon2';
import { parse } from 'yaml';
import { type AgentApplication, openApplication } from './application.ts';
import { toneWav } from './tone-wav.ts';

/** A whole server in processes of its own, with phones and applications, for system tests. */
export interface House {
  readonly url: string;
  readonly folder: string;
  /** what the running server has written, an entry a line */
  log(): string[];
  start(): Promise<void>;
  /** kill -9 */
  killServer(): Promise<void>;
  /** kill -9 */
  killSwitch(): Promise<void>;
  /** kill -9 of PostgreSQL with all its processes' parent */
  killDatabase(): Promise<void>;
  /** SIGTERM: the switch goes on */
  stop(): Promise<void>;
  /** rewrites the configuration and sends SIGHUP */
  reload(change: (text: string) => string): Promise<void>;
  switchProcess(): Promise<number>;
  phone(extension: string, options?: Partial<PhoneOptions>): Promise<TestPhone>;
  application(logonId: string): Promise<AgentApplication>;
  /** ends everything and removes the folder */
  close(): Promise<void>;
}

const main = path.resolve(import.meta.dirname, '../main.ts');
/** the frequency of the waiting music */
export const musicHertz = 440;

const configuration = (gateway: number, sip: number, passwordHash: string) => `
gateway: { listen: '127.0.0.1:${gateway}' }
dataFolder: data
createMissingSecrets: true
logLevel: debug
sites:
  - id: 1
    name: Test
    sip: { listen: '127.0.0.1:${sip}', soundFolder: sounds }
    users:
${[1, 2]
  .map(
    id => `      - id: ${id}
        logonId: agent${id}
        name: Agent ${id}
        passwordHash: ${passwordHash}
        extension: '100${id}'
        agentGroups: [1]
        privileges: [useIntegrationInterface, makeCalls]`,
  )
  .join('\n')}
    extensions:
      - { number: '1001', answering: autoAnswer }
      - { number: '1002', answering: autoAnswer }
      - { number: '2001' }
      - { number: '2002' }
    agentGroups: [{ id: 1, name: Sales agents }]
    serviceGroups:
      - { id: 1, name: Sales, numbers: ['700'], agentGroups: [1], clericalSeconds: 0 }
`;

export async function openHouse(): Promise<House> {
  const folder = await mkdtemp(path.join(tmpdir(), 'cordboard-house-'));
  // the database runs as another user where we are root
  await chmod(folder, 0o755);
  const [gateway, sip] = [await freePort(), await freePort()];
  const file = path.join(folder, 'cordboard.yaml');
  const passwordHash = await hash('secret', { memoryCost: 8, timeCost: 1, parallelism: 1 });
  await writeFile(file, configuration(gateway, sip, passwordHash));
  await mkdir(path.join(folder, 'sounds'));
  await writeFile(path.join(folder, 'sounds', 'music-default.wav'), toneWav(musicHertz, 2));
  const url = `http://127.0.0.1:${gateway}`;
  const phones: TestPhone[] = [];
  const applications: AgentApplication[] = [];
  let server: { child: ChildProcess; lines: string[] } | null = null;

  const switchProcess = async () =>
    Number(await readFile(path.join(folder, 'data/run/switch-1.json.pid'), 'utf8'));

  async function end(signal: NodeJS.Signals): Promise<void> {
    const child = server?.child;
    server = null;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
  }

  const house: House = {
    url,
    folder,
    log: () => server?.lines ?? [],
    async start() {
      server = await startProcess(file);
    },
    killServer: () => end('SIGKILL'),
    async killSwitch() {
      process.kill(await switchProcess(), 'SIGKILL');
    },
    async killDatabase() {
      const file = path.join(folder, 'data/database/cluster/postmaster.pid');
      process.kill(Number((await readFile(file, 'utf8')).split('\n')[0]), 'SIGKILL');
    },
    stop: () => end('SIGTERM'),
    async reload(change) {
      await writeFile(file, change(await readFile(file, 'utf8')));
      server?.child.kill('SIGHUP');
    },
    switchProcess,
    async phone(extension, options = {}) {
      const phone = await createPhone({
        extension,
        password: await passwordOf(folder, extension),
        server: { address: '127.0.0.1', port: sip },
        ...options,
      });
      phones.push(phone);
      const status = await phone.register();
      if (status !== 200) throw new Error(`${extension} could not register: ${status}`);
      return phone;
    },
    async application(logonId) {
      const application = await openApplication(url, { logonId, password: 'secret' });
      applications.push(application);
      return application;
    },
    async close() {
      for (const each of applications) each.close();
      for (const each of phones) each.close();
      // Ctrl-C ends the switch too
      if (server === null) await house.start();
      await end('SIGINT');
      await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
    },
  };
  return house;
}

async function startProcess(file: string): Promise<{ child: ChildProcess; lines: string[] }> {
  const environment = { ...process.env, CORDBOARD_LOG: 'json' };
  const child = spawn(process.execPath, [main, '--config', file], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: environment,
  });
  const lines: string[] = [];
  await new Promise<void>((resolve, reject) => {
    const read = (chunk: Buffer) => {
      lines.push(...chunk.toString('utf8').split('\n').filter(Boolean));
      if (lines.some(each => each.includes('"the site runs"'))) resolve();
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('exit', code => reject(new Error(`the server ended with ${code}:\n${lines.join('\n')}`)));
  });
  return { child, lines };
}

async function passwordOf(folder: string, extension: string): Promise<string> {
  const text = await readFile(path.join(folder, 'data/secrets.yaml'), 'utf8');
  const secrets = parse(text) as { sites: { 1: { extensions: Record<string, { password: string }> } } };
  const password = secrets.sites[1].extensions[extension]?.password;
  if (password === undefined) throw new Error(`${extension} has no password`);
  return password;
}
