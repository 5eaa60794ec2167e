/** Transports of RFC 3261 §18, and WebSocket (RFC 7118): a frame is a datagram that is not lost. */
export type TransportProtocol = 'UDP' | 'TCP' | 'TLS' | 'WS';

/** Whom a TLS connection has to prove to be at (RFC 5922). */
export interface TlsPeer {
  /** domain, IP address, or `*.domain` where exactly this stands in the certificate */
  name: string;
  /** PEM certificates that are trusted for it; absent: those that Node trusts */
  authorities?: string;
}

/** Why a connection that we opened did not come up. */
export type ConnectionProblem =
  | 'refused'
  | 'timeout'
  /** what is there speaks no TLS, or none that we may (TLS 1.2 or later) */
  | 'handshakeFailed'
  /** its certificate is of no authority that we trust */
  | 'untrusted'
  | 'expired'
  /** its certificate is somebody else's */
  | 'wrongName';

/**
 * A way to one peer: a UDP address pair or a connection. Responses go back on the flow of their request and a registered
 * phone is called on the flow of its registration (the idea of RFC 5626), which also passes address translators.
 */
export interface Flow {
  readonly protocol: TransportProtocol;
  /** no retransmissions are needed */
  readonly reliable: boolean;
  readonly remoteAddress: string;
  readonly remotePort: number;
  /** the address the peer can reach us at, for Via and Contact */
  readonly localAddress: string;
  readonly localPort: number;
  readonly open: boolean;
  send(bytes: Buffer): void;
  /** a connection whose peer is silent is given up, so that the next one can be tried; datagrams have none */
  abandon?(): void;
}

export interface TransportHandlers {
  /** one datagram, or one message cut out of a stream */
  received(bytes: Buffer, flow: Flow): void;
  /** with a problem where it never came up */
  closed(flow: Flow, problem?: ConnectionProblem): void;
  /** a TLS connection of ours is up, and its peer has proved who it is */
  secured?(flow: Flow): void;
  /** a stream or datagram that was thrown away unread */
  dropped(why: 'malformed' | 'tooLarge'): void;
}

/** Sockets, or the linked network of the tests. */
export interface Transport {
  /** The flow to an IP address; for TCP the open connection or a new one, whose failure is reported as `closed`. No browser can be reached so. */
  flowTo(protocol: 'UDP' | 'TCP', address: string, port: number): Flow;
  /** The same over TLS: only a connection to this peer will do. Phones prove nothing, so theirs are not found so. */
  secureFlowTo(address: string, port: number, peer: TlsPeer): Flow;
  /** is there a way to addresses of this family? */
  reaches(address: string): boolean;
  close(): Promise<void>;
}
