import type { RefusalReason } from '@cordboard/contract';
import type { Agent } from '../agent/agent.ts';
import type { Leg } from '../leg/leg.ts';
import { callOf, legOf, type SiteState } from '../state.ts';
import { emit, order, type Turn } from '../turn.ts';
import { activeSession, lastHeld } from './active-session.ts';
import { endIfEmpty } from './leave-call.ts';
import { upLegs } from './parties.ts';
import { settleCall } from './settle-call.ts';
import { isInQueue, isUnderWay, leaveCalls, numberCalled, partiesBeside } from './transfer.ts';

/** The call held last and the active one become one, which keeps the held one's session. */
export function conferenceActiveCall(turn: Turn, agent: Agent): RefusalReason | null {
  const pair = pairOf(turn.state, agent);
  if (typeof pair === 'string') return pair;
  conferenceLegs(turn, pair.held, pair.active);
  return null;
}

/** Null = the call held last and the active one can become a conference now. */
export function conferenceRefusal(state: SiteState, agent: Agent): RefusalReason | null {
  const pair = pairOf(state, agent);
  return typeof pair === 'string' ? pair : null;
}

function pairOf(state: SiteState, agent: Agent): { held: Leg; active: Leg } | RefusalReason {
  const [held, active] = [lastHeld(state, agent), activeSession(state, agent)];
  if (active === undefined) return 'noActiveCall';
  if (held === undefined) return 'notHeld';
  if (active.phase.type !== 'connected' && active.phase.type !== 'conference') return 'notConnected';
  const pair = { held: legOf(state, held.legId), active: legOf(state, active.legId) };
  if (pair.held.callId === pair.active.callId) return 'notConnected';
  return [pair.held, pair.active].every(each => hasParty(state, each)) ? pair : 'notConnected';
}

/** Somebody is there to talk to: a queue is nobody. */
function hasParty(state: SiteState, leg: Leg): boolean {
  const call = callOf(state, leg.callId);
  return !isUnderWay(call) && !isInQueue(call) && upLegs(state, call, leg.id).length > 0;
}

function conferenceLegs(turn: Turn, held: Leg, active: Leg): void {
  const { state } = turn;
  const call = callOf(state, held.callId);
  const other = callOf(state, active.callId);
  const session = state.sessions.get(held.sessionId);
  emit(turn, {
    type: 'callConferenced',
    callId: call.id,
    otherId: other.id,
    otherLeg: active.id,
    agentId: session?.agentId ?? 0,
    sessionId: held.sessionId,
    number: numberCalled(state, other, active),
    origin: call.origin,
    parties: [...partiesBeside(state, call, held), ...partiesBeside(state, other, active)],
    recall: null,
  });
  leaveCalls(turn, [active]);
  order(turn, { type: 'setHold', leg: held.id, on: false });
  settleCall(turn, call);
  endIfEmpty(turn, other, 'normal');
}
