import { createInbox } from './inbox.ts';
import { fitsInFrame, maximumFrameBytes, type Transport } from './transport.ts';

/** What the browser's WebSocket and that of the package `ws` have in common. */
export interface WebSocketLike {
  /** 0 connecting, 1 open, 2 closing, 3 closed */
  readonly readyState: number;
  readonly bufferedAmount: number;
  send(text: string): void;
  close(code?: number, reason?: string): void;
  addEventListener(type: 'message', listener: (event: { data: unknown }) => void): void;
  addEventListener(type: 'open' | 'error', listener: () => void): void;
  addEventListener(type: 'close', listener: (event: { code: number; reason: string }) => void): void;
}

/** RFC 6455 §7.4.1 */
const closeCode = { normal: 1000, unsupportedData: 1003, tooBig: 1009 } as const;
const connecting = 0;
const open = 1;

/** RFC 6455 §5.5: a control frame holds 125 bytes, two of them the code; ASCII, so that a cut breaks no character. */
const closeReason = (detail: string): string => detail.replaceAll(/[^\x20-\x7e]/g, '?').slice(0, 120);

/** One message a text frame. What is sent while the socket connects goes out when it is open. */
export const webSocketTransport = (socket: WebSocketLike): Transport => {
  const inbox = createInbox();
  const early: string[] = [];

  const fail = (detail: string, code: number) => {
    if (inbox.finish({ by: 'fault', detail })) socket.close(code, closeReason(detail));
  };

  socket.addEventListener('open', () => {
    for (const message of early.splice(0)) socket.send(message);
    if (inbox.end) socket.close(closeCode.normal);
  });
  socket.addEventListener('message', event => {
    if (inbox.end) return;
    if (typeof event.data !== 'string') fail('a binary frame', closeCode.unsupportedData);
    else if (!fitsInFrame(event.data, maximumFrameBytes)) fail('frame too large', closeCode.tooBig);
    else inbox.put(event.data);
  });
  // a close event follows every error; the listener is here because `ws` throws where nobody listens
  socket.addEventListener('error', () => {});
  socket.addEventListener('close', event => {
    const clean = event.code === closeCode.normal || event.code === 1001 || event.code === 1005;
    inbox.finish({
      by: clean ? 'peer' : 'fault',
      detail: event.reason === '' ? `code ${event.code}` : event.reason,
    });
  });

  return {
    get bufferedBytes() {
      return socket.bufferedAmount + early.reduce((sum, each) => sum + each.length, 0);
    },
    send(message) {
      if (inbox.end || !fitsInFrame(message, maximumFrameBytes)) return false;
      if (socket.readyState === connecting) early.push(message);
      else if (socket.readyState === open) socket.send(message);
      else return false;
      return true;
    },
    onMessage: inbox.onMessage,
    onClose: inbox.onClose,
    close(detail = 'closed') {
      if (inbox.finish({ by: 'us', detail }) && socket.readyState !== connecting)
        socket.close(closeCode.normal, closeReason(detail));
    },
  };
};
