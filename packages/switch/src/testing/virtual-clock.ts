import type { Clock, Timer } from '../sip/clock.ts';

export interface VirtualClock extends Clock {
  /** Lets time pass; what becomes due happens in order, at its own time. */
  advance(milliseconds: number): void;
  readonly pending: number;
}

interface Entry {
  at: number;
  order: number;
  act: () => void;
}

/** A clock that stands still until the test moves it. */
export function createVirtualClock(start = 1_700_000_000_000): VirtualClock {
  let now = start;
  let order = 0;
  const entries = new Set<Entry>();

  function nextUntil(limit: number): Entry | undefined {
    let next: Entry | undefined;
    for (const entry of entries) {
      const sooner =
        next === undefined || entry.at < next.at || (entry.at === next.at && entry.order < next.order);
      if (entry.at <= limit && sooner) next = entry;
    }
    return next;
  }

  return {
    now: () => now,
    after(milliseconds, act): Timer {
      const entry = { at: now + Math.max(0, milliseconds), order: order++, act };
      entries.add(entry);
      return { cancel: () => void entries.delete(entry) };
    },
    advance(milliseconds) {
      const limit = now + milliseconds;
      for (let entry = nextUntil(limit); entry !== undefined; entry = nextUntil(limit)) {
        entries.delete(entry);
        now = entry.at;
        entry.act();
      }
      now = limit;
    },
    get pending() {
      return entries.size;
    },
  };
}
