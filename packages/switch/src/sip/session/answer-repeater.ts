import type { Clock, Timer } from '../clock.ts';
import { type SipRequest, type SipResponse, sequenceOf } from '../message.ts';
import type { ServerTransaction } from '../transaction/server.ts';
import { timings } from '../transaction/timings.ts';

export interface AnswerRepeater {
  /** true if this ACK was the one waited for */
  acknowledge(ack: SipRequest): boolean;
  stop(): void;
}

/** RFC 3261 §13.3.1.4: a 2xx to INVITE is sent again, over any transport, until its ACK comes or 32 seconds are over. */
export function repeatAnswer(
  clock: Clock,
  transaction: ServerTransaction,
  response: SipResponse,
  gaveUp: () => void,
): AnswerRepeater {
  let interval: number = timings.t1;
  let waited = 0;
  let timer: Timer | undefined;

  function wait(): void {
    timer = clock.after(interval, () => {
      waited += interval;
      if (waited >= timings.timeout) {
        gaveUp();
        return;
      }
      transaction.respond(response);
      interval = Math.min(2 * interval, timings.t2, timings.timeout - waited);
      wait();
    });
  }

  transaction.respond(response);
  wait();
  return {
    acknowledge(ack) {
      if (sequenceOf(ack) !== sequenceOf(transaction.request)) return false;
      timer?.cancel();
      return true;
    },
    stop: () => timer?.cancel(),
  };
}
