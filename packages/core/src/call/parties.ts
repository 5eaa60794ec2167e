import type { Leg, Party } from '../leg/leg.ts';
import { legOf, type SiteState } from '../state.ts';
import type { Call } from './call.ts';

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

/** Waits in a service group, or rings out of it. */
export const isInQueue = ({ service }: Call): boolean => service !== null && service.stage.type !== 'served';
