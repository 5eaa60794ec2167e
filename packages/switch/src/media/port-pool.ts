import type { Counters } from './counters.ts';
import { openUdpPipe, type UdpPipe } from './udp-pipe.ts';

/**
 * Sockets bound before they are needed. A socket whose leg is closed is offered again, behind all others, so that the stragglers of
 * its last call are over; what is bound stays bound, up to the most legs there ever were.
 */
export interface PortPool {
  /** takes an offered socket */
  take(port: number): UdpPipe | undefined;
  giveBack(pipe: UdpPipe): void;
  /** binds one now, for somebody who waits */
  want(): void;
  readonly free: number;
  close(): void;
}

export interface PortPoolOptions {
  address: string;
  ports?: { from: number; to: number } | undefined;
  warm: number;
  counters: Counters;
  offer(port: number): void;
  /** somebody waits and there is none left */
  exhausted(): void;
}

export function createPortPool(options: PortPoolOptions): PortPool {
  const offered = new Map<number, UdpPipe>();
  const bound = new Set<UdpPipe>();
  const ours = new Set<number>();
  let wanted = 0;
  let binding = false;
  let closed = false;
  let next = options.ports ? options.ports.from + (options.ports.from & 1) : 0;

  function offer(pipe: UdpPipe): void {
    offered.set(pipe.port, pipe);
    options.offer(pipe.port);
  }

  /** Even ports only, RFC 3550 §11; undefined when every one of the range is bound or taken by others. */
  async function bindOne(): Promise<UdpPipe | undefined> {
    const { ports } = options;
    const attempts = ports ? (ports.to - ports.from) / 2 + 1 : 100;
    for (let attempt = 0; attempt < attempts; attempt++) {
      let port = 0;
      if (ports) {
        port = next;
        next = next + 2 > ports.to ? ports.from + (ports.from & 1) : next + 2;
        if (ours.has(port)) continue;
      }
      const pipe = await openUdpPipe(options.address, port, options.counters).catch(() => undefined);
      if (pipe && pipe.port % 2 === 0) return pipe;
      pipe?.close();
    }
    return undefined;
  }

  async function fill(): Promise<void> {
    if (binding) return;
    binding = true;
    while (!closed && (wanted > 0 || offered.size < options.warm)) {
      const pipe = await bindOne();
      if (!pipe) {
        if (wanted > 0) options.exhausted();
        wanted = 0;
        break;
      }
      if (closed) {
        pipe.close();
        break;
      }
      bound.add(pipe);
      ours.add(pipe.port);
      if (wanted > 0) wanted--;
      offer(pipe);
    }
    binding = false;
  }

  void fill();

  return {
    take(port) {
      const pipe = offered.get(port);
      offered.delete(port);
      void fill();
      return pipe;
    },
    giveBack(pipe) {
      pipe.reset();
      pipe.onPacket = () => undefined;
      offer(pipe);
    },
    want() {
      wanted++;
      void fill();
    },
    get free() {
      return offered.size;
    },
    close() {
      closed = true;
      for (const pipe of bound) pipe.close();
      bound.clear();
      offered.clear();
    },
  };
}
