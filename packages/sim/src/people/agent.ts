import { type ICall, type IUserInformation, SessionState } from '@cordboard/contract';
import type { VirtualClock } from '../clock/virtual-clock.ts';
import type { Randomness } from '../random/randomness.ts';
import { type AgentHabits, choose, type Handset } from './act.ts';
import { choicesFor, whileSupervising } from './choices.ts';
import type { Desk } from './desk.ts';

const nothing = { ID: 0 } as ICall;

/** Somebody at a desk who looks at what there is now and again, and does something that fits: mostly. */
export const createScriptedAgent = (options: {
  clock: VirtualClock;
  random: Randomness;
  desk: Desk;
  /** the phone of an extension; '' = his own */
  handset(extension: string): Handset;
  habits: AgentHabits;
}): { stop(): void } => {
  const { clock, random, desk, habits } = options;
  let stopped = false;

  /** so many more looks with an ear for a colleague */
  let supervising = 0;

  const work = (user: IUserInformation) => {
    const calls = desk.calls();
    // what rings is seen first
    const ringing = calls.find(each => each.State === SessionState.Offered);
    const chosen = ringing ?? (calls.length > 0 ? random.pick(calls) : undefined);
    supervising = Math.max(0, supervising - 1);
    const isListening = supervising > 0 && random.chance(0.6);
    const what = choose(
      random,
      isListening ? whileSupervising : choicesFor(desk, calls, chosen),
    )({
      desk,
      handset: options.handset(user.ExtensionNumber),
      random,
      habits,
      call: chosen ?? nothing,
    });
    if (typeof what === 'function') return what();
    if (!what) return;
    if (what.method === 'startMonitor') supervising = 25;
    desk.request(what);
  };

  const act = () => {
    if (!desk.present) {
      if (random.chance(0.3)) desk.comeBack();
      return;
    }
    const user = desk.user();
    if (user !== null && user.LoggedOn !== 0) return work(user);
    if (random.chance(0.5)) desk.logOn(random.chance(0.85) ? '' : random.pick(habits.extensions));
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
