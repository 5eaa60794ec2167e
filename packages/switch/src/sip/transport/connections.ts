import type { Socket } from 'node:net';
import { StreamFramer } from '../stream-framer.ts';
import type { ConnectionProblem, Flow, TransportHandlers } from './flow.ts';

/** Connections of one transport, found by a key; each is used for both directions (in the spirit of RFC 5923). */
export interface Connections {
  find(key: string): Flow | undefined;
  /** a peer that came to us: it has to bring a message before it may stay */
  accept(socket: Socket): void;
  /** one that we open; `problem` says why it did not come up */
  open(key: string, socket: Socket, to: Place, problem: () => ConnectionProblem | undefined): Flow;
  close(): void;
}

interface Place {
  address: string;
  port: number;
}

/** Connections that a listener takes at the same time. */
export const maximumConnections = 5_000;
/** A peer that does not read is cut off when this much waits for it. */
const maximumUnsent = 1 << 20;
/** A connection that has brought no whole message by then is nobody's phone. */
const firstMessageTimeout = 32_000;
/** So many may have brought nothing yet; of more the one that has been silent longest goes, so that silence keeps no phone out. */
const maximumSilent = 1_000;

export function createConnections(
  protocol: 'TCP' | 'TLS',
  local: Place,
  handlers: TransportHandlers,
): Connections {
  const connections = new Map<string, { socket: Socket; flow: Flow }>();
  /** oldest first */
  const silent = new Map<Socket, NodeJS.Timeout>();

  function waitForMessage(socket: Socket): void {
    const [oldest] = silent.keys();
    if (silent.size >= maximumSilent && oldest !== undefined) oldest.destroy();
    silent.set(
      socket,
      setTimeout(() => socket.destroy(), firstMessageTimeout),
    );
  }

  function hasSpoken(socket: Socket): void {
    clearTimeout(silent.get(socket));
    silent.delete(socket);
  }

  function open(
    key: string,
    socket: Socket,
    { address, port }: Place,
    problem: () => ConnectionProblem | undefined,
  ): Flow {
    const framer = new StreamFramer();
    let isOpen = true;
    const flow: Flow = {
      protocol,
      reliable: true,
      remoteAddress: address,
      remotePort: port,
      localAddress: local.address,
      localPort: local.port,
      get open() {
        return isOpen;
      },
      send(bytes) {
        if (!isOpen) return;
        if (socket.writableLength > maximumUnsent) socket.destroy();
        else socket.write(bytes);
      },
      abandon: () => void socket.destroy(),
    };
    connections.set(key, { socket, flow });
    socket.setNoDelay(true);
    socket.setKeepAlive(true, 30_000);
    socket.on('data', chunk => {
      const framed = framer.push(chunk);
      if (framed.messages.length > 0) hasSpoken(socket);
      for (const message of framed.messages) handlers.received(message, flow);
      for (let i = 0; i < framed.pings; i++) socket.write('\r\n');
      if (framed.broken === '') return;
      handlers.dropped(framed.broken);
      socket.destroy();
    });
    // 'close' follows and says what matters.
    socket.on('error', () => {});
    socket.on('close', () => {
      isOpen = false;
      hasSpoken(socket);
      if (connections.get(key)?.socket === socket) connections.delete(key);
      handlers.closed(flow, problem());
    });
    return flow;
  }

  return {
    find: key => connections.get(key)?.flow,
    accept(socket) {
      const { remoteAddress: address = '', remotePort: port = 0 } = socket;
      open(`${address}|${port}`, socket, { address, port }, () => undefined);
      waitForMessage(socket);
    },
    open,
    close() {
      for (const { socket } of connections.values()) socket.destroySoon();
    },
  };
}
