import http from 'node:http';
import type { Duplex } from 'node:stream';
import {
  checkOf,
  framePath,
  maximumFrameBytes,
  pagePath,
  WebVisit,
  webPaths,
  webSocketTransport,
  webVisitHeader,
  windowPaths,
  windowProtocols,
} from '@cordboard/contract';
import { type WebSocket, WebSocketServer } from 'ws';
import { answerPage } from '../host/window/answer-page.ts';
import type { Pages } from '../host/window/pages.ts';
import type { WindowKind } from './web-application.ts';
import type { WebApplications } from './web-applications.ts';

export interface WebServerOptions {
  pages: Pages | null;
  applications: WebApplications;
  /** socket of the file system, which the server's user alone can reach */
  endpoint: string;
  onFailure(error: unknown): void;
  /** WebSocket of the phones in pages; '' = not known yet */
  softphone?(): string;
  pingMilliseconds?: number;
}

export interface WebServer {
  close(): Promise<void>;
}

const checkVisit = checkOf(WebVisit);

/** Who asks was let in by the gateway, which says whose window it is. Null: it does not, or says nonsense. */
const visitOf = (request: http.IncomingMessage): WebVisit | null => {
  try {
    const text = Buffer.from(`${request.headers[webVisitHeader] ?? ''}`, 'base64url').toString();
    const value: unknown = JSON.parse(text);
    return checkVisit(value) === null ? (value as WebVisit) : null;
  } catch {
    // no JSON
    return null;
  }
};

const kinds: Readonly<Record<string, WindowKind>> = {
  [pathOf(windowPaths.program)]: 'program',
  [pathOf(windowPaths.desk)]: 'desk',
};

/** `/agent/page?tab=tab-1&origin=https://crm.example.com`: a page in one of the tabs, which look at both. */
const pageOf = (url: string): WindowKind | null => {
  const [path, query = ''] = url.split('?', 2);
  const given = new URLSearchParams(query);
  return path === pathOf(pagePath)
    ? { tab: given.get('tab') ?? '', origin: given.get('origin') ?? '' }
    : null;
};

/** As the window finds it below the web application's base. */
function pathOf(own: string): string {
  return `${webPaths.base}${own.slice(1)}`;
}

/**
 * What a page of this address may connect to: WebSockets and requests of its own origin, and the origin by name too, for
 * browsers in which 'self' does not mean WebSockets (CSP 2).
 */
const surroundingsOf = (request: http.IncomingMessage, phone: string) => {
  const host = request.headers.host ?? '';
  return {
    door: 'web',
    connect: ["'self'", `ws://${host}`, `wss://${host}`, ...(phone === '' ? [] : [phone])],
  } as const;
};

/** Serves the window to the gateway, which serves it to browsers: its files, and the WebSockets of each agent's windows. */
export const openWebServer = async (options: WebServerOptions): Promise<WebServer> => {
  const { pages, applications } = options;
  const alive = new WeakSet<WebSocket>();
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: maximumFrameBytes,
    handleProtocols: () => windowProtocols.spoken,
  });

  const answer = async (request: http.IncomingMessage, response: http.ServerResponse) => {
    const [path = '', query = ''] = (request.url ?? '').split('?', 2);
    if (!pages || !path.startsWith(webPaths.base)) return void response.writeHead(404).end();
    const own = path.slice(webPaths.base.length - 1);
    const logon = new URLSearchParams(query).get('logon') ?? '';
    const tabs = own === framePath ? await applications.tabsOf(logon) : null;
    const surroundings = { ...surroundingsOf(request, options.softphone?.() ?? ''), ...(tabs && { tabs }) };
    answerPage(pages, own, surroundings, request, response);
  };

  const welcome = (socket: WebSocket, visit: WebVisit, kind: WindowKind) => {
    alive.add(socket);
    socket.on('pong', () => alive.add(socket));
    applications
      .welcome(visit, kind, webSocketTransport(socket), () => socket.close())
      .catch(options.onFailure);
  };

  const upgrade = (request: http.IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => {});
    const visit = visitOf(request);
    const kind = kinds[request.url ?? ''] ?? pageOf(request.url ?? '');
    if (!visit || !kind) {
      socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, socket, head, opened => welcome(opened, visit, kind));
  };

  // a computer that was shut says nothing: who does not answer between two pings is gone
  const ping = () => {
    for (const socket of sockets.clients) {
      if (!alive.delete(socket)) socket.terminate();
      else socket.ping();
    }
  };
  const pings = setInterval(ping, options.pingMilliseconds ?? 10_000);

  const server = http.createServer({ headersTimeout: 10_000, requestTimeout: 10_000 }, (...given) => {
    answer(...given).catch(options.onFailure);
  });
  server.on('upgrade', upgrade);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.endpoint, () => {
      server.off('error', reject);
      resolve();
    });
  });

  return {
    close: () =>
      new Promise(resolve => {
        clearInterval(pings);
        for (const socket of sockets.clients) socket.terminate();
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
};
