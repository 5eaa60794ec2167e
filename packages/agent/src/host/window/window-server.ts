import { randomBytes } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import {
  maximumFrameBytes,
  pagePath,
  type Transport,
  webSocketTransport,
  windowPaths,
  windowProtocols,
} from '@cordboard/contract';
import { WebSocketServer } from 'ws';
import type { TabPages } from '../../tabs/tab-pages.ts';
import { answerPage, type PageSurroundings } from './answer-page.ts';
import type { Pages } from './pages.ts';
import { hasToken, sameOrigin } from './same-origin.ts';

export type Welcome = (transport: Transport, gone: () => void) => void;

export interface WindowServerOptions {
  pages: Pages;
  /** 0 = any free one */
  port: number;
  /** a connection that speaks the local wire, as programs do */
  welcomeProgram: Welcome;
  /** a connection that speaks the desk wire */
  welcomeDesk: Welcome;
  /** pages in web tabs; absent: there are none */
  tabs?: TabPages;
  onRefused(what: string): void;
  /** WebSocket of the phone in the page, which pages may connect to; '' = none */
  softphone?(): string;
}

export interface WindowServer {
  /** with the token in the fragment, which browsers send nowhere */
  readonly url: string;
  close(): Promise<void>;
}

/** A window has two, and one for each page that is connected; more windows of the same agent may be open, and some be closing. */
const maximumConnections = 64;

const refuseUpgrade = (socket: Duplex, status: number) => {
  socket.end(
    `HTTP/1.1 ${status} ${http.STATUS_CODES[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`,
  );
};

/** `/page?tab=tab-1&origin=https://crm.example.com`; the tabs look at both. */
const welcomeOfPage = (tabs: TabPages | undefined, path: string): Welcome | undefined => {
  const [place, query = ''] = path.split('?');
  const parameters = new URLSearchParams(query);
  const page = { tab: parameters.get('tab') ?? '', origin: parameters.get('origin') ?? '' };
  return tabs && place === pagePath ? (transport, gone) => tabs.welcome(transport, gone, page) : undefined;
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
    if (!own.isHost(request.headers)) {
      options.onRefused('a page under another name');
      return void response.writeHead(421, { 'cache-control': 'no-store' }).end();
    }
    const [path = ''] = (request.url ?? '').split('?', 1);
    const phone = options.softphone?.() ?? '';
    const connect = [own.origin.replace('http', 'ws'), ...(phone === '' ? [] : [phone])];
    const surroundings: PageSurroundings = {
      door: 'desk',
      connect,
      ...(options.tabs && { tabs: options.tabs }),
    };
    answerPage(pages, path, surroundings, request, response);
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
    const welcome =
      {
        [windowPaths.program]: options.welcomeProgram,
        [windowPaths.desk]: options.welcomeDesk,
      }[request.url ?? ''] ?? welcomeOfPage(options.tabs, request.url ?? '');
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
