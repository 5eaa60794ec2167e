import type { Server } from 'node:http';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { type Clock, maximumFrameBytes, type Timer, webSocketTransport } from '@cordboard/contract';
import { type WebSocket, WebSocketServer } from 'ws';
import { errorText, type Logger } from '../logging/logger.ts';
import type { Site } from '../site/site.ts';
import type { StreamText } from '../site/stream-rings.ts';
import { createTokenSigner } from './access-token.ts';
import type { BrokerConnection } from './broker.ts';
import { acceptBroker } from './broker-connection.ts';
import type { DeskReads } from './desk/desk-reads.ts';
import type { LogonDirectory } from './directory.ts';
import { createLogon, type LogonAnswer, refuseLogon } from './logon.ts';
import { createLogons } from './logons.ts';
import { isLoopback } from './loopback.ts';
import { isObserver, type Page, shownTo } from './observer.ts';
import { inOneWrite } from './one-write.ts';
import { createPasswordCheck } from './passwords.ts';
import type { Presence } from './presence.ts';
import { readJson } from './read-body.ts';
import { isRecordingPath, type RecordingPages } from './recordings/recording-pages.ts';
import type { Softphones } from './softphones.ts';
import { openWeb, type Web, type WebSetup, webProgram } from './web/open-web.ts';

export interface GatewayOptions {
  listen: { host: string; port: number };
  /** PEM; null = plain HTTP, for loopback or behind a proxy */
  tls: { certificate: string; key: string } | null;
  /** plain HTTP on an address that others can reach: passwords would travel in the clear */
  allowPlainHttp?: boolean;
  /** origins of pages that may connect, beside those of this very host */
  allowedOrigins?: readonly string[];
  site: Site;
  directory: () => LogonDirectory;
  /** signs access tokens; the same over restarts, so that agents stay logged on */
  tokenKey: Uint8Array;
  tokenSeconds: number;
  /** what is served on `/health` and `/metrics`, to observers only */
  pages: Record<string, () => Promise<Page> | Page>;
  /** makes its bearer an observer from anywhere; null: observers are on this machine */
  observerToken?: string | null;
  /** lists and plays recordings */
  recordings?: RecordingPages;
  /** what the agents' windows ask beside the documented interface */
  reads?: DeskReads;
  /** for the phones in the windows; absent: none */
  softphones?: Softphones;
  /** who is logged on; nobody is known to be unless told */
  presence?: Presence;
  /** serves the window at /agent; absent: it does not */
  web?: WebSetup;
  clock: Clock;
  logger: Logger;
  heartbeatSeconds?: number;
  maximumBuffered?: number;
  maximumConnections?: number;
}

export interface Gateway {
  /** as it listens, with the port that was free */
  readonly address: { host: string; port: number };
  readonly connections: number;
  /** items of agents' streams, in order */
  publish(items: StreamText[]): void;
  close(): Promise<void>;
}

const longestBody = 16_384;

