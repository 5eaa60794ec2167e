import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createConnection } from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Clock } from '@cordboard/contract';
import { errorText, type Logger } from '../logging/logger.ts';

export interface SwitchProcessOptions {
  settingsFile: string;
  controlSocket: string;
  /** what the switch is started with; it reads them from the file */
  settings: object & { logFile: string };
  /** the link to it is there */
  attached: () => boolean;
  clock: Clock;
  logger: Logger;
  program?: string;
}

/**
 * Keeps a switch running: adopts the one that answers on the control socket, starts one where none does.
 *
 *   needed --answers--> looking --attached--> running --link lost--> needed
 *      ^ '--nobody answers--> starting --answers--> looking    |
 *      '---------------- answers no more ----------------------'
 *
 * The switch is a process of its own: no pipe, no terminal and no signal of the server's group reaches it.
 */
export interface SwitchProcess {
  /** The link is not there: looks until it is, and starts a switch where none runs. */
  ensure(): void;
  /** Leaves the switch alone, and starts none any more. */
  close(): void;
  /** Ends the switch, and with it all its calls. Resolves when it is gone. */
  stop(): Promise<void>;
}

const startMilliseconds = 15_000;
const pauseMilliseconds = 1000;
const lookMilliseconds = 200;

export function keepSwitch(options: SwitchProcessOptions): SwitchProcess {
  const { clock, logger, controlSocket } = options;
  let busy = false;
  let compared = false;
  let closed = false;

  async function ensureNow(): Promise<void> {
    // one that is just being killed answers still: only an attached link proves that it lives
    if (await answers(controlSocket)) {
      if (!compared) await compareSettings(options);
      compared = true;
      await pause(lookMilliseconds);
      return;
    }
    compared = true;
    const child = await start(options);
    const exited = new Promise<number>(resolve => child.once('exit', code => resolve(code ?? -1)));
    const until = clock.now() + startMilliseconds;
    while (!closed && clock.now() < until) {
      if (await answers(controlSocket)) {
        logger.info('the switch was started', { process: child.pid });
        return;
      }
      const code = await Promise.race([exited, pause(50)]);
      if (code !== undefined)
        throw new Error(`it ended with code ${code}${await lastWords(options.settings.logFile)}`);
    }
    throw new Error('it does not answer');
  }

  const pause = (milliseconds: number) =>
    new Promise<undefined>(resolve => {
      clock.after(milliseconds, () => resolve(undefined));
    });

  async function ensureUntilAttached(): Promise<void> {
    while (!closed && !options.attached()) {
      try {
        await ensureNow();
      } catch (thrown) {
        logger.error('the switch could not be started; it is tried again', { reason: errorText(thrown) });
        await pause(pauseMilliseconds);
      }
    }
  }

  return {
    ensure() {
      if (busy || closed) return;
      busy = true;
      void ensureUntilAttached().finally(() => {
        busy = false;
      });
    },
    close() {
      closed = true;
    },
    async stop() {
      closed = true;
      if (!(await answers(controlSocket))) return;
      const id = Number(await readFile(processFile(options), 'utf8'));
      process.kill(id, 'SIGTERM');
      while (await answers(controlSocket)) await pause(50);
      logger.info('the switch was ended', { process: id });
    },
  };
}

/** What the switch wrote last before it ended, as a port that somebody else has: nobody would look for it in a file of its own. */
async function lastWords(logFile: string): Promise<string> {
  const lines = (await readFile(logFile, 'utf8').catch(() => '')).trimEnd().split('\n');
  const [, words] = /^\S+ error (.{1,500})/.exec(lines.at(-1) ?? '') ?? [];
  return words === undefined ? '' : `: ${words}`;
}

/** Holds the id of the process that was started last. */
const processFile = ({ settingsFile }: SwitchProcessOptions): string => `${settingsFile}.pid`;

/**
 * Nearly all that a call makes is garbage a moment later. With V8's small first nursery much of it is copied before; with room it is not:
 * 5 to 15 % less processor time a call in the switch, for some tens of megabytes.
 */
const roomForTheYoung = ['--min-semi-space-size=8', '--max-semi-space-size=32'];

async function start(options: SwitchProcessOptions): Promise<ChildProcess> {
  const { settingsFile, settings, program, controlSocket } = options;
  await mkdir(path.dirname(settingsFile), { recursive: true, mode: 0o700 });
  await mkdir(path.dirname(controlSocket), { recursive: true, mode: 0o700 });
  await writeFile(settingsFile, textOf(settings), { mode: 0o600 });
  const main = program ?? fileURLToPath(import.meta.resolve('@cordboard/switch/main'));
  const child = spawn(process.execPath, [...roomForTheYoung, main, settingsFile], {
    detached: true,
    stdio: 'ignore',
    cwd: '/',
  });
  // without a listener a program that cannot be started would end the server
  child.on('error', () => undefined);
  child.unref();
  await writeFile(processFile(options), `${child.pid ?? ''}`, { mode: 0o600 });
  return child;
}

const textOf = (settings: object): string => `${JSON.stringify(settings, null, 2)}\n`;

async function compareSettings({ settingsFile, settings, logger }: SwitchProcessOptions): Promise<void> {
  const running = await readFile(settingsFile, 'utf8').catch(() => '');
  logger.info('a switch that runs was adopted');
  if (running !== textOf(settings)) {
    logger.warning('the switch runs with earlier settings: new ones take effect when it is started again');
  }
}

function answers(socketPath: string): Promise<boolean> {
  return new Promise(resolve => {
    const socket = createConnection(socketPath);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
