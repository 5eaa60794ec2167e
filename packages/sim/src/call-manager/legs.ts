import type { CallManagerReport } from '@cordboard/core';
import type { VirtualClock } from '../clock/virtual-clock.ts';
import {
  type Arrival,
  type Cause,
  type FarEnds,
  isEndless,
  type Leg,
  type LegMedia,
  type Originate,
} from './leg.ts';

/**
 * The legs of one run of the fake call manager, and all that can happen to one.
 *
 *   incoming:  arriving --alert--> alerting --answer--> up --clear/remote--> gone
 *   outgoing:  dialing  --ringing-> alerting --answer--> up --clear/remote--> gone
 */
export interface Legs {
  get(leg: string): Leg | undefined;
  all(): IterableIterator<Leg>;
  arrive(leg: string, arrival: Arrival): void;
  originate(command: Originate, address: string): void;
  alert(leg: Leg): void;
  /** rings the phone of an outgoing leg */
  ring(leg: Leg): void;
  /** the phone is asked to answer by itself, and mostly does */
  pickUp(leg: Leg): void;
  answer(leg: Leg, media: LegMedia): void;
  /** something to hear before an arriving leg is answered */
  progress(leg: Leg, media: LegMedia): void;
  setMedia(leg: Leg, media: LegMedia): void;
  setRecording(leg: Leg, file: string | null): void;
  pauseRecording(leg: Leg, on: boolean): void;
  clear(leg: Leg, cause: Cause, byRemote: boolean): void;
  /** the call manager dies: nobody reports anything */
  drop(): void;
}

interface Options {
  clock: Pick<VirtualClock, 'now' | 'after'>;
  farEnds: FarEnds;
  /** length of every sound file */
  fileMilliseconds: number;
  /** whether a phone that is asked to answer by itself does */
  picksUp(leg: string): boolean;
  report(report: CallManagerReport): void;
}

/** what a phone with auto-answer headers takes */
const autoAnswerMilliseconds = 30;
const silence: LegMedia = { type: 'play', sounds: [{ type: 'silence' }] };

