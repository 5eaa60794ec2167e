import { ownAlone } from '../softphone/owner.ts';
import type { SoftphonePhase } from '../softphone/softphone.ts';
import { createValue, type Value } from '../softphone/value.ts';

export interface RingsHereOptions {
  locks: LockManager | undefined;
  /** null: the agent has another phone than his windows */
  softphone(): SoftphonePhase | null;
  /** Calls back whenever the agent uses this window. */
  onUsed(act: () => void): void;
  /** he uses it now */
  isUsed(): boolean;
}

export interface RingsHere {
  get(): boolean;
  subscribe: Value<boolean>['subscribe'];
}

/**
 * Of the agent's windows one rings: that which has the audio of his phone, or, with a phone of his own, the one that he used last. Closed,
 * it leaves that to the others.
 */
export const ringsHere = ({ locks, softphone, onUsed, isUsed }: RingsHereOptions): RingsHere => {
  const usedLast = createValue(false);
  let isFirst = true;
  const ownership = ownAlone('cordboard.ring', locks, owner => {
    usedLast.set(owner);
    if (!isFirst) return;
    isFirst = false;
    // a window that is opened is in front; it waits in the row by then
    queueMicrotask(() => isUsed() && ownership.take());
  });
  onUsed(ownership.take);
  return {
    get() {
      const phase = softphone();
      return phase === null ? usedLast.get() : phase !== 'off' && phase !== 'elsewhere';
    },
    subscribe: usedLast.subscribe,
  };
};
