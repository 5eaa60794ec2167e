/** Transports of RFC 3261 §18, and WebSocket (RFC 7118): a frame is a datagram that is not lost. */
export type TransportProtocol = 'UDP' | 'TCP' | 'WS';

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
}

export interface TransportHandlers {
  /** one datagram, or one message cut out of a stream */
  received(bytes: Buffer, flow: Flow): void;
  closed(flow: Flow): void;
  /** a stream or datagram that was thrown away unread */
  dropped(why: 'malformed' | 'tooLarge'): void;
}

/** Sockets, or the linked network of the tests. */
export interface Transport {
  /** The flow to an IP address; for TCP the open connection or a new one, whose failure is reported as `closed`. No browser can be reached so. */
  flowTo(protocol: Exclude<TransportProtocol, 'WS'>, address: string, port: number): Flow;
  close(): Promise<void>;
}
