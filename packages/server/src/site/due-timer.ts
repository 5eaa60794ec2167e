import type { Clock, Timer } from '@cordboard/contract';

/** The one timer of the loop: set for whatever in the state is due next. */
export interface DueTimer {
  arm(due: number | null): void;
  cancel(): void;
}

const longestMilliseconds = 3_600_000;

export function createDueTimer(clock: Clock, fire: () => void): DueTimer {
  let armed: { due: number; timer: Timer } | null = null;
  /** a due moment that was announced and is still there afterwards must not turn into a busy loop */
  let announced: number | null = null;

  function cancel(): void {
    armed?.timer.cancel();
    armed = null;
  }

  return {
    arm(due) {
      if (armed !== null && armed.due === due) return;
      cancel();
      if (due === null) return;
      const least = announced === due ? 10 : 0;
      const wait = Math.min(longestMilliseconds, Math.max(least, due - clock.now()));
      const timer = clock.after(wait, () => {
        armed = null;
        announced = due;
        fire();
      });
      armed = { due, timer };
    },
    cancel,
  };
}
