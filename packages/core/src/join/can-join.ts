import type { RefusalReason } from '@cordboard/contract';
import type { Agent } from '../agent/agent.ts';
import { activeSession, lastHeld } from '../call/active-session.ts';
import type { Call } from '../call/call.ts';
import { isInQueue, upLegs } from '../call/parties.ts';
import type { Session } from '../call/session.ts';
import type { Leg } from '../leg/leg.ts';
import { callOf, legOf, type SiteState } from '../state.ts';

/** Null = this held call can be transferred now. */
export function transferRefusal(state: SiteState, agent: Agent, held: Session): RefusalReason | null {
  if (held.phase.type !== 'held') return 'notHeld';
  const active = activeSession(state, agent);
  if (active === undefined) return 'noActiveCall';
  if (active.phase.type === 'dialing') return 'notConnected';
  const [first, second] = [legOf(state, held.legId), legOf(state, active.legId)];
  if (haveCommonParty(state, first, second)) return 'alreadyParty';
  return canJoin(state, first, second) ? null : 'notConnected';
}

/** Null = the call held last and the active one can become a conference now. */
export function conferenceRefusal(state: SiteState, agent: Agent): RefusalReason | null {
  const pair = conferencePair(state, agent);
  return typeof pair === 'string' ? pair : null;
}

/** The call held last and the active one, as far as they can be one. */
export function conferencePair(state: SiteState, agent: Agent): { held: Leg; active: Leg } | RefusalReason {
  const [held, active] = [lastHeld(state, agent), activeSession(state, agent)];
  if (active === undefined) return 'noActiveCall';
  if (held === undefined) return 'notHeld';
  if (active.phase.type !== 'connected' && active.phase.type !== 'conference') return 'notConnected';
  const pair = { held: legOf(state, held.legId), active: legOf(state, active.legId) };
  if (pair.held.callId === pair.active.callId) return 'notConnected';
  if (haveCommonParty(state, pair.held, pair.active)) return 'alreadyParty';
  return [pair.held, pair.active].every(each => hasParty(state, each)) ? pair : 'notConnected';
}

/** The same phone is in both calls, or rings for one: it would be in the joined one twice. */
function haveCommonParty(state: SiteState, first: Leg, second: Leg): boolean {
  const extensionsBeside = ({ id, callId }: Leg) =>
    callOf(state, callId).legs.flatMap(each => (each === id ? [] : [legOf(state, each).extension]));
  const beside = extensionsBeside(first);
  return extensionsBeside(second).some(each => each !== '' && beside.includes(each));
}

/** Somebody is there to talk to: a queue is nobody. */
function hasParty(state: SiteState, leg: Leg): boolean {
  const call = callOf(state, leg.callId);
  return !isUnderWay(call) && !isInQueue(call) && upLegs(state, call, leg.id).length > 0;
}

/** Beside the phone that joins them there are two parties, and one at least is there and not only called. */
export function canJoin(state: SiteState, first: Leg, second: Leg): boolean {
  if (first.callId === second.callId) return false;
  const [one, other] = [state.calls.get(first.callId), state.calls.get(second.callId)];
  if (one === undefined || other === undefined) return false;
  if (haveCommonParty(state, first, second)) return false;
  if (isUnderWay(one) || isUnderWay(other)) return false;
  const parties = upLegs(state, one, first.id).length + upLegs(state, other, second.id).length;
  if (parties === 0) return false;
  if (isInQueue(one) && isInQueue(other)) return false;
  // one person has a place in a queue: several who talk would be torn apart by its music
  if (parties > 1 && (isInQueue(one) || isInQueue(other))) return false;
  return hasFarEnd(one) && hasFarEnd(other);
}

/** On its way to somebody already, in a place of its own, or led by a flow, which leads the one whom it began with. */
export const isUnderWay = ({ flow, deflection, place }: Call): boolean =>
  flow !== null || deflection !== null || place !== null;

const hasFarEnd = (call: Call): boolean => call.legs.length > 1 || isInQueue(call);
