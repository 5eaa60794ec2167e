import type { Call, Outcome, Session, SiteMessage, SiteState } from '@cordboard/core';
import { hears, type LegsThere } from '../call-manager/hearing.ts';
import { createOrderedLegs, type OrderedLeg } from '../call-manager/ordered-legs.ts';
import type { Findings } from './findings.ts';

/** Who hears whom, from the media that the site orders, compared with what its sessions say. */
export interface HearingCheck {
  readonly legs: ReadonlyMap<string, OrderedLeg>;
  /** the call manager's inventory has been taken */
  readonly settled: boolean;
  step(message: SiteMessage, outcome: Pick<Outcome<unknown>, 'commands'>, state: SiteState): void;
  /** the state was loaded: nothing is checked before the call manager's inventory */
  recovered(): void;
}

type Legs = ReadonlyMap<string, OrderedLeg>;

/** Callers who have nothing to do with each other. */
export const strangersWhoHear = (legs: Legs, callOfLeg: (leg: string) => number): string | null => {
  const callers = [...legs.values()].filter(each => each.outside && mayBeHeard(each));
  for (const one of callers) {
    for (const other of callers) {
      if (!hears(legs, one.leg, other.leg) || callOfLeg(one.leg) === callOfLeg(other.leg)) continue;
      return `the caller on leg ${one.leg} hears the caller on leg ${other.leg}`;
    }
  }
  return null;
};

const mayBeHeard = ({ media }: OrderedLeg) => media.type === 'connected' || media.type === 'conference';

/** Media that name somebody who is not there. */
export const mediaWithNobody = (legs: LegsThere): string | null => {
  const inConference = new Map<string, number>();
  for (const { media } of legs.values()) {
    if (media.type === 'conference') inConference.set(media.name, (inConference.get(media.name) ?? 0) + 1);
  }
  for (const { leg, media } of legs.values()) {
    if (media.type === 'connected' && !legs.has(media.with)) return `leg ${leg} is to hear ${media.with}`;
    if (media.type === 'monitor' && !legs.has(media.of)) return `leg ${leg} is to listen to ${media.of}`;
    if (media.type === 'conference' && inConference.get(media.name) === 1)
      return `leg ${leg} is alone in conference ${media.name}`;
  }
  return null;
};

/** Whoever coaches an agent may do so while that one holds. */
const hearsAParty = (legs: LegsThere, listener: string): boolean => {
  for (const { leg, media } of legs.values()) {
    if (media.type !== 'monitor' && hears(legs, listener, leg)) return true;
  }
  return false;
};

/** Those who listen for their work do so on hold, too. */
const isHeardBySomebody = (legs: LegsThere, speaker: string): boolean => {
  for (const { leg, media } of legs.values()) {
    if (media.type !== 'monitor' && hears(legs, leg, speaker)) return true;
  }
  return false;
};

/** Parties of a call who take part in the talk now: neither held nor only listening. */
const talking = (legs: Legs, state: SiteState, call: Call): string[] =>
  call.legs.filter(id => {
    const leg = legs.get(id);
    return leg?.state === 'up' && state.legs.get(id)?.held === false && leg.media.type !== 'monitor';
  });

const heldFault = (legs: Legs, { agentId, id, legId }: Session): string | null => {
  if (hearsAParty(legs, legId)) return `agent ${agentId} hears somebody in call ${id}, which is held`;
  if (isHeardBySomebody(legs, legId)) return `agent ${agentId} is heard in call ${id}, which is held`;
  return null;
};

const speechFault = (legs: Legs, state: SiteState, session: Session): string | null => {
  const { agentId, id, legId, callId } = session;
  const call = state.calls.get(callId);
  if (!call || legs.get(legId)?.state !== 'up') return null;
  for (const other of talking(legs, state, call)) {
    if (other === legId) continue;
    if (!hears(legs, legId, other))
      return `agent ${agentId} does not hear leg ${other} in call ${id} of leg ${legId}`;
    if (!hears(legs, other, legId))
      return `agent ${agentId} is not heard by leg ${other} in call ${id} of leg ${legId}`;
  }
  return null;
};

/** The queue, or a flow, plays to the one who called, or is given to somebody who is to identify himself. */
const isPlayedTo = (call: Call | undefined): boolean =>
  call !== undefined &&
  (call.flow !== null || (call.service !== null && call.service.stage.type !== 'served'));

export const createHearingCheck = (findings: Findings): HearingCheck => {
  const ordered = createOrderedLegs();
  const { legs } = ordered;
  let settled = false;

  const found = (rule: string, what: string | null) => {
    if (what !== null) findings.violated(rule, what);
  };

  const checkSession = (state: SiteState, session: Session) => {
    const phase: string = session.phase.type;
    if (phase === 'held' || phase === 'onHold') found('SYS-121', heldFault(legs, session));
    const call = state.calls.get(session.callId);
    if ((phase === 'connected' || phase === 'conference') && !isPlayedTo(call))
      found('SYS-122', speechFault(legs, state, session));
  };

  return {
    legs,
    get settled() {
      return settled;
    },
    step(message, outcome, state) {
      ordered.take(message, outcome);
      if (message.type === 'inventory' && (message.seq > 0 || message.inventory.registrations.length > 0))
        settled = true;
      if (!settled) return;
      found(
        'SYS-120',
        strangersWhoHear(legs, leg => state.legs.get(leg)?.callId ?? 0),
      );
      found('SYS-123', mediaWithNobody(legs));
      for (const session of state.sessions.values()) checkSession(state, session);
    },
    recovered() {
      settled = false;
    },
  };
};
