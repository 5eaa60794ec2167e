import type { RefusalReason } from '@cordboard/contract';
import { takeBack } from '../routing/take-back.ts';
import { callOf, legOf } from '../state.ts';
import { emit, order, type Turn } from '../turn.ts';
import { allowed, isAnsweredByHand } from './allowed.ts';
import { freeSpeech, holdSession } from './free-speech.ts';
import { hangUpSession } from './leave-call.ts';
import { upLegs } from './parties.ts';
import type { Session } from './session.ts';
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
  if (!allowed(turn.state, session).retrieve) {
    return session.phase.type === 'held' ? 'anotherCallStarts' : 'notHeld';
  }
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

/** Towards the other party, as the agent would on his phone; in a conference towards all others. */
export function sendDigits(turn: Turn, session: Session, wanted: string): RefusalReason | null {
  if (!digits.test(wanted)) return 'invalidDigits';
  if (session.phase.type !== 'connected' && session.phase.type !== 'conference') return 'notConnected';
  const call = callOf(turn.state, session.callId);
  const others = upLegs(turn.state, call, session.legId);
  if (others.length === 0) return 'notConnected';
  for (const { id } of others) order(turn, { type: 'sendDigits', leg: id, digits: wanted.toUpperCase() });
  return null;
}