const headers = {
  'Cache-Control': 'no-store',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

/** The logon service and the broker, on one port. */
export async function openGateway(options: GatewayOptions): Promise<Gateway> {
  const { listen, site, clock, logger } = options;
  if (options.tls === null && !isLoopback(listen.host)) {
    if (options.allowPlainHttp !== true) {
      throw new Error(
        `the gateway would listen on ${listen.host} without TLS, and passwords would travel in the clear: configure a certificate, or allow plain HTTP behind a proxy`,
      );
    }
    logger.warning('the gateway listens without TLS beyond this machine', { host: listen.host });
  }
  const heartbeatSeconds = options.heartbeatSeconds ?? 10;
  const logons = createLogons();
  const tokens = createTokenSigner(options.tokenKey);
  const passwords = createPasswordCheck({ atOnce: 2, waiting: 1000 });
  const logOn = createLogon({ ...options, logons, tokens, passwords });
  const open = new Set<BrokerConnection>();
  let web: Web | null = null;
  const broker = {
    site,
    logons,
    tokens,
    clock,
    logger,
    heartbeatSeconds,
    softphones: options.softphones,
    maximumBuffered: options.maximumBuffered ?? 4 * maximumFrameBytes,
    reads: options.reads,
  };
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: maximumFrameBytes,
    perMessageDeflate: false,
    clientTracking: false,
  });

  const secured = {
    ...headers,
    ...(options.tls && { 'Strict-Transport-Security': 'max-age=31536000' }),
  };
  const server: Server = options.tls
    ? createTlsServer({ cert: options.tls.certificate, key: options.tls.key, minVersion: 'TLSv1.2' })
    : createServer();
  server.headersTimeout = 5000;
  server.requestTimeout = 10_000;
  server.maxConnections = options.maximumConnections ?? 20_000;
  server.on('request', (request, response) => {
    const path = pathOf(request);
    const answered = web?.serves(path) ? web.respond(path, request, response) : respond(request, response);
    answered.catch(thrown => {
      logger.error('a request failed inside', { path, reason: errorText(thrown) });
      if (response.headersSent) response.destroy();
      else send(response, 500, 'text/plain', 'failed inside\n');
    });
  });
  server.on('upgrade', upgrade);
  server.on('clientError', (_error, socket) => void socket.destroy());

  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = pathOf(request);
    const page = options.pages[path];
    if (path === '/logon' && request.method === 'POST') {
      const answer = await logOnFrom(request);
      const after = answer.status === 200 ? undefined : answer.body.retryAfterSeconds;
      send(response, answer.status, 'application/json', JSON.stringify(answer.body), after);
    } else if (page !== undefined && Object.hasOwn(options.pages, path) && request.method === 'GET') {
      const { status, contentType, body } = shownTo(
        isObserver(request, options.observerToken ?? null),
        await page(),
      );
      send(response, status, contentType, body);
    } else if (options.recordings !== undefined && isRecordingPath(path)) {
      // who is logged on is not known before the site has its state
      if (site.read() === null) return sendNotReady(response);
      await options.recordings(request, response, { agentId: bearerOf(request), headers: secured });
    } else if (path === '/logon' || page !== undefined)
      send(response, 405, 'text/plain', 'method not allowed\n');
    else send(response, 404, 'text/plain', 'not found\n');
  }

  /** RFC 9110 §15.6.4 */
  function sendNotReady(response: ServerResponse): void {
    send(response, 503, 'application/json', JSON.stringify({ reason: 'notReady' }), 1);
  }

  /** RFC 6750 §2.1: who asks, if his token is that of a logon that still counts. */
  function bearerOf(request: IncomingMessage): number | undefined {
    const [, text = ''] = /^Bearer ([\w.-]{1,256})$/i.exec(request.headers.authorization ?? '') ?? [];
    const token = tokens.read(text);
    if (token === null || !logons.isCurrent(token)) return undefined;
    const agent = options.presence?.(token.agentId);
    return agent?.logon === token.logon && !agent.isLeaving ? token.agentId : undefined;
  }

  async function logOnFrom(request: IncomingMessage): Promise<LogonAnswer> {
    // a form of a foreign page cannot say this without the browser asking first
    const json = (request.headers['content-type'] ?? '').split(';')[0]?.trim() === 'application/json';
    if (!json || !originAllowed(request)) return refuseLogon('malformed');
    const address = request.socket.remoteAddress ?? '';
    return logOn(await readJson(request, longestBody), address);
  }

  function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => socket.destroy());
    const path = pathOf(request);
    if (web?.serves(path)) void web.upgrade(path, request, socket, head);
    else if (path !== '/broker') refuseUpgrade(socket, '404 Not Found');
    else if (!originAllowed(request)) refuseUpgrade(socket, '403 Forbidden');
    else sockets.handleUpgrade(request, socket, head, opened => accept(opened, socket));
  }

  function accept(socket: WebSocket, stream: Duplex): void {
    const transport = webSocketTransport(socket);
    const hold = inOneWrite(stream);
    const cutting = {
      get bufferedBytes() {
        return transport.bufferedBytes;
      },
      send(message: string) {
        hold();
        return transport.send(message);
      },
      onMessage: transport.onMessage,
      onClose: transport.onClose,
      close: transport.close,
      cut: () => socket.terminate(),
    };
    open.add(acceptBroker(cutting, broker, connection => open.delete(connection)));
  }

  /** Programs send no origin; browsers always do, and only pages of this very host, or of a configured one, may connect. */
  function originAllowed(request: IncomingMessage): boolean {
    const { origin, host } = request.headers;
    if (origin === undefined) return true;
    if (options.allowedOrigins?.includes(origin)) return true;
    return origin === `${options.tls ? 'https' : 'http'}://${host}`;
  }

  let heart: Timer;
  function beat(): void {
    const now = clock.now();
    for (const connection of open) connection.beat(now);
    heart = clock.after(heartbeatSeconds * 1000, beat);
  }

  function send(
    response: ServerResponse,
    status: number,
    type: string,
    body: string,
    retryAfter?: number,
  ): void {
    response.writeHead(status, {
      ...secured,
      ...(retryAfter !== undefined && { 'Retry-After': retryAfter }),
      'Content-Type': type.includes('charset') ? type : `${type}; charset=utf-8`,
      'Content-Length': Buffer.byteLength(body),
    });
    // the rest of a body that was too long is not read
    response.end(body, () => response.req.complete || response.req.destroy());
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(listen.port, listen.host, resolve);
  });
  heart = clock.after(heartbeatSeconds * 1000, beat);
  const address = server.address() as AddressInfo;
  const program = options.web && webProgram();
  if (options.web && program)
    web = await openWeb(
      {
        setup: options.web,
        listen: { host: listen.host, port: address.port },
        tls: options.tls !== null,
        key: options.tokenKey,
        presence: options.presence ?? (() => undefined),
        tokens,
        tokenOf: logons.token,
        tokenSeconds: options.tokenSeconds,
        siteName: () => options.directory().siteName,
        logOn,
        readBody: request => readJson(request, longestBody),
        headers: secured,
        acceptBroker: (request, socket, head) =>
          sockets.handleUpgrade(request, socket, head, opened => accept(opened, socket)),
        clock,
        logger,
      },
      program,
    );

  return {
    address: { host: address.address, port: address.port },
    get connections() {
      return logons.size;
    },
    publish(items) {
      for (const item of items) logons.connection(item.agentId)?.deliver([item]);
      options.softphones?.look(items.map(each => each.agentId));
    },
    async close() {
      heart.cancel();
      await web?.close();
      // agents stay logged on and come back to whoever listens here next
      for (const connection of open) connection.cut('the server stops');
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
    },
  };
}

const pathOf = (request: IncomingMessage): string => (request.url ?? '').split('?')[0] ?? '';

function refuseUpgrade(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
