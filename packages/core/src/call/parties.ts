import type { Leg, Party } from '../leg/leg.ts';
import { legOf, type SiteState, sessionOf } from '../state.ts';
import { emit, type Turn } from '../turn.ts';
import type { Call } from './call.ts';
import { isLive } from './session.ts';

/** With the leg, or without it, those that are up. */
export function upLegs(state: SiteState, call: Call, except = ''): Leg[] {
  return call.legs.map(id => legOf(state, id)).filter(each => each.progress === 'up' && each.id !== except);
}

/** Three or more can speak: each hears all others. */
export function isConference(state: SiteState, call: Call): boolean {
  return call.legs.length > 2 && upLegs(state, call).length > 2;
}

/** At the other end of a leg: of several, one who is up. */
export function otherLeg(state: SiteState, call: Call, leg: Leg): Leg | undefined {
  let other: Leg | undefined;
  for (const id of call.legs) {
    if (id === leg.id) continue;
    const each = legOf(state, id);
    if (each.progress === 'up') return each;
    other ??= each;
  }
  return other;
}

/**
 * Who is at a leg, for those who meet him through the agent of `seenBy`: an outside party's number and name are what
 * that agent has on his screen.
 */
export function partyOf(state: SiteState, leg: Leg, seenBy: number): Party {
  const session = state.sessions.get(seenBy);
  if (leg.extension !== '' || session === undefined) return leg.party;
  const alone = state.calls.get(session.callId)?.legs.length === 2;
  return alone ? { number: session.phoneNumber, name: session.name } : leg.party;
}

/** Where two are left, or new ones met, each agent sees whom he has at the other end now. */
export function showParties(turn: Turn, call: Call): void {
  if (call.legs.length !== 2) return;
  const { state } = turn;
  for (const id of [...call.sessions]) {
    const session = sessionOf(state, id);
    const leg = state.legs.get(session.legId);
    if (leg?.callId !== call.id || !(isLive(session) || session.phase.type === 'offered')) continue;
    const other = otherLeg(state, call, leg);
    if (other === undefined || other.party.number === session.phoneNumber) continue;
    emit(turn, { type: 'sessionPartyChanged', sessionId: id, ...other.party });
  }
}
