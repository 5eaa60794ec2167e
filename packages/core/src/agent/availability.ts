import { removeAvailable } from '../routing/queues.ts';
import type { SiteState } from '../state.ts';
import type { Agent } from './agent.ts';

/**
 * Whether an agent can be offered a service call: logged on and Ready, his application not lost, his phone registered,
 * and nothing under way: no call of any kind, no clerical state, nobody talking on his phone.
 */
export function isAvailable(state: SiteState, agent: Agent): boolean {
  const { presence } = agent;
  if (presence.type !== 'loggedOn' || presence.client.type === 'lost') return false;
  if (!agent.ready.voice || agent.sessions.length > 0) return false;
  const phone = state.phones.get(presence.extension);
  return phone?.registered === true && phone.looseLegs === 0;
}

/** Notes whether the agent is available now, for the routing; to be called after every change that can matter. */
export function settleAvailability(state: SiteState, agent: Agent): void {
  const was = state.queues.available.has(agent.id);
  const is = isAvailable(state, agent);
  if (was === is) return;
  if (is) {
    state.queues.available.add(agent.id);
    state.step.freed.push(agent.id);
  } else {
    removeAvailable(state.queues, agent.id);
  }
}
