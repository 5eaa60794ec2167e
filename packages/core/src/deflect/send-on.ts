import { settleLogOff } from '../agent/settle-log-off.ts';
import type { Call } from '../call/call.ts';
import { endSession, moveSession } from '../call/move-session.ts';
import { partyOf } from '../call/parties.ts';
import { isLive, type Session } from '../call/session.ts';
import { dropLeg } from '../leg/drop-leg.ts';
import type { Leg } from '../leg/leg.ts';
import type { AgentId } from '../site.ts';
import { agentOf, callOf } from '../state.ts';
import { emit, type Turn } from '../turn.ts';

/** The agent is out of a call whose other party goes on to somebody else. What only rang has no clerical state. */
export function sendOn(
  turn: Turn,
  session: Session,
  other: Leg,
  to: { number: string; groupId: number },
): void {
  const agent = agentOf(turn.state, session.agentId);
  const { legId } = session;
  const call = callOf(turn.state, session.callId);
  letGo(turn, call, { sessionId: session.id, agentId: agent.id, other, ...to });
  if (session.phase.type === 'offered') endSession(turn, session, 'deflected');
  else if (isLive(session)) moveSession(turn, session, { type: 'clearing' });
  dropLeg(turn, legId, 'normal');
  settleLogOff(turn, agent);
}

/** From here on the call is that of the other party and of whoever it comes to. */
export function letGo(
  turn: Turn,
  call: Call,
  by: { sessionId: number; agentId: AgentId; other: Leg; number: string; groupId: number },
): void {
  const { other, ...deflected } = by;
  emit(turn, {
    type: 'callDeflected',
    callId: call.id,
    ...deflected,
    origin: other.id,
    caller: partyOf(turn.state, other, by.sessionId),
  });
}
