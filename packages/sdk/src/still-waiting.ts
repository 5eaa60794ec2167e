import { type AgentSnapshot, checkOf, joinSnapshot, WaitingItems } from '@cordboard/contract';

/** What came ahead of `resynchronized`, because it was too much for one frame. A break in the middle loses nothing of it. */
export interface StillWaiting {
  /** values of a `stillWaiting` */
  take(values: unknown[]): void;
  /** values of `resynchronized`: the whole snapshot */
  join(values: unknown[]): AgentSnapshot;
}

const check = checkOf(WaitingItems);

export const createStillWaiting = (): StillWaiting => {
  let parts: WaitingItems[] = [];
  return {
    take([part, items]) {
      if (part === 1) parts = [];
      if (part === parts.length + 1 && check(items) === null) parts.push(items as WaitingItems);
    },
    join([snapshot, count]) {
      const mine = parts;
      parts = [];
      const whole = snapshot as AgentSnapshot;
      return mine.length > 0 && mine.length === count ? joinSnapshot(whole, mine) : whole;
    },
  };
};
