import { isAvailable } from '../agent/availability.ts';
import { takeSeats } from '../agent/evolve-agent.ts';
import { isRoutable } from '../dispatch/items.ts';
import type { SiteState } from '../state.ts';
import { addSeats, addWaiting, createQueues } from './queues.ts';

/** The routing indexes from the rest of the state: after a restart, and when the configuration changed. */
export function rebuildQueues(state: SiteState): void {
  state.queues = createQueues();
  for (const agent of state.agents.values()) {
    if (agent.presence.type === 'loggedOff') continue;
    takeSeats(state, agent);
    if (!isAvailable(state, agent)) continue;
    state.queues.available.add(agent.id);
    addSeats(state.queues, agent.id, agent.idleOrder);
  }
  for (const call of state.calls.values()) {
    if (call.service?.stage.type === 'waiting') addWaiting(state.queues, call, isRoutable(state, call));
  }
}
