import type { CallManagerCommand, CallManagerReport } from '@cordboard/core';
import type { Leg, Originate } from './leg.ts';
import type { Legs } from './legs.ts';

export type RefusedCommand = 'unknownLeg' | 'wrongState' | 'notRegistered' | 'badArgument' | 'duplicateLeg';

interface Surroundings {
  legs: Legs;
  /** the address of an extension's phone, or undefined */
  registered(extension: string): string | undefined;
  report(report: CallManagerReport): void;
  digits(leg: string, digits: string): void;
  announced(leg: string, sound: string): void;
  transferAnswered(leg: string, done: boolean): void;
}

const addressOf = (to: Originate['to'], registered: Surroundings['registered']): string | undefined => {
  if ('extension' in to) return registered(to.extension);
  return 'uri' in to ? to.uri : `sip:${to.number}@outside`;
};

const originate = (command: Originate, { legs, registered, report }: Surroundings): RefusedCommand | null => {
  if (legs.get(command.leg)) return 'duplicateLeg';
  const address = addressOf(command.to, registered);
  if (address === undefined) {
    // the leg never comes to be, and whoever asked for it must hear so
    report({ type: 'cleared', leg: command.leg, cause: 'unreachable', byRemote: false });
    return 'notRegistered';
  }
  legs.originate(command, address);
  return null;
};

const pickUp = (leg: Leg, legs: Legs): RefusedCommand | null => {
  const answering = leg.originate?.answering;
  if (leg.state === 'up') return null;
  if (answering === 'talk' && leg.state === 'alerting') {
    legs.pickUp(leg);
    return null;
  }
  if (answering === 'autoAnswer' && leg.state === 'dialing') {
    legs.ring(leg);
    return null;
  }
  return 'wrongState';
};

const answer = (leg: Leg, media: Leg['media'], legs: Legs): RefusedCommand | null => {
  if (leg.direction !== 'incoming') return 'wrongState';
  if (leg.state === 'up') legs.setMedia(leg, media);
  else legs.answer(leg, media);
  return null;
};

/** Of two legs the other one may be gone; a conference comes to be with the first who is in it. */
const namesNobody = (media: Leg['media'], legs: Legs): boolean =>
  (media.type === 'connected' && !legs.get(media.with)) || (media.type === 'monitor' && !legs.get(media.of));

const progress = (leg: Leg, media: Leg['media'], legs: Legs): RefusedCommand | null => {
  if (leg.direction !== 'incoming' || leg.state === 'up') return 'wrongState';
  if (namesNobody(media, legs)) return 'unknownLeg';
  legs.progress(leg, media);
  return null;
};

const pauseRecording = (leg: Leg, on: boolean, legs: Legs): RefusedCommand | null => {
  if (!leg.recording) return 'wrongState';
  legs.pauseRecording(leg, on);
  return null;
};

const setMedia = (leg: Leg, media: Leg['media'], legs: Legs): RefusedCommand | null => {
  if (namesNobody(media, legs)) return 'unknownLeg';
  legs.setMedia(leg, media);
  return null;
};

const alert = (leg: Leg, legs: Legs): RefusedCommand | null => {
  if (leg.direction !== 'incoming') return 'wrongState';
  if (leg.state === 'arriving') legs.alert(leg);
  return null;
};

/** Does one command. What it leads to is reported; the result says only why it could not be done. */
export const execute = (command: CallManagerCommand, around: Surroundings): RefusedCommand | null => {
  const { legs } = around;
  if (command.type === 'originate') return originate(command, around);
  const leg = legs.get(command.leg);
  if (!leg) return 'unknownLeg';
  switch (command.type) {
    case 'alert':
      return alert(leg, legs);
    case 'answer':
      return answer(leg, command.media, legs);
    case 'pickUp':
      return pickUp(leg, legs);
    case 'setMedia':
      return setMedia(leg, command.media, legs);
    case 'setHold':
      leg.held = command.on;
      return null;
    case 'sendDigits':
      if (leg.state !== 'up') return 'wrongState';
      around.digits(leg.leg, command.digits);
      return null;
    case 'startRecording':
      if (leg.state !== 'up') return 'wrongState';
      legs.setRecording(leg, command.file);
      return null;
    case 'stopRecording':
      legs.setRecording(leg, null);
      return null;
    case 'pauseRecording':
      return pauseRecording(leg, command.on, legs);
    case 'progress':
      return progress(leg, command.media, legs);
    case 'announce':
      if (leg.state !== 'up') return 'wrongState';
      around.announced(leg.leg, command.sound);
      return null;
    case 'answerTransfer':
      if (!leg.transferring) return 'wrongState';
      leg.transferring = false;
      around.transferAnswered(leg.leg, command.done);
      return null;
    case 'clear':
      legs.clear(leg, command.cause, false);
      return null;
  }
};
