import { prepareConnection, type SecureConnection, type WebRtcLibrary } from './secure-connection.ts';
import type { OfferedTransport } from './worker-messages.ts';

/** Connections prepared before they are needed: a description that names one can be written without waiting. Each is used once. */
export interface SecurePool {
  /** takes one that was offered */
  take(id: number): SecureConnection | undefined;
  /** closes what was not taken and lets the library go: without that its threads may keep ours from ending. The rest is closed already. */
  ended(): Promise<void>;
}

export interface SecurePoolOptions {
  library: WebRtcLibrary;
  address: string;
  ports?: { from: number; to: number } | undefined;
  /** kept ready */
  warm: number;
  offer(transport: OfferedTransport): void;
}

const pauseAfterFailure = 1_000;
/** its last callbacks come within this time */
const closingTime = 100;

export function createSecurePool(options: SecurePoolOptions): SecurePool {
  const { library, address, ports } = options;
  const offered = new Map<number, SecureConnection>();
  let ids = 0;
  let filling = false;
  let closed = false;

  async function fill(): Promise<void> {
    if (filling) return;
    filling = true;
    while (!closed && offered.size < options.warm) {
      const connection = await prepareConnection(library, { address, ports }).catch(() => undefined);
      if (connection === undefined) {
        await new Promise(resolve => setTimeout(resolve, pauseAfterFailure).unref());
      } else if (closed) {
        connection.close();
      } else {
        const id = ++ids;
        offered.set(id, connection);
        options.offer({ id, port: connection.port, secure: connection.local });
      }
    }
    filling = false;
  }

  void fill();

  return {
    take(id) {
      const connection = offered.get(id);
      offered.delete(id);
      void fill();
      return connection;
    },
    async ended() {
      closed = true;
      for (const connection of offered.values()) connection.close();
      offered.clear();
      await new Promise(resolve => setTimeout(resolve, closingTime));
      library.cleanup();
    },
  };
}
