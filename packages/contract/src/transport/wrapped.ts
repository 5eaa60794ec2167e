import type { Transport } from './transport.ts';

export interface TransportWrapping {
  /** each message that comes: passed on to the reader, or not */
  receive?(message: string, reader: (message: string) => void): void;
  /** each message that is handed over, before it goes */
  onSend?(): void;
}

/** The same connection, with somebody who looks at what passes. */
export const wrappedTransport = (
  inner: Transport,
  { receive = (message, reader) => reader(message), onSend }: TransportWrapping,
): Transport => ({
  get bufferedBytes() {
    return inner.bufferedBytes;
  },
  send(message) {
    onSend?.();
    return inner.send(message);
  },
  onMessage: reader => inner.onMessage(message => receive(message, reader)),
  onClose: listener => inner.onClose(listener),
  close: detail => inner.close(detail),
});
