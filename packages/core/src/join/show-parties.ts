import type { Call } from '../call/call.ts';
import { otherLeg, upLegs } from '../call/parties.ts';
import { isLive } from '../call/session.ts';
import { sessionOf } from '../state.ts';
import { emit, type Turn } from '../turn.ts';

/** Where two are left, or new ones met, each agent sees whom he has at the other end now. */
export function showParties(turn: Turn, call: Call): void {
  const { state } = turn;
  const isPair = call.legs.length === 2;
  // two who talk, while somebody else is called
  if (!isPair && upLegs(state, call).length !== 2) return;
  for (const id of [...call.sessions]) {
    const session = sessionOf(state, id);
    const leg = state.legs.get(session.legId);
    if (leg?.callId !== call.id || !(isLive(session) || session.phase.type === 'offered')) continue;
    if (!isPair && leg.progress !== 'up') continue;
    const other = otherLeg(state, call, leg);
    if (other === undefined || other.party.number === session.phoneNumber) continue;
    emit(turn, { type: 'sessionPartyChanged', sessionId: id, ...other.party });
  }
}
