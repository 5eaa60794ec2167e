import { randomUUID } from 'node:crypto';
import { printMessage } from '@cordboard/contract';

/** One event as every client gets it: printed once, however many there are. */
export interface StreamEntry {
  seq: number;
  event: string;
  values: readonly unknown[];
  text: string;
}

/** The numbered events of one run of the application, the last of them kept for clients that come back. */
export interface ClientStream {
  readonly id: string;
  /** of the last event */
  readonly seq: number;
  /** `at`: when the site made it, by the clock of the server */
  publish(event: string, values: readonly unknown[], at?: number): StreamEntry;
  /** What came after a number, or null: too old, or not of this stream. */
  after(stream: string, seq: number): readonly StreamEntry[] | null;
}

export const createClientStream = (kept = 10_000): ClientStream => {
  const id = randomUUID();
  // a ring: the entry with number n stands at n modulo its length
  const ring: StreamEntry[] = [];
  let seq = 0;
  return {
    id,
    get seq() {
      return seq;
    },
    publish(event, values, at) {
      seq += 1;
      const parameters = { seq, values, ...(at !== undefined && { at }) };
      const text = printMessage({ type: 'notification', method: event, parameters });
      const entry: StreamEntry = { seq, event, values, text };
      ring[seq % kept] = entry;
      return entry;
    },
    after(stream, from) {
      if (stream !== id || from < 0 || from > seq || seq - from > kept) return null;
      const entries: StreamEntry[] = [];
      for (let number = from + 1; number <= seq; number++) {
        const entry = ring[number % kept];
        if (entry?.seq !== number) return null;
        entries.push(entry);
      }
      return entries;
    },
  };
};
