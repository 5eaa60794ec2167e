import { createServer, type IncomingMessage, STATUS_CODES } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import { limits } from '../limits.ts';
import type { Flow, TransportHandlers } from './flow.ts';
import { mayConnect } from './origin.ts';

export interface WebSocketSettings {
  host: string;
  port: number;
  /** pages that may connect, as browsers name them (RFC 6454); none: those of this machine */
  origins: readonly string[];
  /** milliseconds between pings; a browser that answers none is gone. 20 s */
  pingInterval?: number;
}

export interface WebSocketTransport {
  readonly port: number;
  close(): Promise<void>;
}

const maximumConnections = 2_000;
/** A browser that does not read is cut off when this much waits for it. */
const maximumUnsent = 1 << 20;
/** A connection that has brought no message by then is nobody's phone. */
const firstMessageTimeout = 32_000;
const usualPingInterval = 20_000;

/** SIP over WebSocket (RFC 7118): one message in each frame. Connections are only ever opened by the browser. */
export async function openWebSocket(
  settings: WebSocketSettings,
  handlers: TransportHandlers,
): Promise<WebSocketTransport> {
  const server = createServer((_request, response) => {
    response.writeHead(426, { upgrade: 'websocket' }).end();
  });
  server.maxConnections = maximumConnections;
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: limits.messageBytes,
    perMessageDeflate: false,
    // RFC 7118 §4.1: without the subprotocol it is something else that wants to talk.
    handleProtocols: offered => (offered.has('sip') ? 'sip' : false),
  });
  server.on('upgrade', (request, socket, head) => {
    const status = refusal(request, settings.origins);
    if (status === undefined) sockets.handleUpgrade(request, socket, head, adopt);
    else refuse(socket, status);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(settings.port, settings.host, resolve);
  });
  const bound = server.address() as AddressInfo;

  function adopt(socket: WebSocket, request: IncomingMessage): void {
    const peer: Socket = request.socket;
    const flow: Flow = {
      protocol: 'WS',
      reliable: true,
      remoteAddress: peer.remoteAddress ?? '',
      remotePort: peer.remotePort ?? 0,
      localAddress: bound.address,
      localPort: bound.port,
      get open() {
        return socket.readyState === socket.OPEN;
      },
      send(bytes) {
        if (socket.readyState !== socket.OPEN) return;
        // RFC 7118 §5.2: text, so that a page can read it; what we write is UTF-8.
        if (socket.bufferedAmount > maximumUnsent) socket.terminate();
        else socket.send(bytes, { binary: false });
      },
    };
    const silent = setTimeout(() => socket.terminate(), firstMessageTimeout);
    let answered = true;
    const pinger = setInterval(() => {
      if (!answered) {
        socket.terminate();
        return;
      }
      answered = false;
      socket.ping();
    }, settings.pingInterval ?? usualPingInterval);
    socket.on('pong', () => {
      answered = true;
    });
    socket.on('message', data => {
      const bytes = toBuffer(data);
      answered = true;
      if (!isKeepAlive(bytes)) {
        clearTimeout(silent);
        handlers.received(bytes, flow);
      } else if (bytes.length === 4) flow.send(pong);
    });
    socket.on('error', error => handlers.dropped(isTooLarge(error) ? 'tooLarge' : 'malformed'));
    socket.on('close', () => {
      clearTimeout(silent);
      clearInterval(pinger);
      handlers.closed(flow);
    });
  }

  return {
    port: bound.port,
    close() {
      const closed = new Promise<void>(resolve => server.close(() => resolve()));
      // What was sent in this turn gets out first: the BYEs of calls that end with us.
      for (const socket of sockets.clients) socket.close(1001);
      setTimeout(() => {
        for (const socket of sockets.clients) socket.terminate();
        server.closeAllConnections();
      }, closingPatience);
      return closed;
    },
  };
}

const closingPatience = 500;

/** RFC 5626 §3.5.1, which RFC 7118 §6 allows: two line ends ask, one answers. */
const pong = Buffer.from('\r\n');

function isKeepAlive(bytes: Buffer): boolean {
  return bytes.length <= 4 && /^[\r\n]*$/.test(bytes.toString('latin1'));
}

function toBuffer(data: RawData): Buffer {
  if (Array.isArray(data)) return Buffer.concat(data);
  return Buffer.isBuffer(data) ? data : Buffer.from(data);
}

function isTooLarge(error: Error & { code?: string }): boolean {
  return error.code === 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH';
}

function refusal({ headers }: IncomingMessage, origins: readonly string[]): number | undefined {
  if (!mayConnect(headers.origin, origins)) return 403;
  const offered = (headers['sec-websocket-protocol'] ?? '').split(',').map(name => name.trim());
  return offered.includes('sip') ? undefined : 400;
}

function refuse(socket: Duplex, status: number): void {
  socket.on('error', () => {});
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
}
