import type { RefusalReason } from '@cordboard/contract';
import type { Agent } from '../agent/agent.ts';
import { takeBack } from '../routing/take-back.ts';
import { callOf, legOf, type SiteState, sessionsOf } from '../state.ts';
import { emit, order, type Turn } from '../turn.ts';
import { allowed, isAnsweredByHand } from './allowed.ts';
import { freeSpeech, holdSession } from './free-speech.ts';
import { hangUpSession } from './leave-call.ts';
import type { Session, SessionPhase } from './session.ts';
import { settleCall } from './settle-call.ts';

/** Makes the phone of a ringing session answer. It is connected when the phone says so. */
export function answerSession(turn: Turn, session: Session, requestId: string): RefusalReason | null {
  if (session.phase.type !== 'offered') return 'notRinging';
  if (session.pending !== null) return 'inProgress';
  if (isAnsweredByHand(turn.state, session)) return 'notAnswerable';
  emit(turn, { type: 'sessionPending', sessionId: session.id, pending: { action: 'answer', requestId } });
  order(turn, { type: 'pickUp', leg: session.legId });
  return null;
}

export function hangUp(turn: Turn, session: Session): RefusalReason | null {
  if (session.phase.type === 'clearing' || session.phase.type === 'forceClearing') return 'inProgress';
  if (!allowed(turn.state, session).hangup) return 'notClearable';
  hangUpSession(turn, session);
  return null;
}

export function hold(turn: Turn, session: Session): RefusalReason | null {
  if (!allowed(turn.state, session).hold) return 'noActiveCall';
  holdSession(turn, session);
  return null;
}

export function retrieve(turn: Turn, session: Session): RefusalReason | null {
  if (!allowed(turn.state, session).retrieve) return 'notHeld';
  freeSpeech(turn, session);
  order(turn, { type: 'setHold', leg: legOf(turn.state, session.legId).id, on: false });
  settleCall(turn, callOf(turn.state, session.callId));
  return null;
}

export function reject(turn: Turn, session: Session): RefusalReason | null {
  if (session.phase.type !== 'offered') return 'notRinging';
  if (session.service === null) return 'notServiceCall';
  takeBack(turn, session, 'rejected');
  return null;
}

const digits = /^[0-9*#A-Da-d,]+$/;

/** Towards the other party, as the agent would on his phone. */
export function sendDigits(turn: Turn, session: Session, wanted: string): RefusalReason | null {
  if (!digits.test(wanted)) return 'invalidDigits';
  if (session.phase.type !== 'connected') return 'notConnected';
  const call = callOf(turn.state, session.callId);
  const other = call.legs.find(each => each !== session.legId);
  if (other === undefined) return 'notConnected';
  order(turn, { type: 'sendDigits', leg: other, digits: wanted.toUpperCase() });
  return null;
}

/** The session that carries speech, or is to: at most one. */
export const activeSession = (state: SiteState, agent: Agent): Session | undefined =>
  find(state, agent, ['connected', 'calling', 'dialing']);

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
