import { CallType } from '@cordboard/contract';
import { settleAvailability } from '../agent/availability.ts';
import { removeItem } from '../dispatch/items.ts';
import { closeRecording } from '../recording/evolve-recording.ts';
import { removeWaiting } from '../routing/queues.ts';
import { agentOf, callOf, nextOrder, type SiteState, touchAll } from '../state.ts';
import { isoTime } from '../stream/iso-time.ts';
import { speak, speakFirst } from '../stream/publish.ts';
import { dropCallback, noteWait, stopWaiting } from '../waiting/evolve-waiting.ts';
import type { Call, EventOf, SessionBeginning } from './call.ts';
import type { Session, SessionPhase } from './session.ts';

/** Marks a session as changed in what is shown of it. */
export function changed(state: SiteState, session: Session): Session {
  session.revision += 1;
  state.step.touched.add(session.agentId);
  return session;
}

export function startSession(state: SiteState, event: EventOf<'sessionStarted'>): void {
  const session = createSession(event.session, state.now);
  if (session.incoming && session.type !== CallType.AttendantRecall) {
    session.consulting = callOf(state, session.callId).consulting;
  }
  state.counters.session = Math.max(state.counters.session, session.id);
  state.sessions.set(session.id, session);
  const agent = agentOf(state, session.agentId);
  agent.sessions.push(session.id);
  const call = callOf(state, session.callId);
  call.sessions.push(session.id);
  removeItem(state, session.id);
  if (call.place?.stage.type === 'waiting' && call.place.stage.itemId === session.id) {
    state.timers.cancel('place', call.id);
    call.place.stage = { type: 'offered', sessionId: session.id };
  }
  if (call.service?.stage.type === 'waiting' && session.service !== null) {
    state.step.counted.add(call.service.groupId);
    removeWaiting(state.queues, call.id);
    state.timers.cancel('rest', call.id);
    stopWaiting(state, call.id);
    call.service.stage = { type: 'offered', sessionId: session.id };
  }
  if (event.ringUntil !== null) {
    state.timers.set({ type: 'ring', id: session.id, due: event.ringUntil, order: nextOrder(state) });
  }
  state.step.touched.add(agent.id);
  state.step.unspoken.add(session.id);
  settleAvailability(state, agent);
}

const createSession = (beginning: SessionBeginning, now: number): Session => ({
  ...beginning,
  consulting: null,
  startTime: isoTime(now),
  connectedTime: null,
  endTime: null,
  revision: 1,
  told: -1,
});

export const setClericalTimer = (state: SiteState, sessionId: number, until: number): void =>
  state.timers.set({ type: 'clerical', id: sessionId, due: until, order: nextOrder(state) });

export function move(state: SiteState, session: Session, phase: SessionPhase): void {
  // no step on the way is left out, also when one message leads through several
  speakFirst(state, session);
  const before = session.phase.type;
  if (before === 'offered') state.timers.cancel('ring', session.id);
  if (before === 'failed') state.timers.cancel('failed', session.id);
  if (before === 'clerical') state.timers.cancel('clerical', session.id);
  session.phase = phase;
  changed(state, session);
  state.step.unspoken.add(session.id);
  enter(state, session, phase);
}

function enter(state: SiteState, session: Session, phase: SessionPhase): void {
  switch (phase.type) {
    case 'connected':
    case 'conference':
      session.connectedTime ??= isoTime(state.now);
      session.pending = null;
      touchAll(state, session.callId);
      serve(state, callOf(state, session.callId), session);
      return;
    case 'held':
      state.counters.order = Math.max(state.counters.order, phase.order);
      return;
    case 'failed':
    case 'clearing':
    case 'forceClearing':
      if (phase.type !== 'failed') session.endTime ??= isoTime(state.now);
      else if (phase.until !== undefined) {
        state.timers.set({ type: 'failed', id: session.id, due: phase.until, order: nextOrder(state) });
      }
      closeRecording(state, session.id);
      session.pending = null;
      return;
    case 'clerical':
      setClericalTimer(state, session.id, phase.until);
      return;
    case 'idle':
      end(state, session);
      return;
    default:
  }
}

function serve(state: SiteState, call: Call, session: Session): void {
  const { service, place, legs } = call;
  if (place?.stage.type === 'offered' && place.stage.sessionId === session.id) {
    call.place = null;
    if (service !== null) service.stage = { type: 'served', sessionId: session.id };
    return;
  }
  if (service === null || service.stage.type !== 'offered' || service.stage.sessionId !== session.id) return;
  service.stage = { type: 'served', sessionId: session.id };
  service.greeted = true;
  // he was quicker than the caller, who is still there
  if (legs.length > 1) dropCallback(state, call);
  noteWait(state, service.groupId, session.service?.queueSeconds ?? 0);
}

/** The last that is heard of a session. */
function end(state: SiteState, session: Session): void {
  const agent = agentOf(state, session.agentId);
  session.endTime ??= isoTime(state.now);
  session.pending = null;
  agent.sessions = agent.sessions.filter(each => each !== session.id);
  speak(state, session);
  state.step.unspoken.delete(session.id);
  closeRecording(state, session.id);
  state.sessions.delete(session.id);
  if (session.service !== null && session.connectedTime !== null) agent.idleOrder = nextOrder(state);
  const call = state.calls.get(session.callId);
  if (call !== undefined) {
    call.sessions = call.sessions.filter(each => each !== session.id);
    forget(state, call.id);
  }
  settleAvailability(state, agent);
}

/** A call's data is needed as long as somebody has it on his desk, in clerical state too. */
export function forget(state: SiteState, callId: number): void {
  const call = state.calls.get(callId);
  if (call?.ended && call.sessions.length === 0) state.calls.delete(callId);
}
