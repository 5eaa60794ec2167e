import type { RefusalReason } from '@cordboard/contract';
import { extensionOf } from '../agent/agent.ts';
import { authenticate } from '../authentication/authenticate.ts';
import { allowed } from '../call/allowed.ts';
import type { Call } from '../call/call.ts';
import { partyOf } from '../call/parties.ts';
import { routeCall } from '../call/route-call.ts';
import type { Session } from '../call/session.ts';
import { diallableNumber } from '../configuration/numbers.ts';
import type { Leg } from '../leg/leg.ts';
import { agentOf, callOf } from '../state.ts';
import { emit, type Turn } from '../turn.ts';
import { deflectToGroup } from './deflect-to-group.ts';
import { partyToSendOn } from './party-to-send-on.ts';
import { sendOn } from './send-on.ts';
import { deflectionFailed, settleDeflection } from './settle-deflection.ts';

/**
 * Sends a ringing call, or the party that the agent speaks with, to another number. The agent has the call until the
 * destination rings; where it does not, `operationFailed` tells, and the call is as it was.
 */
export function deflect(
  turn: Turn,
  session: Session,
  wanted: string,
  requestId: string,
): RefusalReason | null {
  const { state } = turn;
  if (session.pending !== null) return 'inProgress';
  if (!allowed(state, session).deflect) return 'notDeflectable';
  const number = diallableNumber(wanted);
  if (number === null) return 'invalidNumber';
  if (number === state.configuration.authentication?.number) return authenticate(turn, session);
  const group = state.directory.serviceNumbers.get(number);
  if (group !== undefined) return deflectToGroup(turn, session, group.id);
  const call = callOf(state, session.callId);
  const other = partyToSendOn(state, session);
  if (other === null) return 'notDeflectable';
  if (state.directory.flowNumbers.has(number)) {
    sendOn(turn, session, other, { number, groupId: 0 });
    routeCall(turn, call, number);
    return null;
  }
  callDestination(turn, call, session, other, { number, requestId });
  return null;
}

function callDestination(
  turn: Turn,
  call: Call,
  session: Session,
  other: Leg,
  { number, requestId }: { number: string; requestId: string },
): void {
  const { state } = turn;
  emit(turn, { type: 'sessionPending', sessionId: session.id, pending: { action: 'deflect', requestId } });
  emit(turn, {
    type: 'deflectionStarted',
    callId: call.id,
    sessionId: session.id,
    agentId: session.agentId,
    number,
    caller: partyOf(state, other, session.id),
  });
  if (number === extensionOf(agentOf(state, session.agentId))) {
    deflectionFailed(turn, call, 'busy');
    return;
  }
  routeCall(turn, call, number);
  settleDeflection(turn, call);
}
