import type { Agent } from '../agent/agent.ts';
import { type SiteState, sessionsOf } from '../state.ts';
import type { Session, SessionPhase } from './session.ts';

/** The session that carries speech, or is to: at most one. */
export const activeSession = (state: SiteState, agent: Agent): Session | undefined =>
  find(state, agent, ['connected', 'conference', 'calling', 'dialing']);

/** To hang up, also a failed call, whose tone the agent hears, and one that the other side holds. */
export const activeToClear = (state: SiteState, agent: Agent): Session | undefined =>
  activeSession(state, agent) ?? find(state, agent, ['failed', 'onHold']);

export const oldestOffered = (state: SiteState, agent: Agent): Session | undefined =>
  find(state, agent, ['offered']);

function find(state: SiteState, agent: Agent, phases: readonly SessionPhase['type'][]): Session | undefined {
  for (const session of sessionsOf(state, agent)) {
    if (phases.includes(session.phase.type)) return session;
  }
  return undefined;
}

export function lastHeld(state: SiteState, agent: Agent): Session | undefined {
  let last: { session: Session; order: number } | undefined;
  for (const session of sessionsOf(state, agent)) {
    if (session.phase.type !== 'held') continue;
    if (last === undefined || session.phase.order > last.order)
      last = { session, order: session.phase.order };
  }
  return last?.session;
}
