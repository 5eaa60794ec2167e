import type { SiteState } from '../state.ts';
import { forgetMoved } from './evolve-subscriptions.ts';
import { addVoiceItem, itemChanged, itemOf, removeItem } from './items.ts';

/** Another configuration: groups may be for picking now or no more, names other ones, people elsewhere. */
export function reconfigureDispatch(state: SiteState): void {
  forgetMoved(state);
  for (const call of state.calls.values()) {
    if (call.service?.stage.type !== 'waiting') continue;
    const item = itemOf(state, call);
    const isPush = state.directory.groups.get(call.service.groupId)?.dispatch === 'push';
    if (item === undefined) addVoiceItem(state, call);
    else if (isPush) removeItem(state, item.id);
  }
  for (const item of state.dispatch.items.values()) itemChanged(state, item);
}
