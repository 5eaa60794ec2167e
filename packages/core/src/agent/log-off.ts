import { leaveAuthentication } from '../authentication/authenticate.ts';
import { giveUpDirect } from '../call/give-up-direct.ts';
import { endIfEmpty, partyLeft } from '../call/leave-call.ts';
import { endSession, moveSession } from '../call/move-session.ts';
import type { Session } from '../call/session.ts';
import { giveUpDeflection } from '../deflect/settle-deflection.ts';
import { isPlacedOffer, placeAgain } from '../dispatch/place.ts';
import { leaveDispatch } from '../dispatch/reserve.ts';
import { dropLeg } from '../leg/drop-leg.ts';
import { returnToQueue } from '../routing/queue-call.ts';
import { takeBack } from '../routing/take-back.ts';
import type { AgentId, Answer } from '../site.ts';
import { agentOf, callOf, sessionOf } from '../state.ts';
import { emit, type Turn } from '../turn.ts';
import { callbackFailed, isAttempt } from '../waiting/callback-attempt.ts';
import { settleLogOff } from './settle-log-off.ts';

/** What rings goes back at once, wrap-up ends; talk goes on, and the last call's end logs off. */
export function logOff(turn: Turn, agentId: AgentId): Answer {
  const agent = turn.state.agents.get(agentId);
  if (agent === undefined || agent.presence.type === 'loggedOff') {
    return { ok: false, refusal: { reason: 'notLoggedOn' } };
  }
  if (agent.presence.type === 'loggedOn') {
    emit(turn, { type: 'agentLeft', agentId });
    leaveDispatch(turn, agentId);
    for (const id of [...agent.sessions]) {
      const session = turn.state.sessions.get(id);
      if (session?.phase.type === 'clerical') endSession(turn, session, 'clericalOver');
      if (session?.phase.type === 'offered') giveBack(turn, session);
    }
    settleLogOff(turn, agent);
  }
  return { ok: true, value: true };
}

function giveBack(turn: Turn, session: Session): void {
  if (session.service === null) giveUpDirect(turn, session, 'loggedOff');
  else takeBack(turn, session, 'loggedOff');
}

/**
 * The agent's application is gone for too long. His sessions are cleared by force; callers from a service group, those he
 * talked to as well, go back to their queue with their old place.
 */
export function forceLogOff(turn: Turn, agentId: AgentId): void {
  const agent = agentOf(turn.state, agentId);
  if (agent.presence.type === 'loggedOff') return;
  if (agent.presence.type === 'loggedOn') emit(turn, { type: 'agentLeft', agentId });
  leaveDispatch(turn, agentId);
  for (const id of [...agent.sessions]) {
    if (turn.state.sessions.has(id)) forceSession(turn, sessionOf(turn.state, id));
  }
  if (agent.presence.type === 'leaving') {
    emit(turn, { type: 'agentLoggedOff', agentId, cause: 'forced' });
  }
}

function forceSession(turn: Turn, session: Session): void {
  const call = callOf(turn.state, session.callId);
  const leg = turn.state.legs.get(session.legId);
  const mine = leg?.callId === call.id;
  const attempt = isAttempt(call);
  const hadCaller = isServing(turn, session);
  if (call.deflection?.sessionId === session.id) giveUpDeflection(turn, call);
  const isPlaced = isPlacedOffer(turn.state, session);
  const authenticating = session.phase.type === 'authenticating';
  if (authenticating) leaveAuthentication(turn, session, 'agentLeft');
  moveSession(turn, session, { type: 'forceClearing' });
  dropLeg(turn, session.legId, 'normal');
  if (attempt) callbackFailed(turn, call, 'normal');
  else if (isPlaced) placeAgain(turn, call);
  else if (hadCaller && !authenticating) returnToQueue(turn, call, null);
  else if (mine && !authenticating) partyLeft(turn, call, leg, 'normal');
  endSession(turn, session, 'forced');
  endIfEmpty(turn, call, 'normal');
}

/** The caller of a service session is still there, and nobody else. */
function isServing(turn: Turn, session: Session): boolean {
  const call = callOf(turn.state, session.callId);
  const stage = call.service?.stage;
  if (stage === undefined || stage.type === 'waiting' || stage.sessionId !== session.id) return false;
  // after a call-back or common hold the agent's own leg can be the one that the call is about
  if (call.origin === session.legId) return false;
  return call.legs.length === 2 && call.legs.includes(call.origin) && call.legs.includes(session.legId);
}
