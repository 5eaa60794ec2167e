import type { RefusalReason } from '@cordboard/contract';
import type { Agent } from '../agent/agent.ts';
import { endIfEmpty } from '../call/leave-call.ts';
import { settleCall } from '../call/settle-call.ts';
import type { Leg } from '../leg/leg.ts';
import { callOf } from '../state.ts';
import { emit, order, type Turn } from '../turn.ts';
import { conferencePair } from './can-join.ts';
import { leaveCalls, numberCalled, partiesBeside } from './transfer.ts';

/** The call held last and the active one become one, which keeps the held one's session. */
export function conferenceActiveCall(turn: Turn, agent: Agent): RefusalReason | null {
  const pair = conferencePair(turn.state, agent);
  if (typeof pair === 'string') return pair;
  conferenceLegs(turn, pair.held, pair.active);
  return null;
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
