import type { Clock } from '../rpc/clock.ts';

interface Due {
  at: number;
  act: () => void;
}

/** A clock that a test moves. */
export interface ManualClock extends Clock {
  /** Moves the time and fires what is due, in order. */
  advance(milliseconds: number): void;
  readonly waiting: number;
}

export const createManualClock = (start = 0): ManualClock => {
  let now = start;
  const timers = new Set<Due>();
  const nextDue = (until: number): Due | undefined =>
    [...timers].filter(each => each.at <= until).sort((a, b) => a.at - b.at)[0];
  return {
    now: () => now,
    after(milliseconds, act) {
      const due = { at: now + milliseconds, act };
      timers.add(due);
      return { cancel: () => void timers.delete(due) };
    },
    advance(milliseconds) {
      const until = now + milliseconds;
      for (let due = nextDue(until); due; due = nextDue(until)) {
        timers.delete(due);
        now = due.at;
        due.act();
      }
      now = until;
    },
    get waiting() {
      return timers.size;
    },
  };
};
