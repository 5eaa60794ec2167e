import { type ChildProcess, fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { type Clock, checkOf, WebHostReport, type WebHostSettings } from '@cordboard/contract';
import { errorText, type Logger } from '../../logging/logger.ts';

export interface WebHostsOptions {
  /** the program of such a process */
  program: string;
  /** where it makes its sockets: nobody else may enter */
  runFolder: string;
  settings: Omit<WebHostSettings, 'endpoint'>;
  agentsAProcess: number;
  processes: number;
  clock: Clock;
  logger: Logger;
}

/**
 * The processes in which the web applications run, beside the server: some agents share one, since a process for each would
 * take fifty megabytes of memory for two that are needed; and not all of them, so that one that dies takes few along. They are
 * started when they are needed, and end with the server.
 *
 *   (none) --somebody comes--> starting --listens--> listening --dies--> (none), and its agents' next windows start another
 *                                  '---- does not ----------^
 */
export interface WebHosts {
  /** Where the application of this logon is, or is to be; null: there is no room, or the process does not start. */
  hostOf(logon: string): Promise<string | null>;
  /** Where the application of this logon is already; null: nowhere. */
  knownHost(logon: string): Promise<string | null>;
  /** Any of them, for the pages; null: as above. */
  anyHost(): Promise<string | null>;
  close(): Promise<void>;
}

interface Host {
  endpoint: string;
  child: ChildProcess;
  logons: Set<string>;
  /** null: it did not start */
  listening: Promise<string | null>;
}

const startMilliseconds = 15_000;
const checkReport = checkOf(WebHostReport);

/** Windows has no sockets in folders. */
const endpointIn = (folder: string): string => {
  const name = `web-${randomBytes(6).toString('hex')}`;
  return process.platform === 'win32' ? `\\\\.\\pipe\\cordboard-${name}` : path.join(folder, `${name}.sock`);
};

export function keepWebHosts(options: WebHostsOptions): WebHosts {
  const { clock, logger, runFolder } = options;
  const hosts = new Set<Host>();
  let closed = false;
  mkdirSync(runFolder, { recursive: true, mode: 0o700 });
  // of a server that was killed
  for (const name of readdirSync(runFolder))
    if (/^web-.*\.sock$/.test(name)) rmSync(path.join(runFolder, name), { force: true });

  function start(): Host {
    const endpoint = endpointIn(runFolder);
    const child = fork(options.program, [], {
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      execArgv: ['--max-old-space-size=512'],
      cwd: '/',
      serialization: 'json',
    });
    const { promise, resolve } = Promise.withResolvers<string | null>();
    const host: Host = { endpoint, child, logons: new Set(), listening: promise };
    const timer = clock.after(startMilliseconds, () => child.kill('SIGKILL'));
    hosts.add(host);
    child.stderr?.on('data', (piece: Buffer) => {
      if (!closed)
        logger.error('a process of web applications complains', { text: `${piece}`.slice(0, 2_000) });
    });
    child.on('message', message => {
      if (checkReport(message) !== null) return;
      const report = message as WebHostReport;
      if (report.type === 'ended') host.logons.delete(report.logon);
      else {
        timer.cancel();
        resolve(endpoint);
      }
    });
    child.on('error', thrown =>
      logger.error('a process of web applications failed', { reason: errorText(thrown) }),
    );
    child.on('exit', (code, signal) => {
      timer.cancel();
      hosts.delete(host);
      resolve(null);
      if (process.platform !== 'win32') rmSync(endpoint, { force: true });
      if (!closed)
        logger.warning('a process of web applications ended', { code, signal, agents: host.logons.size });
    });
    child.send({ ...options.settings, endpoint } satisfies WebHostSettings, () => undefined);
    logger.info('a process of web applications was started', { process: child.pid });
    return host;
  }

  function withRoom(): Host | null {
    for (const host of hosts) if (host.logons.size < options.agentsAProcess) return host;
    return hosts.size < options.processes ? start() : null;
  }

  return {
    hostOf(logon) {
      if (closed) return Promise.resolve(null);
      const found = [...hosts].find(each => each.logons.has(logon)) ?? withRoom();
      found?.logons.add(logon);
      return found?.listening ?? Promise.resolve(null);
    },
    async knownHost(logon) {
      const found = [...hosts].find(each => each.logons.has(logon));
      return (await found?.listening) ?? null;
    },
    anyHost() {
      if (closed) return Promise.resolve(null);
      const [first = start()] = hosts;
      return first.listening;
    },
    async close() {
      closed = true;
      const gone = [...hosts].map(
        ({ child }) =>
          new Promise<void>(resolve => {
            child.once('exit', () => resolve());
            if (child.connected) child.disconnect();
            else child.kill('SIGKILL');
          }),
      );
      const late = clock.after(2_000, () => {
        for (const { child } of hosts) child.kill('SIGKILL');
      });
      await Promise.all(gone);
      late.cancel();
    },
  };
}
