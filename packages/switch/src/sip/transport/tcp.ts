import { type AddressInfo, createConnection, createServer } from 'node:net';
import { createConnections, maximumConnections } from './connections.ts';
import type { Flow, TransportHandlers } from './flow.ts';
import { listen } from './listen.ts';

export interface TcpTransport {
  readonly port: number;
  flowTo(address: string, port: number): Flow;
  close(): Promise<void>;
}

export const connectTimeout = 8_000;

/** Connections are used for both directions and found by their peer's address. */
export async function openTcp(
  host: string,
  port: number,
  handlers: TransportHandlers,
): Promise<TcpTransport> {
  const server = createServer();
  server.maxConnections = maximumConnections;
  await listen(server, host, port);
  const bound = server.address() as AddressInfo;
  const connections = createConnections('TCP', bound, handlers);
  server.on('connection', socket => connections.accept(socket));

  return {
    port: bound.port,
    flowTo(address, remotePort) {
      const key = `${address}|${remotePort}`;
      const known = connections.find(key);
      if (known !== undefined) return known;
      const socket = createConnection({ host: address, port: remotePort, localAddress: bound.address });
      const patience = setTimeout(() => socket.destroy(), connectTimeout);
      socket.once('connect', () => clearTimeout(patience));
      socket.once('close', () => clearTimeout(patience));
      return connections.open(key, socket, { address, port: remotePort }, () => undefined);
    },
    close() {
      const closed = new Promise<void>(resolve => server.close(() => resolve()));
      connections.close();
      return closed;
    },
  };
}
