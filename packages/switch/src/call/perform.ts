import { join } from 'node:path';
import type { Command, LegMedia } from '../control/protocol.ts';
import { alert, answer, progress, refuse } from './arrival.ts';
import { sendDigits } from './digits.ts';
import { setHold } from './hold.ts';
import type { Leg } from './leg.ts';
import { type OriginateContext, originate, pickUp, type Refusal } from './originate.ts';
import { answerTransfer } from './transfer.ts';

export interface PerformContext extends OriginateContext {
  recordingFolder: string;
}

/** Does a command: a target state, so that a second time changes nothing. Undefined: taken. */
export function perform(context: PerformContext, command: Command): Refusal | undefined {
  const { board } = context;
  const refusal = 'media' in command ? mediaRefusal(context, command.leg, command.media) : undefined;
  if (refusal !== undefined) return refusal;
  if (command.type === 'originate') return originate(context, command);
  // The phone may have hung up in the meantime, and still wants to know.
  if (command.type === 'answerTransfer' && answerTransfer(command, board)) return undefined;
  const leg = board.legs.get(command.leg);
  return leg === undefined ? 'unknownLeg' : performOn(context, leg, command);
}

/** Legs in one conference. */
export const maximumConference = 32;

function mediaRefusal({ board }: PerformContext, leg: string, media: LegMedia): Refusal | undefined {
  if (media.type === 'conference') return conferenceRefusal(board.legs.values(), leg, media.name);
  if (media.type !== 'connected' && media.type !== 'monitor') return undefined;
  const other = media.type === 'connected' ? media.with : media.of;
  if (other === leg) return 'badArgument';
  return board.legs.has(other) ? undefined : 'unknownLeg';
}

function conferenceRefusal(legs: Iterable<Leg>, joining: string, name: string): Refusal | undefined {
  let others = 0;
  for (const { id, media } of legs) {
    if (id !== joining && media.type === 'conference' && media.name === name) others++;
  }
  return others < maximumConference ? undefined : 'badArgument';
}

function performOn(
  context: PerformContext,
  leg: Leg,
  command: Exclude<Command, { type: 'originate' }>,
): Refusal | undefined {
  const { board } = context;
  switch (command.type) {
    case 'alert':
      return performAlert(context, leg);
    case 'answer':
      if (leg.direction !== 'incoming') return 'wrongState';
      if (leg.state === 'up') return undefined;
      board.setMedia(leg, command.media);
      answer(leg, board);
      return undefined;
    case 'progress':
      if (leg.direction !== 'incoming' || leg.state === 'up') return 'wrongState';
      progress(leg, command.media, board);
      return undefined;
    case 'pickUp':
      return pickUp(leg, board);
    case 'setMedia':
      board.setMedia(leg, command.media);
      return undefined;
    case 'setHold':
      if (leg.state !== 'up') return 'wrongState';
      setHold(leg, command.on, board);
      return undefined;
    case 'sendDigits':
      if (leg.state !== 'up') return 'wrongState';
      sendDigits(leg, command.digits, board);
      return undefined;
    case 'startRecording':
      return startRecording(context, leg, command.file);
    case 'stopRecording':
      if (leg.recording !== undefined) board.engine.stopRecording(leg.id);
      return undefined;
    case 'announce':
      if (leg.state !== 'up') return 'wrongState';
      board.engine.announce(leg.id, command.sound);
      return undefined;
    case 'pauseRecording':
      return pauseRecording(context, leg, command.on);
    case 'answerTransfer':
      return 'wrongState';
    case 'clear':
      if (leg.direction === 'incoming' && leg.state !== 'up') refuse(leg, command.cause, board);
      else board.clear(leg, command.cause);
      return undefined;
  }
}

function performAlert({ board }: PerformContext, leg: Leg): Refusal | undefined {
  if (leg.direction !== 'incoming' || leg.state === 'up') return 'wrongState';
  alert(leg, board);
  return undefined;
}

function startRecording(
  { board, recordingFolder }: PerformContext,
  leg: Leg,
  file: string,
): Refusal | undefined {
  if (leg.recording === file) return undefined;
  if (leg.state !== 'up' || leg.recording !== undefined) return 'wrongState';
  leg.recording = file;
  leg.recordingPaused = false;
  board.engine.startRecording(leg.id, join(recordingFolder, file));
  board.report({ type: 'recordingStarted', leg: leg.id, file });
  return undefined;
}

function pauseRecording({ board }: PerformContext, leg: Leg, on: boolean): Refusal | undefined {
  if (leg.recording === undefined) return 'wrongState';
  if (leg.recordingPaused === on) return undefined;
  leg.recordingPaused = on;
  board.engine.pauseRecording(leg.id, on);
  return undefined;
}
