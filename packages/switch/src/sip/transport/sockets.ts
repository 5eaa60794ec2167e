import { isIPv6 } from 'node:net';
import type { Flow, Transport, TransportHandlers } from './flow.ts';
import { openTcp } from './tcp.ts';
import { openTls, type TlsSettings } from './tls.ts';
import { openUdp } from './udp.ts';
import { openWebSocket, type WebSocketSettings } from './web-socket.ts';

export interface SocketTransport extends Transport {
  readonly port: number;
}

const triesForFreePort = 20;

/** Where others may come beside UDP and TCP; absent: nowhere. */
export interface FurtherListeners {
  /** browsers */
  webSocket?: WebSocketSettings;
  /** phones and trunks over TLS; to trunks we connect without it too */
  tls?: TlsSettings;
}

/** UDP and TCP on the same port; port 0 takes one that is free for both. TLS and browsers come to ports of their own, if to any. */
export async function openSockets(
  host: string,
  port: number,
  handlers: TransportHandlers,
  further: FurtherListeners = {},
): Promise<SocketTransport> {
  const opened: { close(): Promise<void> }[] = [];
  const close = async () => {
    await Promise.all(opened.map(each => each.close()));
  };
  try {
    const plain = await openUdpAndTcp(host, port, handlers);
    opened.push(plain);
    const tls = await openTls(host, handlers, further.tls);
    opened.push(tls);
    if (further.webSocket !== undefined) opened.push(await openWebSocket(further.webSocket, handlers));
    return {
      ...plain,
      secureFlowTo: tls.flowTo,
      reaches: address => isIPv6(address) === isIPv6(host),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function openUdpAndTcp(
  host: string,
  port: number,
  handlers: TransportHandlers,
): Promise<Pick<SocketTransport, 'port' | 'flowTo' | 'close'>> {
  for (let tried = 1; ; tried++) {
    const udp = await openUdp(host, port, handlers);
    try {
      const tcp = await openTcp(host, udp.port, handlers);
      const flowTo = (protocol: 'UDP' | 'TCP', address: string, to: number): Flow =>
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
