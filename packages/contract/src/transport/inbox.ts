import type { TransportEnd } from './transport.ts';

/** Where a transport puts what arrives until somebody reads, and the one end that it has. */
export interface Inbox {
  readonly end: TransportEnd | null;
  put(message: string): void;
  /** False: it had ended before. */
  finish(end: TransportEnd): boolean;
  onMessage(reader: (message: string) => void): void;
  onClose(listener: (end: TransportEnd) => void): void;
}

export const createInbox = (): Inbox => {
  const waiting: string[] = [];
  let reader: ((message: string) => void) | null = null;
  let listener: ((end: TransportEnd) => void) | null = null;
  let end: TransportEnd | null = null;
  return {
    get end() {
      return end;
    },
    put(message) {
      if (end) return;
      if (reader) reader(message);
      else waiting.push(message);
    },
    finish(reached) {
      if (end) return false;
      end = reached;
      listener?.(reached);
      return true;
    },
    onMessage(next) {
      reader = next;
      for (const message of waiting.splice(0)) next(message);
    },
    onClose(next) {
      listener = next;
      if (end) next(end);
    },
  };
};
