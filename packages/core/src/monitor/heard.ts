import type { Agent } from '../agent/agent.ts';
import type { Call } from '../call/call.ts';
import type { Session } from '../call/session.ts';
import type { LegMedia } from '../ports/call-manager.ts';
import { agentOf, callOf, type SiteState, sessionsOf } from '../state.ts';
import type { Monitor } from './monitor.ts';

const spoken: ReadonlySet<string> = new Set(['connected', 'conference', 'onHold', 'authenticating', 'held']);
/** the one where the agent speaks or listens now, before one that he holds */
const order = ['connected', 'conference', 'onHold', 'calling', 'dialing', 'authenticating', 'held'];

/** The session of an agent that a supervisor hears: none before the agent has spoken to somebody. */
export function heardSession(state: SiteState, agent: Agent): Session | undefined {
  let best: Session | undefined;
  let isTalking = false;
  for (const session of sessionsOf(state, agent)) {
    // nobody listens to somebody who listens
    if (callOf(state, session.callId).monitoring === true) continue;
    isTalking ||= spoken.has(session.phase.type);
    if (rank(session) < (best === undefined ? order.length : rank(best))) best = session;
  }
  return isTalking ? best : undefined;
}

function rank(session: Session): number {
  const index = order.indexOf(session.phase.type);
  return index === -1 ? order.length : index;
}

/** What a supervisor who listens hears. */
export function listeningMedia(state: SiteState, call: Call): LegMedia {
  const monitor = monitorOfCall(state, call);
  const heard = monitor && heardSession(state, agentOf(state, monitor.agentId));
  if (heard === undefined || !state.legs.has(heard.legId)) return { type: 'none' };
  return { type: 'monitor', of: heard.legId, whisper: monitor?.mode === 'whisper' };
}

function monitorOfCall(state: SiteState, call: Call): Monitor | undefined {
  for (const id of call.sessions) {
    const monitor = state.monitors.bySupervisor.get(state.sessions.get(id)?.agentId ?? 0);
    if (monitor?.stage.type === 'listening' && monitor.stage.callId === call.id) return monitor;
  }
  return undefined;
}
