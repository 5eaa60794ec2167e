import type { Clock, Timer } from '../clock.ts';
import { type SipResponse, sequenceOf, setHeader } from '../message.ts';
import type { ServerTransaction } from '../transaction/server.ts';
import { timings } from '../transaction/timings.ts';

/** Sends provisional responses that the caller must acknowledge (RFC 3262 §3). */
export interface ReliableProvisional {
  /** sent when those before it are acknowledged */
  send(response: SipResponse): void;
  /** true if this RAck names the one that waits */
  acknowledge(rack: string): boolean;
  /** nothing waits for PRACK */
  readonly idle: boolean;
  stop(): void;
}

interface Events {
  /** everything that was sent is acknowledged */
  settled(): void;
  /** no PRACK within 32 seconds */
  gaveUp(): void;
}

export function createReliableProvisional(
  clock: Clock,
  transaction: ServerTransaction,
  firstSequence: number,
  events: Events,
): ReliableProvisional {
  const waiting: SipResponse[] = [];
  let current: { response: SipResponse; sequence: number } | undefined;
  let sequence = firstSequence;
  let timer: Timer | undefined;

  function repeat(interval: number, waited: number): void {
    timer = clock.after(interval, () => {
      if (current === undefined) return;
      if (waited + interval >= timings.timeout) {
        events.gaveUp();
        return;
      }
      transaction.respond(current.response);
      const passed = waited + interval;
      repeat(Math.min(2 * interval, timings.timeout - passed), passed);
    });
  }

  function sendNext(): void {
    const response = waiting.shift();
    if (response === undefined) return;
    setHeader(response, 'require', '100rel');
    setHeader(response, 'rseq', `${sequence}`);
    current = { response, sequence };
    sequence++;
    transaction.respond(response);
    repeat(timings.t1, 0);
  }

  return {
    send(response) {
      waiting.push(response);
      if (current === undefined) sendNext();
    },
    acknowledge(rack) {
      const expected = `${current?.sequence} ${sequenceOf(transaction.request)} INVITE`;
      if (current === undefined || rack.trim().replace(/\s+/g, ' ') !== expected) return false;
      timer?.cancel();
      current = undefined;
      if (waiting.length > 0) sendNext();
      else events.settled();
      return true;
    },
    get idle() {
      return current === undefined && waiting.length === 0;
    },
    stop() {
      timer?.cancel();
      current = undefined;
      waiting.length = 0;
    },
  };
}
