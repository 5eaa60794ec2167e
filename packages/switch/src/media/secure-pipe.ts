import type { Counters } from './counters.ts';
import type { MediaPipe } from './pipe.ts';
import type { SecureConnection } from './secure-connection.ts';

/** The way to a browser. When its network changed it asks for another way (RFC 8839 §4.4): then the connection behind the pipe is replaced. */
export interface SecurePipe extends MediaPipe {
  readonly connection: SecureConnection;
  replace(next: SecureConnection): void;
}

export function createSecurePipe(first: SecureConnection, counters: Counters): SecurePipe {
  let connection = first;

  function listen(): void {
    connection.onPacket = packet => {
      counters.packetsReceived++;
      counters.bytesReceived += packet.length;
      pipe.onPacket(packet);
    };
  }

  const pipe: SecurePipe = {
    get connection() {
      return connection;
    },
    onPacket: () => undefined,
    send(packet, offset, length) {
      connection.send(packet.subarray(offset, offset + length));
    },
    sendControl: packet => connection.send(packet),
    aim: () => undefined,
    replace(next) {
      connection.close();
      connection = next;
      listen();
    },
    close: () => connection.close(),
  };
  listen();
  return pipe;
}