export const createLegs = ({ clock, farEnds, fileMilliseconds, picksUp, report }: Options): Legs => {
  const legs = new Map<string, Leg>();
  const isThere = (leg: Leg) => legs.get(leg.leg) === leg;

  const add = (
    leg: string,
    direction: Leg['direction'],
    originate: Originate | null,
    address: string,
  ): Leg => {
    const added: Leg = {
      leg,
      direction,
      state: direction === 'incoming' ? 'arriving' : 'dialing',
      media: { type: 'none' },
      held: false,
      recording: false,
      originate,
      address,
      early: false,
      recordingFile: '',
      recordingPaused: false,
      recorded: 0,
      recordingSince: 0,
      transferring: false,
      timers: [],
    };
    legs.set(leg, added);
    return added;
  };

  const later = (leg: Leg, milliseconds: number, act: () => void) => {
    leg.timers.push(clock.after(milliseconds, () => isThere(leg) && act()));
  };

  const isHearing = (leg: Leg) => leg.state === 'up' || leg.early;

  const put = (leg: Leg, media: LegMedia) => {
    leg.media = media;
    if (isHearing(leg)) farEnds.hears(leg.leg, media);
  };

  const leavePartner = (leg: Leg, except: string) => {
    if (leg.media.type !== 'connected' || leg.media.with === except) return;
    const partner = legs.get(leg.media.with);
    if (partner?.media.type === 'connected' && partner.media.with === leg.leg) put(partner, silence);
  };

  const playToItsEnd = (leg: Leg, media: LegMedia) => {
    if (media.type !== 'play') return;
    const last = media.sounds.at(-1);
    if (last && isEndless(last)) return;
    later(leg, fileMilliseconds * media.sounds.length, () => {
      if (leg.media !== media || !isHearing(leg)) return;
      const { name } = media;
      report({ type: 'playEnded', leg: leg.leg, ...(name !== undefined && { name }) });
    });
  };

  const setMedia = (leg: Leg, media: LegMedia) => {
    const partner = media.type === 'connected' ? legs.get(media.with) : undefined;
    leavePartner(leg, partner?.leg ?? '');
    if (media.type === 'connected' && partner) {
      leavePartner(partner, leg.leg);
      put(partner, { type: 'connected', with: leg.leg });
    }
    put(leg, media);
    if (isHearing(leg)) playToItsEnd(leg, media);
  };

  const recorded = (leg: Leg): number =>
    leg.recorded + (leg.recordingPaused ? 0 : clock.now() - leg.recordingSince);

  const stopRecording = (leg: Leg) => {
    if (!leg.recording) return;
    report({
      type: 'recordingStopped',
      leg: leg.leg,
      file: leg.recordingFile,
      milliseconds: recorded(leg),
    });
    leg.recording = false;
    leg.recordingPaused = false;
  };

  const setRecording = (leg: Leg, file: string | null) => {
    if (leg.recording && leg.recordingFile === file) return;
    stopRecording(leg);
    if (file === null) return;
    leg.recording = true;
    leg.recordingFile = file;
    leg.recorded = 0;
    leg.recordingSince = clock.now();
    report({ type: 'recordingStarted', leg: leg.leg, file });
  };

  const pauseRecording = (leg: Leg, on: boolean) => {
    if (leg.recordingPaused === on) return;
    leg.recorded = recorded(leg);
    leg.recordingSince = clock.now();
    leg.recordingPaused = on;
  };

  /** whoever listens to a leg that is gone hears nothing any more */
  const leaveListeners = (gone: Leg) => {
    for (const leg of legs.values()) {
      if (leg.media.type === 'monitor' && leg.media.of === gone.leg) put(leg, silence);
    }
  };

  const clear = (leg: Leg, cause: Cause, byRemote: boolean) => {
    leavePartner(leg, '');
    for (const timer of leg.timers) timer.cancel();
    legs.delete(leg.leg);
    leaveListeners(leg);
    report({ type: 'cleared', leg: leg.leg, cause, byRemote });
    // the file is complete only now
    stopRecording(leg);
    farEnds.cleared(leg.leg, byRemote);
  };

  const answer = (leg: Leg, media: LegMedia) => {
    leg.state = 'up';
    leg.early = false;
    report({ type: 'answered', leg: leg.leg, remoteAddress: leg.address });
    farEnds.answered(leg.leg);
    setMedia(leg, media);
  };

  const pickUp = (leg: Leg) => {
    if (leg.state === 'alerting' && picksUp(leg.leg)) answer(leg, leg.media);
  };

  const ring = (leg: Leg) => {
    const originate = leg.originate;
    if (!originate || leg.state !== 'dialing') return;
    const reaction = farEnds.called(leg.leg, originate);
    later(leg, reaction.afterMilliseconds, () => {
      if (leg.state !== 'dialing') return;
      if (reaction.type === 'fail') return clear(leg, reaction.cause, true);
      leg.state = 'alerting';
      report({ type: 'alerting', leg: leg.leg });
      farEnds.ringing(leg.leg, originate);
      const byItself = originate.answering === 'immediately' || originate.answering === 'autoAnswer';
      if (byItself) later(leg, autoAnswerMilliseconds, () => pickUp(leg));
      if (reaction.earlyMediaAfter === undefined) return;
      later(leg, reaction.earlyMediaAfter, () => {
        if (leg.state === 'alerting') report({ type: 'earlyMedia', leg: leg.leg });
      });
    });
  };

  return {
    get: leg => legs.get(leg),
    all: () => legs.values(),
    arrive(leg, arrival) {
      add(leg, 'incoming', null, arrival.remoteAddress);
      report({ type: 'arrived', leg, ...arrival });
    },
    originate(command, address) {
      const leg = add(command.leg, 'outgoing', command, address);
      setMedia(leg, command.media);
      later(leg, command.ringSeconds * 1_000, () => {
        if (leg.state !== 'up') clear(leg, 'noAnswer', false);
      });
      if (command.answering !== 'autoAnswer') ring(leg);
    },
    alert(leg) {
      leg.state = 'alerting';
    },
    ring,
    pickUp,
    answer,
    progress(leg, media) {
      leg.early = true;
      setMedia(leg, media);
    },
    setMedia,
    setRecording,
    pauseRecording,
    clear,
    drop() {
      for (const leg of legs.values()) {
        for (const timer of leg.timers) timer.cancel();
        legs.delete(leg.leg);
        farEnds.cleared(leg.leg, false);
      }
    },
  };
};
