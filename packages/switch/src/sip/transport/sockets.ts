import type { Flow, Transport, TransportHandlers, TransportProtocol } from './flow.ts';
import { openTcp } from './tcp.ts';
import { openUdp } from './udp.ts';
import { openWebSocket, type WebSocketSettings } from './web-socket.ts';

export interface SocketTransport extends Transport {
  readonly port: number;
}

const triesForFreePort = 20;

/** UDP and TCP on the same port; port 0 takes one that is free for both. Browsers come to a port of their own, if to any. */
export async function openSockets(
  host: string,
  port: number,
  handlers: TransportHandlers,
  webSocket?: WebSocketSettings,
): Promise<SocketTransport> {
  const plain = await openUdpAndTcp(host, port, handlers);
  if (webSocket === undefined) return plain;
  try {
    const web = await openWebSocket(webSocket, handlers);
    return {
      ...plain,
      async close() {
        await Promise.all([plain.close(), web.close()]);
      },
    };
  } catch (error) {
    await plain.close();
    throw error;
  }
}

async function openUdpAndTcp(
  host: string,
  port: number,
  handlers: TransportHandlers,
): Promise<SocketTransport> {
  for (let tried = 1; ; tried++) {
    const udp = await openUdp(host, port, handlers);
    try {
      const tcp = await openTcp(host, udp.port, handlers);
      const flowTo = (protocol: Exclude<TransportProtocol, 'WS'>, address: string, to: number): Flow =>
        (protocol === 'TCP' ? tcp : udp).flowTo(address, to);
      return {
        port: udp.port,
        flowTo,
        async close() {
          await Promise.all([udp.close(), tcp.close()]);
        },
      };
    } catch (error) {
      await udp.close();
      if (port !== 0 || tried === triesForFreePort) throw error;
    }
  }
}
