import type { Agent } from '../agent/agent.ts';
import type { Call } from '../call/call.ts';
import type { Consulting, Session } from '../call/session.ts';
import { agentOf, type SiteState, sessionOf, sessionsOf } from '../state.ts';

/**
 * The session that a new call of this agent would be about: the one that he talks on, else the one held last; 0 = none. Who
 * listens to another agent consults nobody about it.
 */
export function consultedSession(state: SiteState, agent: Agent): number {
  let held: { id: number; order: number } | undefined;
  for (const { id, callId, phase } of sessionsOf(state, agent)) {
    if (state.calls.get(callId)?.monitoring === true) continue;
    if (phase.type === 'connected' || phase.type === 'conference' || phase.type === 'onHold') return id;
    if (phase.type === 'held' && (held === undefined || phase.order > held.order)) {
      held = { id, order: phase.order };
    }
  }
  return held?.id ?? 0;
}

/** What another agent is told of a session's call: of the service group that it came from, or that it was told of itself. */
export function consultingAbout(state: SiteState, sessionId: number): Consulting | null {
  const session = state.sessions.get(sessionId);
  const call = state.calls.get(session?.callId ?? 0);
  if (session === undefined || call === undefined) return null;
  if (session.service === null) return session.consulting;
  const { groupName, queueSeconds } = session.service;
  return {
    callId: call.id,
    callingNumber: call.callerNumber,
    groupName,
    queueSeconds,
    ivrLabels: call.ivrLabels,
    ivrData: call.ivrData,
  };
}

/** A call's data changed: whoever is consulted about it, or was transferred it, sees that too. */
export function refreshConsulting(state: SiteState, call: Call, changed: (session: Session) => void): void {
  renew(state, call, call, changed);
  for (const id of call.sessions) {
    for (const other of sessionsOf(state, agentOf(state, sessionOf(state, id).agentId))) {
      const consultation = state.calls.get(other.callId);
      if (consultation !== undefined && consultation !== call) renew(state, call, consultation, changed);
    }
  }
}

function renew(state: SiteState, about: Call, call: Call, changed: (session: Session) => void): void {
  const { ivrLabels, ivrData } = about;
  if (call.consulting?.callId === about.id) call.consulting = { ...call.consulting, ivrLabels, ivrData };
  for (const id of call.sessions) {
    const session = sessionOf(state, id);
    if (session.consulting?.callId !== about.id) continue;
    session.consulting = { ...session.consulting, ivrLabels, ivrData };
    changed(session);
  }
}
