import { leaveAuthentication } from '../authentication/authenticate.ts';
import { giveUpDirect } from '../call/give-up-direct.ts';
import { attemptFailed, endIfEmpty, finishSession, partyLeft } from '../call/leave-call.ts';
import { failPending, moveSession } from '../call/move-session.ts';
import { isLive, type Session } from '../call/session.ts';
import type { CallManagerReport, Cause } from '../ports/call-manager.ts';
import { takeBack } from '../routing/take-back.ts';
import { callOf } from '../state.ts';
import { emit, type Turn } from '../turn.ts';
import type { Leg } from './leg.ts';

type Cleared = Extract<CallManagerReport, { type: 'cleared' }>;

/** A leg is gone: as ordered, hung up by its person, or it never came up. */
export function legCleared(turn: Turn, report: Cleared): void {
  const { state } = turn;
  const leg = state.legs.get(report.leg);
  if (leg === undefined) return;
  const { callId, progress } = leg;
  const led = state.calls.get(callId);
  if (led?.flow?.leg === leg.id) {
    emit(turn, { type: 'flowEnded', callId, flow: led.flow.flow, cause: 'left' });
  }
  emit(turn, { type: 'legCleared', leg: leg.id, cause: report.cause, byRemote: report.byRemote });
  const session = state.sessions.get(leg.sessionId);
  if (leg.clearing !== null) {
    finishCleared(turn, session);
    return;
  }
  const call = callOf(state, callId);
  if (session !== undefined) {
    sessionCleared(turn, session, leg, report.cause);
  } else if (leg.id === call.origin || progress === 'up') {
    partyLeft(turn, call, leg, report.cause);
  } else {
    attemptFailed(turn, call, report.cause);
  }
  endIfEmpty(turn, call, report.cause);
}

/** What was ordered to clear has done so. */
function finishCleared(turn: Turn, session: Session | undefined): void {
  if (session === undefined) return;
  if (session.phase.type === 'failed') moveSession(turn, session, { type: 'clearing' });
  if (session.phase.type === 'clearing') finishSession(turn, session);
}

function sessionCleared(turn: Turn, session: Session, leg: Leg, cause: Cause): void {
  const call = callOf(turn.state, session.callId);
  if (session.phase.type === 'offered') {
    offerFailed(turn, session, cause);
    return;
  }
  if (session.pending?.action === 'makeCall') {
    const reason = cause === 'unreachable' ? 'phoneNotRegistered' : 'cannotMakeCall';
    failPending(turn, session, reason, `the phone: ${cause}`);
  }
  if (session.phase.type === 'authenticating') {
    // the customer goes on with the flow
    leaveAuthentication(turn, session, 'agentLeft');
    moveSession(turn, session, { type: 'clearing' });
    finishSession(turn, session);
    return;
  }
  if (isLive(session)) moveSession(turn, session, { type: 'clearing' });
  finishSession(turn, session);
  partyLeft(turn, call, leg, 'normal');
}

/** The phone did not take the call that was offered. */
function offerFailed(turn: Turn, session: Session, cause: Cause): void {
  const end = endOfOffer(cause);
  if (session.service === null) giveUpDirect(turn, session, end);
  else takeBack(turn, session, end);
}

function endOfOffer(cause: Cause): 'noAnswer' | 'phoneBusy' | 'phoneUnreachable' {
  switch (cause) {
    case 'noAnswer':
    case 'normal':
      return 'noAnswer';
    case 'busy':
    case 'rejected':
      return 'phoneBusy';
    default:
      return 'phoneUnreachable';
  }
}
