import type { Transport, TransportHandlers } from './flow.ts';
import { openTcp } from './tcp.ts';
import { openUdp } from './udp.ts';

export interface SocketTransport extends Transport {
  readonly port: number;
}

const triesForFreePort = 20;

/** UDP and TCP on the same port; port 0 takes one that is free for both. */
export async function openSockets(
  host: string,
  port: number,
  handlers: TransportHandlers,
): Promise<SocketTransport> {
  for (let tried = 1; ; tried++) {
    const udp = await openUdp(host, port, handlers);
    try {
      const tcp = await openTcp(host, udp.port, handlers);
      return {
        port: udp.port,
        flowTo: (protocol, address, to) => (protocol === 'TCP' ? tcp : udp).flowTo(address, to),
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
