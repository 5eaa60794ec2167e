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
    return;
  }
  const minutes = state.configuration.timers.outsideCallMinutes ?? 120;
  state.timers.set({
    type: 'outside',
    id: call.id,
    due: state.now + minutes * 60_000,
    order: nextOrder(state),
  });
}
