import { CallType, type RefusalReason } from '@cordboard/contract';
import type { Agent } from '../agent/agent.ts';
import { settleLogOff } from '../agent/settle-log-off.ts';
import type { Call } from '../call/call.ts';
import { endSession, failPending, moveSession } from '../call/move-session.ts';
import type { EndCause, Session } from '../call/session.ts';
import { isQueued, settleCall } from '../call/settle-call.ts';
import { dropLeg } from '../leg/drop-leg.ts';
import { agentOf, callOf, legOf, type SiteState } from '../state.ts';
import { emit, nextSessionId, type Turn } from '../turn.ts';
import type { Place } from './dispatch.ts';
import { becomeGeneral } from './reserve.ts';
import { canRing, isPlaced, offerPlaced } from './retrieve.ts';
import { tenantOf } from './subscriptions.ts';

const secondsOnCommonHold = (state: SiteState): number => state.configuration.timers.commonHoldSeconds ?? 60;

/** Puts a call on common hold: it leaves its agent, and the other party hears music until somebody takes it. */
export function park(turn: Turn, session: Session): RefusalReason | null {
  const { state } = turn;
  if (session.phase.type !== 'connected' && session.phase.type !== 'held') return 'notConnected';
  const call = callOf(state, session.callId);
  if (isQueued(call) || call.deflection !== null) return 'notConnected';
  const other = call.legs.find(each => each !== session.legId);
  if (call.legs.length !== 2 || other === undefined || legOf(state, other).progress !== 'up') {
    return 'notConnected';
  }
  const { agentId } = session;
  emit(turn, {
    type: 'callPlaced',
    callId: call.id,
    sessionId: session.id,
    itemId: nextSessionId(state),
    origin: other,
    number: session.phoneNumber,
    name: session.name,
    place: {
      kind: 'commonHold',
      agentId,
      tenantId: tenantOf(state, agentId),
      groupId: 0,
      since: state.now,
      due: state.now + secondsOnCommonHold(state) * 1000,
      general: true,
      service: session.service,
    },
    returned: false,
  });
  moveSession(turn, session, { type: 'clearing' });
  dropLeg(turn, session.legId, 'normal');
  settleCall(turn, call);
  return null;
}

/**
 * A call to the number of an agent who cannot take it now waits for him, where his configuration says so: for him alone
 * until the group's time-out.
 */
export function keepPersonal(turn: Turn, call: Call, agent: Agent): boolean {
  const { state } = turn;
  const user = state.directory.users.get(agent.id);
  const group = state.directory.groups.get(user?.personalQueue ?? 0);
  const origin = state.legs.get(call.origin);
  if (group?.media !== 'voice' || agent.presence.type !== 'loggedOn') return false;
  if (call.service !== null || call.place !== null || call.flow !== null || call.recall !== null)
    return false;
  if (origin?.callId !== call.id || call.legs.length !== 1) return false;
  // nobody waits for himself
  if (origin.extension === agent.presence.extension) return false;
  emit(turn, {
    type: 'callPlaced',
    callId: call.id,
    sessionId: 0,
    itemId: nextSessionId(state),
    origin: origin.id,
    number: call.callerNumber,
    name: call.callerName,
    place: {
      kind: 'personal',
      agentId: agent.id,
      tenantId: group.tenantId,
      groupId: group.id,
      since: state.now,
      due: state.now + (group.personalSeconds ?? 60) * 1000,
      general: false,
      service: null,
    },
    returned: false,
  });
  settleCall(turn, call);
  return true;
}

/** The session in which a call that waited beside the queues rings. */
export const isPlacedOffer = (state: SiteState, session: Session): boolean => {
  const stage = state.calls.get(session.callId)?.place?.stage;
  return stage?.type === 'offered' && stage.sessionId === session.id;
};

/** It was not taken: back to where it waited. */
export function returnPlaced(turn: Turn, session: Session, cause: EndCause): void {
  const { state } = turn;
  const agent = agentOf(state, session.agentId);
  failPending(turn, session, 'notRinging', cause);
  endSession(turn, session, cause);
  dropLeg(turn, session.legId, 'normal');
  placeAgain(turn, callOf(state, session.callId));
  settleLogOff(turn, agent);
}

/** The agent's end is gone or going, and the caller still there. */
export function placeAgain(turn: Turn, call: Call): void {
  const { state } = turn;
  if (!isPlaced(call)) return;
  const { stage: _offered, ...place } = call.place;
  emit(turn, {
    type: 'callPlaced',
    callId: call.id,
    sessionId: 0,
    itemId: nextSessionId(state),
    origin: call.origin,
    number: call.callerNumber,
    name: call.callerName,
    place: again(state, place),
    returned: true,
  });
  settleCall(turn, call);
}

function again(state: SiteState, place: Omit<Place, 'stage'>): Omit<Place, 'stage'> {
  if (place.kind === 'commonHold') {
    return { ...place, due: state.now + secondsOnCommonHold(state) * 1000 };
  }
  const isOwners = agentOf(state, place.agentId).presence.type === 'loggedOn' && place.due > state.now;
  return { ...place, general: place.general || !isOwners };
}

/** Its party has gone: nobody can take it any more. */
export function leavePlace(turn: Turn, call: Call, cause: 'abandoned' | 'switchRestarted'): void {
  if (!isPlaced(call) || call.place.stage.type !== 'waiting') return;
  emit(turn, { type: 'callUnplaced', callId: call.id, itemId: call.place.stage.itemId, cause });
}

/** A personal call becomes anybody's; a parked one is called back to who parked it, or later if he cannot be called now. */
export function placeDue(turn: Turn, callId: number): void {
  const { state } = turn;
  const call = state.calls.get(callId);
  if (call === undefined || !isPlaced(call) || call.place.stage.type !== 'waiting') return;
  const item = state.dispatch.items.get(call.place.stage.itemId);
  if (item === undefined) return;
  if (call.place.kind === 'personal') {
    becomeGeneral(turn, item, 'timeOut');
    return;
  }
  const agent = agentOf(state, call.place.agentId);
  const mayHave = item.reservedBy === 0 || item.reservedBy === agent.id;
  if (mayHave && isReachable(state, agent)) {
    offerPlaced(turn, call, agent, CallType.AttendantRecall);
  } else {
    const due = state.now + secondsOnCommonHold(state) * 1000;
    emit(turn, { type: 'recallDeferred', callId, due });
  }
}

const isReachable = (state: SiteState, agent: Agent): boolean =>
  agent.presence.type === 'loggedOn' &&
  state.phones.get(agent.presence.extension)?.registered === true &&
  canRing(state, agent);
