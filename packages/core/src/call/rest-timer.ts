import { nextOrder, type SiteState } from '../state.ts';
import type { Declined } from './call.ts';

/** When the next of those who rejected the call may get it again. */
export function setRestTimer(state: SiteState, callId: number, declined: Declined[]): void {
  const due = declined.reduce((least, each) => Math.min(least, each.until), Number.POSITIVE_INFINITY);
  if (due < Number.POSITIVE_INFINITY) {
    state.timers.set({ type: 'rest', id: callId, due, order: nextOrder(state) });
  }
}
