import type { RefusalReason } from '@cordboard/contract';
import { settleLogOff } from '../agent/settle-log-off.ts';
import { agentOf } from '../state.ts';
import { emit, type Turn } from '../turn.ts';
import { extendedUntil } from './clerical-ends.ts';
import { endSession } from './move-session.ts';
import type { Session } from './session.ts';

export function endClerical(turn: Turn, session: Session): void {
  const agent = agentOf(turn.state, session.agentId);
  endSession(turn, session, 'clericalOver');
  settleLogOff(turn, agent);
}

/** Prolongs by the group's time, up to the site's limit in all. */
export function extendClerical(turn: Turn, session: Session): RefusalReason | null {
  const { phase } = session;
  if (phase.type !== 'clerical') return 'notInClerical';
  const until = extendedUntil(turn.state, session);
  if (until <= phase.until) return 'clericalLimit';
  emit(turn, {
    type: 'clericalExtended',
    sessionId: session.id,
    callId: session.callId,
    agentId: session.agentId,
    until,
  });
  return null;
}
