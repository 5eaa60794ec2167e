/** Time between two ticks, ms. */
export const tickLength = 20;
/**
 * After a stall at most so many ticks are caught up at once; the others are left out. 200 ms is what phones' buffers smooth, and what
 * is passed on packet by packet comes as such a burst anyhow.
 */
const maximumCatchUp = 10;

export interface ClockState {
  /** when the next tick is due */
  next: number;
  ticks: number;
  skipped: number;
  worstDelay: number;
}

export const createClockState = (now: number): ClockState => ({
  next: now + tickLength,
  ticks: 0,
  skipped: 0,
  worstDelay: 0,
});

/** Runs the ticks that are due at `now`, each with its nominal time, and returns the ms until the next. */
export function runDueTicks(clock: ClockState, now: number, tick: (at: number) => void): number {
  clock.worstDelay = Math.max(clock.worstDelay, now - clock.next);
  const due = Math.floor((now - clock.next) / tickLength) + 1;
  const skip = Math.max(0, due - maximumCatchUp);
  clock.skipped += skip;
  clock.next += skip * tickLength;
  for (let i = skip; i < due; i++) {
    tick(clock.next);
    clock.ticks++;
    clock.next += tickLength;
  }
  return Math.max(0, clock.next - now);
}

export interface MediaClock {
  readonly state: ClockState;
  /** there are legs again: the next tick is due 20 ms from now, unless the clock runs anyway */
  wake(): void;
  stop(): void;
}

/**
 * One timer for all legs; it does not drift: each tick is due 20 ms after the last was *due*. The packets that wait in the sockets are
 * read before the ticks run: after a stall they are what is to be heard in the ticks that are caught up.
 *
 *   running --nothing needs it--> asleep --wake--> running
 *
 * Asleep it costs nothing: a thread that is woken fifty times a second for nothing takes a hundredth of a core.
 */
export function startClock(
  now: () => number,
  tick: (at: number) => void,
  needed: () => boolean = () => true,
): MediaClock {
  const state = createClockState(now());
  let timer: NodeJS.Timeout | undefined;
  let afterSockets: NodeJS.Immediate | undefined;
  let asleep = false;
  let stopped = false;
  const run = () => {
    runDueTicks(state, now(), tick);
    asleep = !needed();
    if (!asleep) wait(Math.ceil(Math.max(0, state.next - now())));
  };
  const wait = (milliseconds: number) => {
    timer = setTimeout(() => {
      afterSockets = setImmediate(run);
    }, milliseconds);
  };
  wait(tickLength);
  return {
    state,
    wake() {
      if (!asleep || stopped) return;
      asleep = false;
      state.next = now() + tickLength;
      wait(tickLength);
    },
    stop() {
      stopped = true;
      clearTimeout(timer);
      clearImmediate(afterSockets);
    },
  };
}
