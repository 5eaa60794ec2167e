import { createDueHeap, type Due } from './due-heap.ts';

export interface VirtualClock {
  /** milliseconds since the epoch */
  now(): number;
  /** Calls `act` once after so many milliseconds, unless it is cancelled. */
  after(milliseconds: number, act: () => void): { cancel(): void };
  /** When the next timer is due, or null. */
  nextDue(): number | null;
  /** Goes to the next timer and runs it, that one alone. False: there is none. */
  runNext(): boolean;
  /** Lets time pass; what becomes due happens in order, at its own time. */
  advance(milliseconds: number): void;
}

interface Timer extends Due {
  act: (() => void) | null;
}

/** A clock that stands still until it is moved. Timers of the same moment run in the order in which they were set. */
export const createVirtualClock = (start = Date.UTC(2026, 0, 5, 8)): VirtualClock => {
  let now = start;
  let order = 0;
  const timers = createDueHeap<Timer>();

  const next = (): Timer | undefined => {
    while (timers.first()?.act === null) timers.pop();
    return timers.first();
  };

  const run = (timer: Timer) => {
    timers.pop();
    now = Math.max(now, timer.at);
    const act = timer.act;
    timer.act = null;
    act?.();
  };

  return {
    now: () => now,
    after(milliseconds, act) {
      // whole milliseconds, as the clocks of machines count
      const timer: Timer = { at: now + Math.max(0, Math.ceil(milliseconds)), order: order++, act };
      timers.push(timer);
      return {
        cancel() {
          timer.act = null;
        },
      };
    },
    nextDue: () => next()?.at ?? null,
    runNext() {
      const timer = next();
      if (timer) run(timer);
      return timer !== undefined;
    },
    advance(milliseconds) {
      const limit = now + milliseconds;
      for (let timer = next(); timer !== undefined && timer.at <= limit; timer = next()) run(timer);
      now = limit;
    },
  };
};
