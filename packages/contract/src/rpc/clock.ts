/** A timer that has not fired yet. */
export interface Timer {
  cancel(): void;
}

/** Time, given to whoever needs it: the system's, or a test's own. */
export interface Clock {
  /** milliseconds since the epoch */
  now(): number;
  after(milliseconds: number, act: () => void): Timer;
}
