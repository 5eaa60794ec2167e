import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { isIP, isIPv6 } from 'node:net';
import { canonicalAddress } from '../address-text.ts';
import type { Counters } from './counters.ts';
import type { MediaPipe } from './pipe.ts';

/**
 * Symmetric RTP (RFC 4961), strict against injection:
 *
 *   deaf --aim(address, port)--> learning --first RTP from `address`, any port--> settled --aim elsewhere--> learning
 *
 * The address must be the negotiated one, always. Another port than the negotiated one is believed once (a phone behind a
 * port-translating router sends from there) and then sent to; but the negotiated port is right whenever something comes from it.
 */
export interface UdpPipe extends MediaPipe {
  readonly port: number;
  /** makes the socket fit for another leg: deaf, and it sends nowhere */
  reset(): void;
}

type Source = 'deaf' | 'learning' | 'settled';

/** Replaces the look-up that the socket does for each packet: addresses are literals here. */
const literalOf =
  (family: 4 | 6) =>
  (hostname: string, _options: unknown, done: (error: null, address: string, family: number) => void) =>
    done(null, hostname, family);

/** A bound socket; rejects when the port is taken. Port 0: any. */
export function openUdpPipe(address: string, port: number, counters: Counters): Promise<UdpPipe> {
  const family = isIPv6(address) ? 6 : 4;
  const type = family === 6 ? 'udp6' : 'udp4';
  const socket = createSocket({ type, lookup: literalOf(family), recvBufferSize: 1 << 17 });
  return new Promise((resolve, reject) => {
    socket.once('error', error => {
      socket.close();
      reject(error);
    });
    socket.bind(port, address, () => {
      socket.removeAllListeners('error');
      resolve(serve(socket, family, counters));
    });
  });
}

function serve(socket: Socket, family: 4 | 6, counters: Counters): UdpPipe {
  let source: Source = 'deaf';
  let remoteAddress = '';
  let remotePort = 0;
  let aimedPort = 0;

  const failed = (error: Error | null) => {
    if (error) counters.sendErrors++;
  };

  const pipe: UdpPipe = {
    port: socket.address().port,
    onPacket: () => undefined,
    send(packet, offset, length) {
      if (source === 'deaf') return;
      // What the system cannot take at once would wait in a buffer that is written over: speech that late is of no use anyway.
      if (socket.getSendQueueCount() > 0) counters.sendErrors++;
      else socket.send(packet, offset, length, remotePort, remoteAddress);
    },
    sendControl(packet) {
      // RFC 3550 §11: RTP has an even port, RTCP the one above.
      if (source === 'deaf' || remotePort % 2 !== 0) return;
      socket.send(packet, remotePort + 1, remoteAddress, () => undefined); // lost reports are missed by nobody
    },
    aim(said, port) {
      const address = canonicalAddress(said);
      if (isIP(address) !== family || isNowhere(address) || !(port > 0 && port < 65536)) {
        pipe.reset();
        return;
      }
      if (address === remoteAddress && port === aimedPort && source !== 'deaf') return;
      remoteAddress = address;
      remotePort = port;
      aimedPort = port;
      source = 'learning';
    },
    reset() {
      source = 'deaf';
      remoteAddress = '';
      remotePort = 0;
      aimedPort = 0;
    },
    close() {
      pipe.reset();
      socket.close();
    },
  };

  socket.on('error', failed);
  socket.on('message', (packet: Buffer, from: RemoteInfo) => {
    counters.packetsReceived++;
    counters.bytesReceived += packet.length;
    if (source === 'deaf') {
      counters.dropped.noLeg++;
      return;
    }
    const known = source === 'settled' && from.port === remotePort;
    if (from.address !== remoteAddress || !(known || source === 'learning' || from.port === aimedPort)) {
      counters.dropped.foreign++;
      return;
    }
    if (!known) {
      if (!looksLikeRtp(packet)) {
        counters.dropped.version++;
        return;
      }
      remotePort = from.port;
      source = 'settled';
    }
    pipe.onPacket(packet);
  });
  return pipe;
}

const isNowhere = (address: string): boolean => address === '0.0.0.0' || address === '::';

/** A port is learned from speech only, not from any datagram that strays in. */
const looksLikeRtp = (packet: Buffer): boolean => packet.length >= 12 && (packet[0] as number) >> 6 === 2;
