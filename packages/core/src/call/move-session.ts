import { giveUpDeflection } from '../deflect/settle-deflection.ts';
import { callOf } from '../state.ts';
import { emit, type Turn } from '../turn.ts';
import type { CallEvent } from './call.ts';
import type { EndCause, Session, SessionPhase } from './session.ts';

export const moveSession = (turn: Turn, session: Session, phase: SessionPhase): void =>
  emit(turn, {
    type: 'sessionMoved',
    sessionId: session.id,
    callId: session.callId,
    agentId: session.agentId,
    from: session.phase.type,
    phase,
  });

export const endSession = (turn: Turn, session: Session, cause: EndCause): void =>
  moveSession(turn, session, { type: 'idle', cause });

/** An accepted request can no longer be carried out. */
export function failPending(
  turn: Turn,
  session: Session,
  reason: Extract<CallEvent, { type: 'operationFailed' }>['reason'],
  detail: string,
): void {
  const { pending } = session;
  if (pending === null) return;
  emit(turn, {
    type: 'operationFailed',
    sessionId: session.id,
    agentId: session.agentId,
    requestId: pending.requestId,
    reason,
    detail,
  });
  if (pending.action === 'deflect') giveUpDeflection(turn, callOf(turn.state, session.callId));
}
