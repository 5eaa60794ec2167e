import { type ICall, SessionState } from '@cordboard/contract';
import type { VirtualClock } from '../clock/virtual-clock.ts';
import type { Randomness } from '../random/randomness.ts';
import { type AgentHabits, choose, type Handset } from './act.ts';
import { choicesFor } from './choices.ts';
import type { Desk } from './desk.ts';

const nothing = { ID: 0 } as ICall;

/** Somebody at a desk who looks at what there is now and again, and does something that fits: mostly. */
export const createScriptedAgent = (options: {
  clock: VirtualClock;
  random: Randomness;
  desk: Desk;
  handset: Handset;
  habits: AgentHabits;
}): { stop(): void } => {
  const { clock, random, desk, handset, habits } = options;
  let stopped = false;

  const act = () => {
    if (!desk.present) {
      if (random.chance(0.3)) desk.comeBack();
      return;
    }
    if (desk.user() === null || desk.user()?.LoggedOn === 0) {
      if (random.chance(0.5)) desk.logOn();
      return;
    }
    const calls = desk.calls();
    // what rings is seen first
    const ringing = calls.find(each => each.State === SessionState.Offered);
    const chosen = ringing ?? (calls.length > 0 ? random.pick(calls) : undefined);
    const what = choose(
      random,
      choicesFor(desk, calls, chosen),
    )({
      desk,
      handset,
      random,
      habits,
      call: chosen ?? nothing,
    });
    if (typeof what === 'function') what();
    else if (what) desk.request(what);
  };

  const tick = () => {
    if (stopped) return;
    act();
    clock.after(random.duration(habits.pace), tick);
  };
  clock.after(random.duration(habits.pace), tick);
  return {
    stop() {
      stopped = true;
    },
  };
};
