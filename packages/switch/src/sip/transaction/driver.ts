import type { Clock, Timer } from '../clock.ts';
import type { Effect, Step } from './step.ts';

/** What a machine's effects mean for the transaction that it drives. */
export interface Actions {
  send(): void;
  sendAck(): void;
  deliver(): void;
  timeout(): void;
  /** the machine has terminated: forget it */
  ended(): void;
}

/** Runs one machine: keeps its state and its timers, does its effects. */
export interface Driver<State, Event> {
  readonly state: State;
  /** does the first step; apart from making it, so that its owner can be found when the first answer comes */
  begin(): void;
  take(event: Event): void;
  /** ends it at once (transport error: RFC 3261 §17.1.4, §17.2.4) */
  end(): void;
}

export function createDriver<
  TimerName extends string,
  State extends { type: string },
  Event extends { type: string },
>(
  clock: Clock,
  actions: Actions,
  start: Step<State, TimerName>,
  step: (state: State, event: Event) => Step<State, TimerName>,
  timerEvent: (timer: TimerName) => Event,
): Driver<State, Event> {
  let state = start.state;
  let ended = false;
  const timers = new Map<TimerName, Timer>();

  function end(): void {
    if (ended) return;
    ended = true;
    for (const timer of timers.values()) timer.cancel();
    timers.clear();
    actions.ended();
  }

  function perform(effect: Effect<TimerName>): void {
    switch (effect.type) {
      case 'start': {
        const name = effect.timer;
        timers.get(name)?.cancel();
        timers.set(
          name,
          clock.after(effect.milliseconds, () => {
            timers.delete(name);
            take(timerEvent(name));
          }),
        );
        return;
      }
      case 'stop':
        timers.get(effect.timer)?.cancel();
        timers.delete(effect.timer);
        return;
      case 'send':
      case 'sendAck':
      case 'deliver':
      case 'timeout':
        actions[effect.type]();
        return;
    }
  }

  function run(next: Step<State, TimerName>): void {
    state = next.state;
    const terminated = state.type === 'terminated';
    // Forgotten before its user hears of it, so that the user may start again with the same key.
    if (terminated) end();
    for (const effect of next.effects) if (!terminated || effect.type !== 'start') perform(effect);
  }

  function take(event: Event): void {
    if (!ended) run(step(state, event));
  }

  return {
    get state() {
      return state;
    },
    begin: () => run(start),
    take,
    end,
  };
}
