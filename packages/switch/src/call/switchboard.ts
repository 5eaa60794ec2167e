import type { Cause, LegInventory, LegMedia, ReportBody } from '../control/protocol.ts';
import { type MediaEngine, type MediaEvent, NoBrowsers, type OpenedMedia } from '../media/engine.ts';
import type { SessionEnd, SessionHandlers } from '../sip/session/events.ts';
import type { CallCounters, Setup, Switchboard } from './board.ts';
import { causeOf } from './causes.ts';
import { followHold } from './hold.ts';
import { isOpen, type Leg } from './leg.ts';
import { noteReception } from './reception.ts';
import { createSpeech } from './speech.ts';
import { abandonTransfer, referred } from './transfer.ts';

export function createSwitchboard(
  engine: MediaEngine,
  setup: Setup,
  report: (body: ReportBody, mayWait?: boolean) => void,
): Switchboard {
  const legs = new Map<string, Leg>();
  /** recordings of legs that are gone, until the engine says how long they are */
  const closing = new Map<string, string>();
  const counters: CallCounters = {
    legs: 0,
    arrived: 0,
    originated: 0,
    answered: 0,
    refusedArrivals: 0,
    mediaTimeouts: 0,
    sessionsExpired: 0,
    talkRefused: 0,
    recordingsFailed: 0,
    speechPackets: 0,
    speechPacketsLost: 0,
    legsBadlyHeard: 0,
  };

  engine.onEvent(onMediaEvent);
  engine.onFailure(error => {
    for (const leg of [...legs.values()]) clear(leg, 'unreachable');
    setup.mediaFailed(error);
  });

  function recordingStopped(event: Extract<MediaEvent, { type: 'recordingStopped' }>): void {
    const leg = legs.get(event.leg);
    if (event.failed === true) counters.recordingsFailed++;
    const file = leg?.recording ?? closing.get(event.leg);
    closing.delete(event.leg);
    if (leg !== undefined) {
      leg.recording = undefined;
      leg.recordingPaused = false;
    }
    if (file !== undefined)
      report({ type: 'recordingStopped', leg: event.leg, file, milliseconds: event.milliseconds });
  }

  function onMediaEvent(event: MediaEvent): void {
    if (event.type === 'reception') noteReception(counters, event);
    else if (event.type === 'recordingStopped') recordingStopped(event);
    else onLegEvent(event);
  }

  function onLegEvent(event: Exclude<MediaEvent, { type: 'reception' | 'recordingStopped' }>): void {
    const leg = legs.get(event.leg);
    if (leg === undefined) return;
    switch (event.type) {
      case 'digit':
        report({ type: 'digit', leg: leg.id, digit: event.digit });
        return;
      case 'playEnded':
        if (leg.media.type === 'play') report(event);
        return;
      case 'silent':
        // A phone on hold sends nothing, and rightly so.
        if (leg.state !== 'up' || leg.speech?.listening !== true) return;
        counters.mediaTimeouts++;
        clear(leg, 'mediaTimeout');
        return;
    }
  }

  function add(leg: Leg, opened: () => void): boolean {
    if (legs.size >= setup.maximumLegs) return false;
    legs.set(leg.id, leg);
    counters.legs++;
    const ready = ({ address, port, secure }: OpenedMedia) => {
      if (leg.state === 'gone') return;
      leg.speech = createSpeech({
        address,
        port,
        session: Math.floor(setup.random() * 2 ** 31),
        ...(secure === undefined ? {} : { secure, renew: () => engine.renewSecure(leg.id) }),
        agreed: remote => engine.setRemote(leg.id, remote),
      });
      opened();
    };
    const where = leg.browser ? engine.openSecure(leg.id) : engine.open(leg.id);
    if (where instanceof Promise)
      where.then(ready, error => clear(leg, error instanceof NoBrowsers ? 'incompatible' : 'unreachable'));
    else ready(where);
    return true;
  }

  // ---- media

  /** An earlier partner falls silent. */
  function leavePartner(leg: Leg, except: string): void {
    if (leg.media.type !== 'connected' || leg.media.with === except) return;
    const partner = legs.get(leg.media.with);
    if (partner?.media.type !== 'connected' || partner.media.with !== leg.id) return;
    partner.media = { type: 'none' };
    if (isOpen(partner)) engine.setMedia(partner.id, partner.media);
  }

  /** Whoever listens to a leg that is gone hears nothing any more. */
  function leaveMonitors(gone: Leg): void {
    for (const leg of legs.values()) {
      if (leg.media.type === 'monitor' && leg.media.of === gone.id) setMedia(leg, { type: 'none' });
    }
  }

  function setMedia(leg: Leg, media: LegMedia): void {
    const partner = media.type === 'connected' ? legs.get(media.with) : undefined;
    if (partner !== undefined) {
      connect(leg, partner);
      return;
    }
    leavePartner(leg, '');
    leg.media = media.type === 'connected' ? { type: 'none' } : media;
    if (hears(leg)) engine.setMedia(leg.id, leg.media);
  }

  /** Two legs speak when both are up, or heard before that. Until then the one that is up goes on hearing what it hears. */
  function connect(leg: Leg, partner: Leg): void {
    const bothOpen = isOpen(leg) && isOpen(partner);
    if (bothOpen || !isOpen(leg)) takePartner(leg, partner);
    if (bothOpen || !isOpen(partner)) takePartner(partner, leg);
    if (!bothOpen) return;
    engine.setMedia(leg.id, leg.media);
    engine.setMedia(partner.id, partner.media);
  }

  function takePartner(leg: Leg, partner: Leg): void {
    leavePartner(leg, partner.id);
    leg.media = { type: 'connected', with: partner.id };
  }

  function wentUp(leg: Leg): void {
    leg.state = 'up';
    leg.ringTimer?.cancel();
    counters.answered++;
    setMedia(leg, leg.media);
    // its silence until now meant nothing
    engine.awaitSpeech(leg.id);
    // an arriving leg is answered because the controller said so
    report({ type: 'answered', leg: leg.id, remoteAddress: leg.remoteAddress }, leg.direction === 'incoming');
  }

  // ---- the end

  function clear(leg: Leg, cause: Cause): void {
    if (leg.state === 'gone') return;
    abandonTransfer(leg, board);
    leg.session?.end();
    drop(leg, cause, false);
  }

  function drop(leg: Leg, cause: Cause, byRemote: boolean): void {
    if (leg.state === 'gone') return;
    leg.state = 'gone';
    leg.ringTimer?.cancel();
    leg.retryTimer?.cancel();
    leavePartner(leg, '');
    legs.delete(leg.id);
    leaveMonitors(leg);
    if (leg.recording !== undefined) closing.set(leg.id, leg.recording);
    engine.close(leg.id);
    report({ type: 'cleared', leg: leg.id, cause, byRemote }, !byRemote && leg.direction === 'incoming');
  }

  function ended(leg: Leg, end: SessionEnd): void {
    if (end.type === 'expired') counters.sessionsExpired++;
    drop(leg, causeOf(end), end.type !== 'expired');
  }

  // ---- what every session reports

  /** The person held or retrieved the call on the phone. */
  function noteHold(leg: Leg): void {
    const held = leg.speech?.heldByPeer === true;
    if (held === leg.heldByPhone || leg.state !== 'up') return;
    leg.heldByPhone = held;
    report({ type: held ? 'held' : 'retrieved', leg: leg.id });
  }

  function handlers(leg: Leg): SessionHandlers {
    return {
      ringing: () => {},
      early: () => {},
      answered: () => {},
      offered(sdp) {
        const answer = leg.speech?.answer(sdp);
        if (answer !== undefined) noteHold(leg);
        return answer;
      },
      description: () => leg.speech?.offer() ?? '',
      answeredOffer(sdp) {
        const understood = leg.speech?.accept(sdp) === true;
        if (understood) noteHold(leg);
        return understood;
      },
      referred: referral => referred(leg, referral, board),
      digit(digit) {
        if (leg.state === 'up') report({ type: 'digit', leg: leg.id, digit });
      },
      settled: () => followHold(leg, board),
      ended: end => ended(leg, end),
    };
  }

  const board: Switchboard = {
    legs,
    counters,
    engine,
    setup,
    transfers: new Map(),
    callsBy: trunk => [...legs.values()].filter(leg => leg.trunk === trunk).length,
    report,
    add,
    wentUp,
    setMedia,
    clear,
    drop,
    handlers,
    inventory: () => [...legs.values()].map(describe),
    close() {
      for (const leg of [...legs.values()]) clear(leg, 'switchRestarted');
    },
  };
  return board;
}

/** Nothing is played to a phone that we call before it answers: what it began to say would be lost. */
function hears(leg: Leg): boolean {
  return leg.state === 'up' || (isOpen(leg) && (leg.direction === 'incoming' || leg.media.type !== 'play'));
}

function describe(leg: Leg): LegInventory {
  const { id, direction, media, recording, recordingPaused } = leg;
  const state = leg.state === 'gone' ? 'up' : leg.state;
  return {
    leg: id,
    direction,
    state,
    media,
    held: leg.holding || leg.heldByPhone,
    recording: recording !== undefined,
    ...(recordingPaused ? { recordingPaused } : {}),
  };
}
