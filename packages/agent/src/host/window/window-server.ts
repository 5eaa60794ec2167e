import { randomBytes } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import {
  maximumFrameBytes,
  type Transport,
  webSocketTransport,
  windowPaths,
  windowProtocols,
} from '@cordboard/contract';
import { WebSocketServer } from 'ws';
import type { Pages } from './pages.ts';
import { hasToken, type SameOrigin, sameOrigin } from './same-origin.ts';

export type Welcome = (transport: Transport, gone: () => void) => void;

export interface WindowServerOptions {
  pages: Pages;
  /** 0 = any free one */
  port: number;
  /** a connection that speaks the local wire, as programs do */
  welcomeProgram: Welcome;
  /** a connection that speaks the desk wire */
  welcomeDesk: Welcome;
  onRefused(what: string): void;
}

export interface WindowServer {
  /** with the token in the fragment, which browsers send nowhere */
  readonly url: string;
  close(): Promise<void>;
}

/** A window has two; more windows of the same agent may be open, and some be closing. */
const maximumConnections = 64;

const headersOf = (own: SameOrigin, nonce: string): http.OutgoingHttpHeaders => ({
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src ${own.origin.replace('http', 'ws')}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
});

const refuseUpgrade = (socket: Duplex, status: number) => {
  socket.end(
    `HTTP/1.1 ${status} ${http.STATUS_CODES[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`,
  );
};

/** Serves the window on the loopback: its files to whoever asks by the right name, its WebSockets to whoever has the token. */
export const openWindowServer = async (options: WindowServerOptions): Promise<WindowServer> => {
  const { pages } = options;
  const token = randomBytes(32).toString('hex');
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: maximumFrameBytes,
    handleProtocols: () => windowProtocols.spoken,
  });
  let own = sameOrigin(0);

  const answer = (request: http.IncomingMessage, response: http.ServerResponse) => {
    const nonce = randomBytes(16).toString('base64');
    const end = (status: number, type = 'text/plain', body: string | Buffer = '') =>
      response
        .writeHead(status, { ...headersOf(own, nonce), 'content-type': type, 'cache-control': 'no-store' })
        .end(request.method === 'HEAD' ? undefined : body);
    if (!own.isHost(request.headers)) {
      options.onRefused('a page under another name');
      return end(421);
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') return end(405);
    const [path = ''] = (request.url ?? '').split('?', 1);
    if (path === '/') return end(200, 'text/html; charset=utf-8', pages.first(nonce));
    const file = pages.files.get(path);
    return file ? end(200, file.type, file.body) : end(404);
  };

  /** null: may come in */
  const refusalOf = (request: http.IncomingMessage): number | null => {
    if (!own.isHost(request.headers)) return 421;
    if (!own.isOrigin(request.headers)) return 403;
    if (!hasToken(request.headers, token)) return 401;
    return sockets.clients.size >= maximumConnections ? 503 : null;
  };

  const upgrade = (request: http.IncomingMessage, socket: Duplex, head: Buffer) => {
    // a socket without a listener for its errors ends the process
    socket.on('error', () => {});
    const welcome = {
      [windowPaths.program]: options.welcomeProgram,
      [windowPaths.desk]: options.welcomeDesk,
    }[request.url ?? ''];
    const refusal = refusalOf(request) ?? (welcome ? null : 404);
    if (refusal !== null || !welcome) {
      options.onRefused(`a connection of another page or without the token (${refusal})`);
      return refuseUpgrade(socket, refusal ?? 404);
    }
    sockets.handleUpgrade(request, socket, head, opened =>
      welcome(webSocketTransport(opened), () => opened.close()),
    );
  };

  const server = http.createServer({ headersTimeout: 10_000, requestTimeout: 10_000 }, answer);
  server.on('upgrade', upgrade);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
  own = sameOrigin((server.address() as AddressInfo).port);

  return {
    url: `${own.origin}/#${token}`,
    close: () =>
      new Promise(resolve => {
        for (const socket of sockets.clients) socket.terminate();
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
};
