import { settleLogOff } from '../agent/settle-log-off.ts';
import { deflectionFailed, leaveDeflection } from '../deflect/settle-deflection.ts';
import { leavePlace } from '../dispatch/place.ts';
import { transferFailed } from '../join/recall.ts';
import { showParties } from '../join/show-parties.ts';
import { dropLeg } from '../leg/drop-leg.ts';
import type { Leg } from '../leg/leg.ts';
import type { Cause, LegId } from '../ports/call-manager.ts';
import { returnToQueue } from '../routing/queue-call.ts';
import { agentOf, callOf, legOf, type SiteState, sessionOf } from '../state.ts';
import { emit, type Turn } from '../turn.ts';
import { awaitsCallback } from '../waiting/callback.ts';
import { callbackFailed, isAttempt } from '../waiting/callback-attempt.ts';
import type { Call } from './call.ts';
import { endSession, failPending, moveSession } from './move-session.ts';
import { upLegs } from './parties.ts';
import { isLive, type Session } from './session.ts';
import { isQueued, settleCall } from './settle-call.ts';

const defaultFailedCallSeconds = 20;

/** The agent hangs up, or has heard the tone long enough. */
export function hangUpSession(turn: Turn, session: Session): void {
  const { legId, callId, phase } = session;
  const leg = legOf(turn.state, legId);
  moveSession(turn, session, { type: 'clearing' });
  // to a phone that was never answered the cause is its final response
  dropLeg(turn, legId, phase.type === 'failed' && leg.progress !== 'up' ? phase.cause : 'normal');
  partyLeft(turn, callOf(turn.state, callId), leg, 'normal');
}

/** A leg that was up, or the caller's, is out of the call: two or more go on, and of one what is left ends. */
export function partyLeft(turn: Turn, call: Call, leg: Leg, cause: Cause): void {
  if (leg.id === call.origin && awaitsCallback(call)) return;
  if (isAttempt(call)) {
    callbackFailed(turn, call, cause);
    return;
  }
  leaveDeflection(turn, call, leg);
  const [first] = upLegs(turn.state, call);
  if (first !== undefined && (call.legs.length > 1 || isQueued(call))) {
    goOn(turn, call, leg, first.id);
    return;
  }
  if (call.service?.stage.type === 'waiting') {
    emit(turn, {
      type: 'callUnqueued',
      callId: call.id,
      itemId: call.service.stage.itemId,
      groupId: call.service.groupId,
      cause: cause === 'switchRestarted' ? 'switchRestarted' : 'abandoned',
    });
  }
  leavePlace(turn, call, cause === 'switchRestarted' ? 'switchRestarted' : 'abandoned');
  releaseAll(turn, call, 'normal');
  endIfEmpty(turn, call, cause);
}

function goOn(turn: Turn, call: Call, leg: Leg, first: LegId): void {
  emit(turn, {
    type: 'partyLeft',
    callId: call.id,
    number: leg.party.number,
    origin: leg.id === call.origin ? first : call.origin,
  });
  showParties(turn, call);
  settleCall(turn, call);
}

/** Whoever is still in the call is let go. */
export function releaseAll(turn: Turn, call: Call, cause: Cause): void {
  for (const id of [...call.legs]) releaseLeg(turn, id, cause);
}

/** The service group of a waiting or returned call is gone: nobody will ever answer it. */
export function refuseService(turn: Turn, call: Call): void {
  const { service } = call;
  if (service === null) return;
  const { stage } = service;
  emit(turn, {
    type: 'callUnqueued',
    callId: call.id,
    itemId: stage.type === 'waiting' ? stage.itemId : stage.sessionId,
    groupId: service.groupId,
    cause: 'groupRemoved',
  });
  releaseAll(turn, call, 'unreachable');
  endIfEmpty(turn, call, 'unreachable');
}

/** The other side is gone. */
export function releaseLeg(turn: Turn, legId: LegId, cause: Cause): void {
  const session = turn.state.sessions.get(legOf(turn.state, legId).sessionId);
  if (session?.phase.type === 'offered') {
    failPending(turn, session, 'notRinging', 'the caller has hung up');
    endSession(turn, session, 'abandoned');
    dropLeg(turn, legId, cause);
    settleLogOff(turn, agentOf(turn.state, session.agentId));
    return;
  }
  if (session !== undefined && isLive(session)) moveSession(turn, session, { type: 'clearing' });
  dropLeg(turn, legId, cause);
}

export function endIfEmpty(turn: Turn, call: Call, cause: Cause | 'outsideLimit'): void {
  if (call.legs.length === 0 && !call.ended && !awaitsCallback(call))
    emit(turn, { type: 'callEnded', callId: call.id, cause });
}

/** The phone is down: wrap-up, or over. */
export function finishSession(turn: Turn, session: Session): void {
  const { state } = turn;
  const agent = agentOf(state, session.agentId);
  const seconds = clericalSeconds(state, session);
  if (session.phase.type === 'clearing' && seconds > 0 && agent.presence.type === 'loggedOn') {
    const limit = state.configuration.timers.maximumClericalSeconds;
    const until = state.now + Math.min(seconds, limit) * 1000;
    moveSession(turn, session, { type: 'clerical', since: state.now, until });
    return;
  }
  endSession(turn, session, session.phase.type === 'forceClearing' ? 'forced' : 'completed');
  settleLogOff(turn, agent);
}

/** Only what came from a service group and was answered has a wrap-up. */
const clericalSeconds = (state: SiteState, session: Session): number =>
  session.service === null || session.connectedTime === null
    ? 0
    : (state.directory.groups.get(session.service.groupId)?.clericalSeconds ?? 0);

/** A destination could not be reached: the agent who called hears why, another caller is cleared with the cause. */
export function attemptFailed(turn: Turn, call: Call, cause: Cause): void {
  if (call.deflection !== null) {
    deflectionFailed(turn, call, cause);
    return;
  }
  if (isAttempt(call)) {
    callbackFailed(turn, call, cause);
    return;
  }
  if (call.deflected && call.service !== null) {
    returnToQueue(turn, call, null);
    return;
  }
  if (call.recall !== null) {
    transferFailed(turn, call, call.recall, cause);
    return;
  }
  const leg = turn.state.legs.get(call.origin);
  if (leg === undefined || leg.callId !== call.id) {
    endIfEmpty(turn, call, cause);
    return;
  }
  if (leg.sessionId === 0) {
    dropLeg(turn, leg.id, cause);
    endIfEmpty(turn, call, cause);
    return;
  }
  const session = sessionOf(turn.state, leg.sessionId);
  if (session.phase.type !== 'dialing' && session.phase.type !== 'calling') {
    // he spoke already, with a queue, a flow or somebody else: it cannot fail any more
    releaseAll(turn, call, cause);
    endIfEmpty(turn, call, cause);
    return;
  }
  // a phone that dialled by itself hears the tone before it is refused: as long as somebody may still want to intrude
  const toneSeconds = turn.state.configuration.timers.failedCallSeconds ?? defaultFailedCallSeconds;
  const until = turn.state.now + toneSeconds * 1000;
  moveSession(turn, session, { type: 'failed', cause, ...(leg.progress !== 'up' && { until }) });
  settleCall(turn, call);
}
