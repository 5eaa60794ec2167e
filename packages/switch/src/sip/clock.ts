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

/** Node keeps its timers in a heap of lists: setting and cancelling cost the same however many there are. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after(milliseconds, act) {
    // Not held open for a timer: the sockets say how long the process lives.
    const timeout = setTimeout(act, milliseconds).unref();
    return { cancel: () => clearTimeout(timeout) };
  },
};
