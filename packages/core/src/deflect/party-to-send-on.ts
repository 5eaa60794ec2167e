import type { Session } from '../call/session.ts';
import type { Leg } from '../leg/leg.ts';
import { callOf, legOf, type SiteState } from '../state.ts';

/** Who is at the other end, when there is one, and nothing else is going on with the call. */
export function partyToSendOn(state: SiteState, session: Session): Leg | null {
  const call = callOf(state, session.callId);
  const [first, second] = call.legs;
  if (call.legs.length !== 2 || first === undefined || second === undefined) return null;
  if (call.flow !== null || call.deflection !== null || call.place !== null) return null;
  const other = legOf(state, first === session.legId ? second : first);
  // who only rings himself is nobody to send on
  if (session.phase.type !== 'offered') return other.progress === 'up' ? other : null;
  return state.sessions.get(other.sessionId)?.phase.type === 'offered' ? null : other;
}
