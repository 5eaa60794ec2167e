import { flowMedia } from '../flow/flow-run.ts';
import type { Leg } from '../leg/leg.ts';
import { sameMedia } from '../leg/leg.ts';
import { listeningMedia } from '../monitor/heard.ts';
import type { LegMedia } from '../ports/call-manager.ts';
import { legOf, type SiteState, sessionOf } from '../state.ts';
import { emit, order, type Turn } from '../turn.ts';
import { musicOf, waitingSounds } from '../waiting/waiting-sounds.ts';
import type { Call } from './call.ts';
import { freeSpeech, speaksElsewhere } from './free-speech.ts';
import { moveSession } from './move-session.ts';
import { isConference, isInQueue, otherLeg, upLegs } from './parties.ts';
import type { Session, SessionPhase } from './session.ts';

/**
 * Brings a call to where its legs are: the sessions to the states that follow, and every leg to what it should hear.
 * To be called after each change of a leg; calling it again changes nothing.
 */
export function settleCall(turn: Turn, call: Call): void {
  if (call.recall !== null && call.legs.every(id => legOf(turn.state, id).progress === 'up')) {
    emit(turn, { type: 'transferSettled', callId: call.id });
  }
  for (const id of [...call.sessions]) settleSession(turn, call, sessionOf(turn.state, id));
  for (const id of [...call.legs]) settleLeg(turn, call, legOf(turn.state, id));
}

/** The queue, or a flow, has taken the call and plays to its caller; or it waits to be picked. */
export const isQueued = (call: Call): boolean =>
  call.flow !== null || call.place !== null || (isInQueue(call) && call.recall === null);

/** Rings, or is a phone that is called only when the agent answers. */
export const isRinging = (leg: Leg): boolean =>
  leg.early ||
  leg.progress === 'alerting' ||
  (leg.progress === 'dialing' && leg.origin?.answering === 'autoAnswer');

function settleSession(turn: Turn, call: Call, session: Session): void {
  const { state } = turn;
  const leg = state.legs.get(session.legId);
  if (leg === undefined || leg.callId !== call.id) return;
  switch (session.phase.type) {
    case 'dialing':
    case 'calling':
      settleOutgoing(turn, call, session, leg);
      return;
    case 'offered':
      if (leg.progress === 'up') connect(turn, session, speechOf(state, call, leg));
      return;
    case 'connected':
    case 'held':
    case 'onHold':
    case 'conference':
      settleSpeech(turn, session, speechOf(state, call, leg));
      return;
    case 'authenticating':
      if (call.flow === null) comeBack(turn, call, session, leg);
      return;
    default:
  }
}

function settleOutgoing(turn: Turn, call: Call, session: Session, leg: Leg): void {
  const other = otherLeg(turn.state, call, leg);
  const isAnswered =
    other?.progress === 'up' ||
    (isQueued(call) && session.legId === call.origin) ||
    (call.monitoring === true && leg.progress === 'up');
  const rings = isAnswered || (other !== undefined && isRinging(other));
  if (rings && session.phase.type === 'dialing') moveSession(turn, session, { type: 'calling' });
  if (isAnswered) connect(turn, session, speechOf(turn.state, call, leg));
}

/** The others are held first: nobody ever sees two of his calls with speech. */
function connect(turn: Turn, session: Session, speech: Speech): void {
  const before = session.phase;
  freeSpeech(turn, session);
  // that may have ended the very call, when both its ends are his
  if (session.phase !== before) return;
  moveSession(turn, session, { type: 'connected' });
  settleSpeech(turn, session, speech);
}

/** The customer is back from the authentication. An agent who speaks elsewhere meanwhile is not torn away: he retrieves him. */
function comeBack(turn: Turn, call: Call, session: Session, leg: Leg): void {
  const { state } = turn;
  if (!speaksElsewhere(state, session)) {
    connect(turn, session, speechOf(state, call, leg));
    return;
  }
  if (!leg.held) order(turn, { type: 'setHold', leg: leg.id, on: true });
  moveSession(turn, session, { type: 'held', order: state.counters.order + 1 });
}

/** Who holds, and whether there are more than two. */
interface Speech {
  own: boolean;
  far: boolean;
  several: boolean;
}

