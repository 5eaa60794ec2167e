/**
 * A connection that carries whole text messages, in order, both ways.
 *
 *            peer closed · fault · close()
 *   open ───────────────────────────────────► closed     onClose is told exactly once
 */
export interface Transport {
  /** Hands a message over. False: refused (the connection is closed, or the message is over `maximumFrameBytes`). */
  send(message: string): boolean;
  /** The one reader. Messages that came before it was set are kept for it. */
  onMessage(reader: (message: string) => void): void;
  /** The one listener for the end; told even when the end came before it was set. No message follows. */
  onClose(listener: (end: TransportEnd) => void): void;
  /** Ends the connection; what was sent before is still delivered. */
  close(detail?: string): void;
  /** Sent and not yet taken by the system: a slow reader shows here. */
  readonly bufferedBytes: number;
}

/** How a connection ended. `fault`: the other side broke the rules of the wire, or the network failed. */
export interface TransportEnd {
  by: 'us' | 'peer' | 'fault';
  /** for a person who reads a log */
  detail: string;
}

/** 1 MiB. The largest session data that the contract allows is far below it; whoever sends more is broken or hostile. */
export const maximumFrameBytes = 1_048_576;

/** Bytes of a text in UTF-8. */
export const utf8Length = (text: string): number => {
  let bytes = text.length;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit < 0x80) continue;
    // a surrogate pair is four bytes in two units: two for each
    bytes += unit < 0x800 || (unit >= 0xd800 && unit <= 0xdfff) ? 1 : 2;
  }
  return bytes;
};

/** No text is longer in UTF-8 than three bytes a unit, so most need no counting. */
export const fitsInFrame = (text: string, limit: number): boolean =>
  text.length * 3 <= limit || utf8Length(text) <= limit;
