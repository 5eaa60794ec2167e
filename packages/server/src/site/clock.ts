/** A timer that has not fired yet. */
export interface Timer {
  cancel(): void;
}

/** Time as the loop sees it: the system's, or a simulation's own. */
export interface Clock {
  /** milliseconds since the epoch */
  now(): number;
  after(milliseconds: number, act: () => void): Timer;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after(milliseconds, act) {
    const timeout = setTimeout(act, milliseconds);
    return { cancel: () => clearTimeout(timeout) };
  },
};