const speechOf = (state: SiteState, call: Call, leg: Leg): Speech => ({
  own: leg.held,
  far: otherLeg(state, call, leg)?.held === true,
  several: isConference(state, call),
});

/** Connected, Held (by this agent) and On Hold (by the other side); from one hold to the other it goes through Connected. */
function settleSpeech(turn: Turn, session: Session, speech: Speech): void {
  const before = session.phase;
  const next = nextSpeech(turn.state, before, speech);
  if (next === null) return;
  // retrieved on the phone, which may not know of the agent's other call
  if (before.type === 'held') freeSpeech(turn, session);
  if (session.phase !== before) return;
  moveSession(turn, session, next);
  settleSpeech(turn, session, speech);
}

function nextSpeech(
  state: SiteState,
  phase: SessionPhase,
  { own, far, several }: Speech,
): SessionPhase | null {
  switch (phase.type) {
    case 'connected':
      if (own) return { type: 'held', order: state.counters.order + 1 };
      if (several) return { type: 'conference' };
      return far ? { type: 'onHold' } : null;
    case 'conference':
      if (own) return { type: 'held', order: state.counters.order + 1 };
      return several ? null : { type: 'connected' };
    case 'held':
      if (own) return null;
      return several ? { type: 'conference' } : { type: 'connected' };
    case 'onHold':
      // his own hold counts, at once: later it would look like speech beside another call
      return far && !own && !several ? null : { type: 'connected' };
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
  if (turn.state.sessions.get(leg.sessionId)?.phase.type === 'failed') {
    hearEarly(turn, leg, mediaOf(turn.state, call, leg, other));
    return;
  }
  if (isQueued(call) || other?.progress === 'up') {
    order(turn, { type: 'answer', leg: leg.id, media: mediaOf(turn.state, call, leg, other) });
    return;
  }
  if (other?.early) {
    hearEarly(turn, leg, mediaOf(turn.state, call, leg, other));
    return;
  }
  if (leg.progress === 'arriving' && other !== undefined && isRinging(other)) {
    order(turn, { type: 'alert', leg: leg.id });
  }
}

function hearEarly(turn: Turn, leg: Leg, media: LegMedia): void {
  if (!sameMedia(media, leg.media)) order(turn, { type: 'progress', leg: leg.id, media });
}

const nothing: LegMedia = { type: 'none' };
const ringback: LegMedia = { type: 'play', sounds: [{ type: 'tone', name: 'ringback' }] };
const busyTone: LegMedia = { type: 'play', sounds: [{ type: 'tone', name: 'busy' }] };
const congestion: LegMedia = { type: 'play', sounds: [{ type: 'tone', name: 'congestion' }] };

/** What a leg hears. */
function mediaOf(state: SiteState, call: Call, leg: Leg, other: Leg | undefined): LegMedia {
  const phase = state.sessions.get(leg.sessionId)?.phase;
  if (phase?.type === 'failed') return phase.cause === 'busy' ? busyTone : congestion;
  if (call.flow !== null) return leg.id === call.flow.leg ? flowMedia(call.flow) : music(state, call);
  if (call.place?.kind === 'commonHold') return music(state, call);
  if (isQueued(call)) return waitingSounds(state, call);
  if (call.monitoring && !leg.held) return listeningMedia(state, call);
  if (other === undefined || leg.held) return nothing;
  if (isConference(state, call)) return conferenceMedia(state, call, leg);
  if (other.progress !== 'up' && other.early) return { type: 'connected', with: other.id };
  if (other.progress !== 'up') return isRinging(other) || call.recall !== null ? ringback : nothing;
  if (other.held) return music(state, call);
  return { type: 'connected', with: other.id };
}

/** Who is left alone by all others' hold hears music, as between two. */
function conferenceMedia(state: SiteState, call: Call, leg: Leg): LegMedia {
  if (upLegs(state, call, leg.id).every(each => each.held)) return music(state, call);
  return { type: 'conference', name: `call-${call.id}` };
}

const music = (state: SiteState, call: Call): LegMedia => ({
  type: 'play',
  sounds: [{ type: 'music', name: musicOf(state, call) }],
});
