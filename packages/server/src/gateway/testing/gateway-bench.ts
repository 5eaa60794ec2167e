import { createPeer, type LogonGrant, type Peer, systemClock, webSocketTransport } from '@cordboard/contract';
import { hash } from '@node-rs/argon2';
import { WebSocket } from 'ws';
import { createLogger, type LogEntry } from '../../logging/logger.ts';
import type { StreamText } from '../../site/stream-rings.ts';
import { createBench, type SiteBench } from '../../site/testing/site-bench.ts';
import type { LogonDirectory } from '../directory.ts';
import { type Gateway, type GatewayOptions, openGateway } from '../gateway.ts';
import type { PresentAgent } from '../presence.ts';

export interface GatewayBench {
  site: SiteBench;
  gateway: Gateway;
  url: string;
  log: LogEntry[];
  logOn(
    body: unknown,
    headers?: Record<string, string>,
  ): Promise<{ status: number; body: unknown; headers: Headers }>;
  grant(overrides?: object): Promise<LogonGrant>;
  close(): Promise<void>;
}

const tokenKey = Buffer.alloc(32, 7);

/** Cheap to check: the strength of a hash is its own business. */
const passwordHash = await hash('secret', { memoryCost: 8, timeCost: 1, parallelism: 1 });

export const anna = { logonId: 'anna', password: 'secret' };

/** Anna, logged on with a logon that the test names. */
export const presentAnna: PresentAgent = {
  logon: '',
  logonId: 'anna',
  extension: '1001',
  privileges: ['useIntegrationInterface'],
  isLeaving: false,
  hasSessions: false,
  place: null,
};

export const directory: LogonDirectory = {
  siteName: 'Test site',
  user: logonId =>
    logonId === 'anna'
      ? { agentId: 1, passwordHash, privileges: ['useIntegrationInterface'], extension: '1001' }
      : undefined,
  extension: (number, password) => number === '1001' && (password === undefined || password === 'phone'),
};

/** A gateway on a free port, over a site of fakes. */
export async function openGatewayBench(
  options: Partial<GatewayOptions> = {},
  earlier?: SiteBench,
): Promise<GatewayBench> {
  const log: LogEntry[] = [];
  const published: { to: Gateway | null } = { to: null };
  const site = createBench({
    ...(earlier && { memory: earlier.memory, callManager: earlier.callManager }),
    onPublish: (items: StreamText[]) => published.to?.publish(items),
  });
  await site.site.start();
  const gateway = await openGateway({
    listen: { host: '127.0.0.1', port: 0 },
    tls: null,
    site: site.site,
    directory: () => directory,
    tokenKey,
    tokenSeconds: 60,
    pages: { '/health': () => ({ status: 200, contentType: 'application/json', body: '{}' }) },
    clock: systemClock,
    logger: createLogger(entry => log.push(entry), 'debug'),
    ...options,
  });
  published.to = gateway;
  const url = `http://127.0.0.1:${gateway.address.port}`;
  const bench: GatewayBench = {
    site,
    gateway,
    url,
    log,
    async logOn(body, headers = {}) {
      const response = await fetch(`${url}/logon`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      });
      return { status: response.status, body: await response.json(), headers: response.headers };
    },
    async grant(overrides = {}) {
      const { status, body } = await bench.logOn({ ...anna, ...overrides });
      if (status !== 200) throw new Error(`the logon was refused: ${JSON.stringify(body)}`);
      return body as LogonGrant;
    },
    async close() {
      await gateway.close();
      await site.site.close();
    },
  };
  return bench;
}

export interface Application {
  socket: WebSocket;
  peer: Peer;
  /** notifications as they came */
  heard: [method: string, parameters: unknown][];
  items(): number[];
  closed: Promise<string>;
}

/** An Agent application's end of the broker connection. */
export async function connect(
  bench: { url: string },
  headers: Record<string, string> = {},
): Promise<Application> {
  const socket = new WebSocket(`${bench.url.replace('http', 'ws')}/broker`, {
    headers,
    perMessageDeflate: false,
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('open', () => resolve());
    socket.once('error', reject);
  });
  const heard: Application['heard'] = [];
  let end: (detail: string) => void = () => undefined;
  const closed = new Promise<string>(resolve => {
    end = resolve;
  });
  const peer = createPeer({
    transport: webSocketTransport(socket),
    clock: systemClock,
    route: () => undefined,
    onNotification: (method, parameters) => heard.push([method, parameters]),
    onClose: ({ detail }) => end(detail),
  });
  return {
    socket,
    peer,
    heard,
    closed,
    items: () =>
      heard
        .filter(([method]) => method === 'item')
        .map(([, parameters]) => (parameters as { seq: number }).seq),
  };
}

export interface Attached {
  stream: string;
  seq: number;
  resumed: boolean;
  snapshot: unknown;
  token: string;
}

export async function attach(
  application: Application,
  token: string,
  resume?: { stream: string; after: number },
): Promise<Attached> {
  const parameters = { token, client: 'test', ...(resume && { resume }) };
  const answer = await application.peer.request('attach', parameters);
  if (!answer.ok) throw new Error(`attach was refused: ${answer.refusal.reason}`);
  return answer.value as Attached;
}
