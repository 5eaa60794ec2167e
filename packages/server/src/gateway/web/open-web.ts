import { randomBytes } from 'node:crypto';
import { chmodSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import path from 'node:path';
import type { Duplex } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { createWebGate, type WebGate, type WebGateOptions } from './web-gate.ts';
import { keepWebHosts, type WebHostsOptions } from './web-hosts.ts';

/** What the configuration says of the web application. */
export interface WebSetup {
  /** public origins of its pages, beside those of this machine */
  origins: readonly string[];
  /** who may use it at once */
  agents: number;
  agentsAProcess: number;
  /** without a window an agent's application ends after this, and the site's grace begins */
  idleSeconds: number;
  /** for sockets: private to the server's user */
  runFolder: string;
  logFolder: string;
}

export type OpenWebOptions = Omit<WebGateOptions, 'hosts' | 'origins' | 'maximumWindows'> &
  Pick<WebHostsOptions, 'clock' | 'logger'> & {
    setup: WebSetup;
    listen: { host: string; port: number };
    tls: boolean;
    /** a WebSocket of an application that runs beside the server */
    acceptBroker(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  };

export interface Web extends WebGate {
  close(): Promise<void>;
}

/** A window opens two WebSockets, and the agent may have several. */
const windowsAnAgent = 16;

/** The program of the web applications; null where the Agent application is not installed beside the server. */
export const webProgram = (): string | null => {
  try {
    return fileURLToPath(import.meta.resolve('@cordboard/agent/web'));
  } catch {
    // the server runs without it
    return null;
  }
};

/** The web application: its gate at the gateway, its processes, and the socket on which their applications come to the broker. */
export async function openWeb(options: OpenWebOptions, program: string): Promise<Web> {
  const { setup, clock, logger } = options;
  const broker =
    process.platform === 'win32'
      ? `\\\\.\\pipe\\cordboard-broker-${randomBytes(6).toString('hex')}`
      : path.join(setup.runFolder, `web-${randomBytes(6).toString('hex')}.sock`);
  const hosts = keepWebHosts({
    program,
    runFolder: setup.runFolder,
    settings: { broker, logFolder: setup.logFolder, logLevel: 3, idleSeconds: setup.idleSeconds },
    agentsAProcess: setup.agentsAProcess,
    processes: Math.ceil(setup.agents / setup.agentsAProcess),
    clock,
    logger,
  });
  // the way over the network may have a certificate of another name, a proxy, or another address
  const inner = createServer((_, response) => response.writeHead(404).end());
  inner.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy());
    if (request.url === '/broker') options.acceptBroker(request, socket, head);
    else socket.destroy();
  });
  await new Promise<void>((resolve, reject) => {
    inner.once('error', reject);
    inner.listen(broker, resolve);
  });
  if (process.platform !== 'win32') chmodSync(broker, 0o600);
  const gate = createWebGate({
    ...options,
    hosts,
    origins: { listen: options.listen, tls: options.tls, configured: setup.origins },
    maximumWindows: windowsAnAgent * setup.agents,
  });
  return {
    ...gate,
    async close() {
      await hosts.close();
      inner.closeAllConnections();
      await new Promise(resolve => inner.close(resolve));
    },
  };
}
