import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePort } from '@cordboard/switch/testing';
import { parse, stringify } from 'yaml';
import { until } from '../phones/until.ts';
import { writeToneFile } from '../phones/wav-file.ts';

/** `npm start` as a person has it, on free ports and in folders of its own. */
export interface StartedDemo {
  /** of the window, as the guide prints it */
  readonly window: string;
  /** origin of the script test page and the sample CRM */
  readonly pages: string;
  /** of all that it writes */
  readonly folder: string;
  readonly sip: { address: string; port: number };
  passwordOf(extension: string): string;
  /** all that was printed so far */
  printed(): string;
  /** process ids of what was started beside it, as long as they run */
  children(): Promise<number[]>;
  /** Ctrl-C; answers the exit code */
  interrupt(): Promise<number | null>;
  close(): Promise<void>;
}

interface Configuration {
  gateway: { listen: string };
  dataFolder: string;
  sites: {
    sip: { listen: string; webSocket: string; soundFolder: string };
    serviceGroups: { clericalSeconds?: number; ringSeconds?: number }[];
  }[];
}

interface Secrets {
  sites: Record<string, { extensions: Record<string, { password: string }> }>;
}

/** A new database and five processes, on a machine that may have much to do, ms. */
const startTakes = 150_000;

const repository = path.resolve(import.meta.dirname, '../..');

const childrenOf = async (pid: number): Promise<number[]> => {
  try {
    const text = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8');
    return text.split(' ').filter(Boolean).map(Number);
  } catch {
    return []; // it has ended
  }
};

const writeDemo = async (folder: string, pagesPort: number) => {
  const text = await readFile(path.join(repository, 'demo/cordboard.yaml'), 'utf8');
  const configuration = parse(text.replaceAll('127.0.0.1:8482', `127.0.0.1:${pagesPort}`)) as Configuration;
  const sipPort = await freePort();
  configuration.gateway.listen = `127.0.0.1:${await freePort()}`;
  configuration.dataFolder = 'data';
  for (const site of configuration.sites) {
    site.sip = {
      ...site.sip,
      listen: `127.0.0.1:${sipPort}`,
      webSocket: `127.0.0.1:${await freePort()}`,
      soundFolder: 'sounds',
    };
    // a busy machine may take long between two clicks
    for (const group of site.serviceGroups) Object.assign(group, { clericalSeconds: 60, ringSeconds: 60 });
  }
  // tones, because to speak all of a site's prompts takes a while
  const sounds = path.join(folder, 'sounds');
  await mkdir(sounds);
  for (const [name, hertz] of Object.entries({
    'greeting-sales': 620,
    'greeting-support': 620,
    'music-default': 850,
  }))
    await writeToneFile(path.join(sounds, `${name}.wav`), hertz, 2);
  const file = path.join(folder, 'cordboard.yaml');
  await writeFile(file, stringify(configuration));
  return { file, sip: { address: '127.0.0.1', port: sipPort } };
};

export const startDemo = async (given: readonly string[] = []): Promise<StartedDemo> => {
  const folder = await mkdtemp(path.join(tmpdir(), 'cordboard-demo-'));
  // where we are root the database runs as another user, who must get through
  await chmod(folder, 0o755);
  const pagesPort = await freePort();
  const { file, sip } = await writeDemo(folder, pagesPort);
  const child = spawn(
    process.execPath,
    [
      path.join(repository, 'scripts/start.ts'),
      ...['--config', file, '--demo', '--window-port', '0', '--pages-port', `${pagesPort}`],
      ...given,
    ],
    {
      cwd: repository,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        CORDBOARD_RUNTIME_FOLDER: path.join(folder, 'run'),
        // a screen of whoever runs the tests is not for this browser
        DISPLAY: '',
        WAYLAND_DISPLAY: '',
      },
    },
  );
  let printed = '';
  const take = (piece: Buffer) => {
    printed += piece.toString();
  };
  child.stdout.on('data', take);
  child.stderr.on('data', take);
  const runs = () => child.exitCode === null && child.signalCode === null;
  const end = async () => {
    if (runs()) {
      const exit = once(child, 'exit');
      child.kill('SIGINT');
      await exit;
    }
    return child.exitCode;
  };
  const close = async () => {
    await end();
    await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  };
  try {
    const isReady = () => printed.includes('Ctrl-C ends everything');
    await until('the guide, or the end', () => isReady() || !runs(), startTakes).catch(() => undefined);
    if (!isReady()) throw new Error(`there is no guide:\n${printed}`);
    const window = /^ {6}(http:\S+)$/m.exec(printed)?.[1];
    if (window === undefined) throw new Error(`no window:\n${printed}`);
    const secrets = parse(await readFile(path.join(folder, 'data/secrets.yaml'), 'utf8')) as Secrets;
    return {
      window,
      pages: `http://127.0.0.1:${pagesPort}`,
      folder,
      sip,
      passwordOf: extension => secrets.sites['1']?.extensions[extension]?.password ?? '',
      printed: () => printed,
      children: () => childrenOf(child.pid ?? 0),
      interrupt: end,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
};
