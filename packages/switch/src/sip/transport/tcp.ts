import { type AddressInfo, createConnection, createServer, type Server, type Socket } from 'node:net';
import { StreamFramer } from '../stream-framer.ts';
import type { Flow, TransportHandlers } from './flow.ts';

export interface TcpTransport {
  readonly port: number;
  flowTo(address: string, port: number): Flow;
  close(): Promise<void>;
}

const maximumConnections = 5_000;
/** A peer that does not read is cut off when this much waits for it. */
const maximumUnsent = 1 << 20;
const connectTimeout = 8_000;
/** A connection that has brought no whole message by then is nobody's phone. */
const firstMessageTimeout = 32_000;

/** Connections are used for both directions and found by their peer's address (in the spirit of RFC 5923). */
export async function openTcp(
  host: string,
  port: number,
  handlers: TransportHandlers,
): Promise<TcpTransport> {
  const connections = new Map<string, { socket: Socket; flow: Flow }>();
  const server = createServer(
    socket => void adopt(socket, socket.remoteAddress ?? '', socket.remotePort ?? 0),
  );
  server.maxConnections = maximumConnections;
  await listen(server, host, port);
  const bound = server.address() as AddressInfo;

  function adopt(socket: Socket, address: string, remotePort: number): Flow {
    const key = `${address}|${remotePort}`;
    const framer = new StreamFramer();
    let open = true;
    const flow: Flow = {
      protocol: 'TCP',
      reliable: true,
      remoteAddress: address,
      remotePort,
      localAddress: bound.address,
      localPort: bound.port,
      get open() {
        return open;
      },
      send(bytes) {
        if (!open) return;
        if (socket.writableLength > maximumUnsent) socket.destroy();
        else socket.write(bytes);
      },
    };
    connections.set(key, { socket, flow });
    socket.setNoDelay(true);
    socket.setKeepAlive(true, 30_000);
    const silent = setTimeout(() => socket.destroy(), firstMessageTimeout);
    socket.on('data', chunk => {
      const framed = framer.push(chunk);
      if (framed.messages.length > 0) clearTimeout(silent);
      for (const message of framed.messages) handlers.received(message, flow);
      for (let i = 0; i < framed.pings; i++) socket.write('\r\n');
      if (framed.broken === '') return;
      handlers.dropped(framed.broken);
      socket.destroy();
    });
    // The cause is of no use to anybody; 'close' follows and says what matters.
    socket.on('error', () => {});
    socket.on('close', () => {
      open = false;
      clearTimeout(silent);
      if (connections.get(key)?.socket === socket) connections.delete(key);
      handlers.closed(flow);
    });
    return flow;
  }

  return {
    port: bound.port,
    flowTo(address, remotePort) {
      const known = connections.get(`${address}|${remotePort}`);
      if (known !== undefined) return known.flow;
      const socket = createConnection({ host: address, port: remotePort, localAddress: bound.address });
      const patience = setTimeout(() => socket.destroy(), connectTimeout);
      socket.once('connect', () => clearTimeout(patience));
      socket.once('close', () => clearTimeout(patience));
      return adopt(socket, address, remotePort);
    },
    close() {
      const closed = new Promise<void>(resolve => server.close(() => resolve()));
      for (const { socket } of connections.values()) socket.destroySoon();
      return closed;
    },
  };
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}
