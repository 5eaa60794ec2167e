import { nextOrder, type SiteState } from '../state.ts';
import type { Call } from './call.ts';

/** Two or more, and no phone of the house among them: nobody here would notice how long they talk at its expense. */
export const isOutside = (state: SiteState, { legs }: Call): boolean =>
  legs.length > 1 && legs.every(id => state.legs.get(id)?.extension === '');

/** To be called after each change of a call's legs: its time begins with the last phone of the house that leaves it. */
export function boundOutside(state: SiteState, call: Call): void {
  const is = isOutside(state, call);
  if (is === state.timers.has('outside', call.id)) return;
  if (!is) {
    state.timers.cancel('outside', call.id);
    state.timers.cancel('outsideWarning', call.id);
    return;
  }
  const { outsideCallMinutes = 120, outsideWarningSeconds = 60 } = state.configuration.timers;
  const due = state.now + outsideCallMinutes * 60_000;
  const warned = due - outsideWarningSeconds * 1_000;
  state.timers.set({ type: 'outside', id: call.id, due, order: nextOrder(state) });
  // A warning at the very beginning would say nothing.
  if (warned < due && warned > state.now)
    state.timers.set({ type: 'outsideWarning', id: call.id, due: warned, order: nextOrder(state) });
}
