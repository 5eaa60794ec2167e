import type { Leg } from '../leg/leg.ts';
import { sameMedia } from '../leg/leg.ts';
import type { LegMedia } from '../ports/call-manager.ts';
import { legOf, type SiteState, sessionOf } from '../state.ts';
import { order, type Turn } from '../turn.ts';
import type { Call } from './call.ts';
import { freeSpeech } from './free-speech.ts';
import { moveSession } from './move-session.ts';
import type { Session, SessionPhase } from './session.ts';

/**
 * Brings a call to where its legs are: the sessions to the states that follow, and every leg to what it should hear.
 * To be called after each change of a leg; calling it again changes nothing.
 */
export function settleCall(turn: Turn, call: Call): void {
  for (const id of [...call.sessions]) settleSession(turn, call, sessionOf(turn.state, id));
  for (const id of [...call.legs]) settleLeg(turn, call, legOf(turn.state, id));
}

export const otherLeg = (state: SiteState, call: Call, leg: Leg): Leg | undefined => {
  const other = call.legs.find(each => each !== leg.id);
  return other === undefined ? undefined : legOf(state, other);
};

/** The queue has taken the call and plays to its caller. */
export const isQueued = (call: Call): boolean =>
  call.service !== null && call.service.stage.type !== 'served';

/** Rings, or is a phone that is called only when the agent answers. */
const isRinging = (leg: Leg): boolean =>
  leg.progress === 'alerting' || (leg.progress === 'dialing' && leg.origin?.answering === 'autoAnswer');

function settleSession(turn: Turn, call: Call, session: Session): void {
  const { state } = turn;
  const leg = state.legs.get(session.legId);
  if (leg === undefined || leg.callId !== call.id) return;
  const other = otherLeg(state, call, leg);
  switch (session.phase.type) {
    case 'dialing':
    case 'calling':
      settleOutgoing(turn, call, session, other);
      return;
    case 'offered':
      if (leg.progress === 'up') connect(turn, session);
      return;
    case 'connected':
    case 'held':
    case 'onHold':
      settleSpeech(turn, session, leg.held, other?.held === true);
      return;
    default:
  }
}

function settleOutgoing(turn: Turn, call: Call, session: Session, other: Leg | undefined): void {
  const isAnswered = other?.progress === 'up' || (isQueued(call) && session.legId === call.origin);
  const rings = isAnswered || (other !== undefined && isRinging(other));
  if (rings && session.phase.type === 'dialing') moveSession(turn, session, { type: 'calling' });
  if (isAnswered) connect(turn, session);
}

/** The others are held first: nobody ever sees two of his calls with speech. */
function connect(turn: Turn, session: Session): void {
  const before = session.phase;
  freeSpeech(turn, session);
  // that may have ended the very call, when both its ends are his
  if (session.phase === before) moveSession(turn, session, { type: 'connected' });
}

/** Connected, Held (by this agent) and On Hold (by the other side); from one hold to the other it goes through Connected. */
function settleSpeech(turn: Turn, session: Session, own: boolean, far: boolean): void {
  const before = session.phase;
  const next = nextSpeech(turn.state, before, own, far);
  if (next === null) return;
  // retrieved on the phone, which may not know of the agent's other call
  if (before.type === 'held') freeSpeech(turn, session);
  if (session.phase !== before) return;
  moveSession(turn, session, next);
  settleSpeech(turn, session, own, far);
}

function nextSpeech(state: SiteState, phase: SessionPhase, own: boolean, far: boolean): SessionPhase | null {
  switch (phase.type) {
    case 'connected':
      if (own) return { type: 'held', order: state.counters.order + 1 };
      return far ? { type: 'onHold' } : null;
    case 'held':
      return own ? null : { type: 'connected' };
    case 'onHold':
      // his own hold counts, at once: later it would look like speech beside another call
      return far && !own ? null : { type: 'connected' };
    default:
      return null;
  }
}

function settleLeg(turn: Turn, call: Call, leg: Leg): void {
  const other = otherLeg(turn.state, call, leg);
  if (leg.progress === 'up') {
    const media = mediaOf(turn.state, call, leg, other);
    if (!sameMedia(media, leg.media)) order(turn, { type: 'setMedia', leg: leg.id, media });
    return;
  }
  if (leg.direction !== 'incoming') return;
  if (isQueued(call) || other?.progress === 'up') {
    order(turn, { type: 'answer', leg: leg.id, media: mediaOf(turn.state, call, leg, other) });
    return;
  }
  if (leg.progress === 'arriving' && other !== undefined && isRinging(other)) {
    order(turn, { type: 'alert', leg: leg.id });
  }
}

const nothing: LegMedia = { type: 'none' };
const ringback: LegMedia = { type: 'play', sounds: [{ type: 'tone', name: 'ringback' }] };
const busyTone: LegMedia = { type: 'play', sounds: [{ type: 'tone', name: 'busy' }] };
const congestion: LegMedia = { type: 'play', sounds: [{ type: 'tone', name: 'congestion' }] };

/** What a leg hears. */
function mediaOf(state: SiteState, call: Call, leg: Leg, other: Leg | undefined): LegMedia {
  const phase = state.sessions.get(leg.sessionId)?.phase;
  if (phase?.type === 'failed') return phase.cause === 'busy' ? busyTone : congestion;
  if (isQueued(call) && leg.id === call.origin) return waitingSounds(state, call);
  if (other === undefined || leg.held) return nothing;
  if (other.progress !== 'up') return isRinging(other) ? ringback : nothing;
  if (other.held) return { type: 'play', sounds: [{ type: 'music', name: musicOf(state, call) }] };
  return { type: 'connected', with: other.id };
}

function waitingSounds(state: SiteState, call: Call): LegMedia {
  const group = state.directory.groups.get(call.service?.groupId ?? 0);
  const music = { type: 'music', name: musicOf(state, call) } as const;
  const greeting = group?.greeting ?? '';
  if (greeting === '' || call.service?.greeted === true) return { type: 'play', sounds: [music] };
  return { type: 'play', sounds: [{ type: 'file', name: greeting }, music] };
}

const musicOf = (state: SiteState, call: Call): string => {
  const name = state.directory.groups.get(call.service?.groupId ?? 0)?.music ?? '';
  return name === '' ? 'default' : name;
};
