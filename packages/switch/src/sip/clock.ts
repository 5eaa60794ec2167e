/** A timer that has not fired yet. */
export interface Timer {
  cancel(): void;
}

/** Time as the stack sees it: the system's, or a test's own. */
export interface Clock {
  /** milliseconds since the epoch */
  now(): number;
  after(milliseconds: number, act: () => void): Timer;
}

/** A timer of this length or more may be late by `grain`, ms. */
const long = 5_000;
const grain = 250;

/** What is due at one moment, in the order in which it was asked for. */
type Due = Set<{ act(): void }>;

/**
 * The system's time. A call leaves half a dozen timers behind that only forget it, seconds after its end (RFC 3261 §17), and to be
 * woken for each costs more than the forgetting: the long ones that end in the same quarter of a second come together, at its end.
 */
export function createSystemClock(): Clock {
  const moments = new Map<number, Due>();

  function dueAt(moment: number): Due {
    const known = moments.get(moment);
    if (known !== undefined) return known;
    const due: Due = new Set();
    moments.set(moment, due);
    setTimeout(() => {
      moments.delete(moment);
      actAll(due);
    }, moment - performance.now()).unref();
    return due;
  }

  return {
    now: () => Date.now(),
    after(milliseconds, act) {
      if (milliseconds >= long) {
        const due = dueAt(Math.ceil((performance.now() + milliseconds) / grain) * grain);
        const entry = { act };
        due.add(entry);
        return { cancel: () => void due.delete(entry) };
      }
      // Not held open for a timer: the sockets say how long the process lives.
      const timeout = setTimeout(act, milliseconds).unref();
      return { cancel: () => clearTimeout(timeout) };
    },
  };
}

/** One that fails does not take the others with it. */
function actAll(due: Due): void {
  for (const entry of due) {
    due.delete(entry);
    try {
      entry.act();
    } catch (thrown) {
      setImmediate(actAll, due);
      throw thrown;
    }
  }
}
