import type { RefusalReason } from '@cordboard/contract';
import type { Agent } from '../agent/agent.ts';
import { activeSession } from '../call/active-session.ts';
import type { Call } from '../call/call.ts';
import { endIfEmpty } from '../call/leave-call.ts';
import { moveSession } from '../call/move-session.ts';
import { isInQueue, otherLeg, partyOf, upLegs } from '../call/parties.ts';
import { routeCall } from '../call/route-call.ts';
import { isLive, type Session } from '../call/session.ts';
import { settleCall } from '../call/settle-call.ts';
import { dropLeg } from '../leg/drop-leg.ts';
import type { Leg } from '../leg/leg.ts';
import { callOf, legOf, type SiteState } from '../state.ts';
import { emit, type Turn } from '../turn.ts';
import { transferRefusal } from './can-join.ts';
import { recallTime } from './recall.ts';
import { showParties } from './show-parties.ts';

/** The held call goes to the party of the active one, who has answered or still rings; the agent is out of both. */
export function transferCall(turn: Turn, agent: Agent, held: Session): RefusalReason | null {
  const refusal = transferRefusal(turn.state, agent, held);
  const active = activeSession(turn.state, agent);
  if (refusal !== null || active === undefined) return refusal ?? 'noActiveCall';
  transferLegs(turn, legOf(turn.state, held.legId), legOf(turn.state, active.legId));
  return null;
}

/** Joins the two calls that a phone has, and takes the phone out of both. The first one's id and data go on. */
export function transferLegs(turn: Turn, first: Leg, second: Leg): void {
  const { state } = turn;
  const call = callOf(state, first.callId);
  const other = callOf(state, second.callId);
  const origin = upLegs(state, call, first.id)[0] ?? upLegs(state, other, second.id)[0] ?? first;
  const session = state.sessions.get(first.sessionId);
  const rings = other.legs.some(id => legOf(state, id).progress !== 'up');
  emit(turn, {
    type: 'callTransferred',
    callId: call.id,
    otherId: other.id,
    otherLeg: second.id,
    agentId: session?.agentId ?? 0,
    sessionId: session?.id ?? 0,
    number: numberCalled(state, other, second),
    origin: origin.id,
    parties: [...partiesBeside(state, call, first), ...partiesBeside(state, other, second)],
    recall: rings && !isInQueue(other) ? { extension: first.extension, until: recallTime(state) } : null,
  });
  leaveCalls(turn, [first, second]);
  showParties(turn, call);
  settleCall(turn, call);
  endIfEmpty(turn, other, 'normal');
}

/** The others in the phone's call are put through to a number, unasked; the phone is out. */
export function transferToNumber(turn: Turn, leg: Leg, number: string): void {
  const { state } = turn;
  const call = callOf(state, leg.callId);
  const session = state.sessions.get(leg.sessionId);
  emit(turn, {
    type: 'callTransferred',
    callId: call.id,
    otherId: 0,
    otherLeg: '',
    agentId: session?.agentId ?? 0,
    sessionId: session?.id ?? 0,
    number,
    origin: (upLegs(state, call, leg.id)[0] ?? leg).id,
    parties: partiesBeside(state, call, leg),
    recall: { extension: leg.extension, until: recallTime(state) },
  });
  leaveCalls(turn, [leg]);
  routeCall(turn, call, number);
  if (call.ended) return;
  showParties(turn, call);
  settleCall(turn, call);
}

/** As the one who called him has it on his screen. */
export function numberCalled(state: SiteState, call: Call, leg: Leg): string {
  const session = state.sessions.get(leg.sessionId);
  return session?.phoneNumber ?? otherLeg(state, call, leg)?.party.number ?? '';
}

export const partiesBeside = (state: SiteState, call: Call, leg: Leg) =>
  call.legs
    .filter(id => id !== leg.id)
    .map(id => ({ leg: id, party: partyOf(state, legOf(state, id), leg.sessionId) }));

export function leaveCalls(turn: Turn, legs: Leg[]): void {
  for (const leg of legs) {
    const session = turn.state.sessions.get(leg.sessionId);
    if (session !== undefined && isLive(session)) moveSession(turn, session, { type: 'clearing' });
    dropLeg(turn, leg.id, 'normal');
  }
}
