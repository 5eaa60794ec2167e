import type { Answer } from './answer.ts';
import type { Clock, Timer } from './clock.ts';
import type { RequestId } from './message.ts';
import { WireError } from './wire-error.ts';

interface Waiting {
  resolve(answer: Answer): void;
  reject(error: WireError): void;
  deadline: Timer;
}

/** Requests that were sent and have no answer yet. Each ends exactly once: answer, error, deadline or close. */
export interface Pending {
  readonly size: number;
  has(id: RequestId): boolean;
  add(id: RequestId, deadlineMilliseconds: number): Promise<Answer>;
  settle(id: RequestId, answer: Answer): void;
  fail(id: RequestId, error: WireError): void;
  failAll(error: () => WireError): void;
}

export const createPending = (clock: Clock): Pending => {
  const waiting = new Map<RequestId, Waiting>();

  const take = (id: RequestId): Waiting | undefined => {
    const found = waiting.get(id);
    waiting.delete(id);
    found?.deadline.cancel();
    return found;
  };
  const fail = (id: RequestId, error: WireError) => take(id)?.reject(error);

  return {
    get size() {
      return waiting.size;
    },
    has: id => waiting.has(id),
    add: (id, deadlineMilliseconds) =>
      new Promise((resolve, reject) => {
        const deadline = clock.after(deadlineMilliseconds, () => fail(id, new WireError('deadlineExceeded')));
        waiting.set(id, { resolve, reject, deadline });
      }),
    // an answer that nobody waits for any more came after its deadline: it is dropped
    settle: (id, answer) => take(id)?.resolve(answer),
    fail,
    failAll(error) {
      for (const id of [...waiting.keys()]) fail(id, error());
    },
  };
};
