import { createInbox } from './inbox.ts';
import { createLineDecoder } from './line-decoder.ts';
import { fitsInFrame, maximumFrameBytes, type Transport } from './transport.ts';

/** What a Unix socket, a named pipe, a TCP connection and a pair of standard streams have in common. */
export interface ByteStream {
  readonly writableLength: number;
  write(text: string): unknown;
  end(): unknown;
  destroy(): unknown;
  on(event: 'data', listener: (bytes: Uint8Array) => void): unknown;
  on(event: 'end' | 'close', listener: () => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
}

/** Newline-delimited messages over a byte stream, one message a line. */
export const lineTransport = (stream: ByteStream): Transport => {
  const inbox = createInbox();
  const decoder = createLineDecoder(maximumFrameBytes);

  const fail = (detail: string) => {
    if (inbox.finish({ by: 'fault', detail })) stream.destroy();
  };
  const endOfStream = () => {
    if (decoder.pendingBytes > 0) fail('half a message at the end');
    else if (inbox.finish({ by: 'peer', detail: 'closed' })) stream.end();
  };

  stream.on('error', error => fail(error.message));
  stream.on('end', endOfStream);
  stream.on('close', endOfStream);
  let reading = false;

  return {
    get bufferedBytes() {
      return stream.writableLength;
    },
    send(message) {
      if (inbox.end || !fitsInFrame(message, maximumFrameBytes)) return false;
      stream.write(`${message}\n`);
      return true;
    },
    onMessage(reader) {
      inbox.onMessage(reader);
      if (reading) return;
      reading = true;
      // the stream flows from here on, so nothing piles up in memory before there is a reader
      stream.on('data', bytes => {
        if (inbox.end) return;
        const fault = decoder.push(bytes, inbox.put);
        if (fault) fail(fault);
      });
    },
    onClose: inbox.onClose,
    close(detail = 'closed') {
      if (inbox.finish({ by: 'us', detail })) stream.end();
    },
  };
};
