import { createSocket, type Socket } from 'node:dgram';
import { isIPv6 } from 'node:net';
import { limits } from '../limits.ts';
import type { Flow, TransportHandlers } from './flow.ts';

export interface UdpTransport {
  readonly port: number;
  flowTo(address: string, port: number): Flow;
  close(): Promise<void>;
}

/** Flows are kept so that a peer has always the same one; past this many they are made anew. */
const keptFlows = 20_000;

export async function openUdp(
  host: string,
  port: number,
  handlers: TransportHandlers,
): Promise<UdpTransport> {
  const family = isIPv6(host) ? 6 : 4;
  // Only literal addresses are sent to: the system's resolver need not be asked for each datagram.
  const lookup = (
    address: string,
    _options: unknown,
    done: (error: null, address: string, family: number) => void,
  ) => done(null, address, family);
  const socket = createSocket({ type: family === 6 ? 'udp6' : 'udp4', recvBufferSize: 4 << 20, lookup });
  await bind(socket, host, port);
  const bound = socket.address();
  const flows = new Map<string, Flow>();
  let open = true;

  function flowTo(address: string, remotePort: number): Flow {
    const key = `${address}|${remotePort}`;
    const known = flows.get(key);
    if (known !== undefined) return known;
    if (flows.size >= keptFlows) flows.clear();
    const flow: Flow = {
      protocol: 'UDP',
      reliable: false,
      remoteAddress: address,
      remotePort,
      localAddress: bound.address,
      localPort: bound.port,
      open: true,
      send(bytes) {
        // A datagram that cannot be sent is one that was lost: the transaction sends it again.
        if (open) socket.send(bytes, remotePort, address, () => {});
      },
    };
    flows.set(key, flow);
    return flow;
  }

  socket.on('message', (bytes, from) => {
    if (bytes.length > limits.messageBytes) handlers.dropped('tooLarge');
    // RFC 5626 §3.5.1: CRLFs keep address translators awake and are no messages.
    else if (bytes.length > 4) handlers.received(bytes, flowTo(from.address, from.port));
  });
  // ICMP errors of earlier datagrams come here; there is nobody to tell.
  socket.on('error', () => {});
  return {
    port: bound.port,
    flowTo,
    async close() {
      open = false;
      // What was sent in this turn gets out first: the BYEs of calls that end with us.
      await new Promise(resolve => setImmediate(resolve));
      await new Promise<void>(resolve => socket.close(resolve));
    },
  };
}

function bind(socket: Socket, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.bind(port, host, () => {
      socket.off('error', reject);
      resolve();
    });
  });
}
