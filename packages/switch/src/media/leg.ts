import type { LegId, LegMedia } from '../control/protocol.ts';
import { type ControlReports, createControlReports } from './control-reports.ts';
import type { RemoteMedia } from './engine.ts';
import { FRAME } from './g711.ts';
import { createInStream, type InStream } from './in-stream.ts';
import type { Sum } from './mixing.ts';
import { createOutStream, type OutStream } from './out-stream.ts';
import type { MediaPipe } from './pipe.ts';
import type { NextFrame, Playback } from './playback.ts';
import { createReception, type Reception } from './reception.ts';
import type { Recorder } from './recorder.ts';
import { createRtpPacket, HEADER, type RtpPacket } from './rtp.ts';
import { silence } from './sound-library.ts';
import {
  createDigitSender,
  createEventReceiver,
  type DigitSender,
  type EventReceiver,
} from './telephone-event.ts';
import type { Voice } from './voice.ts';

/** Packets that a phone may send at once, after a stall of the network. */
export const packetBurst = 100;

/** One phone's media: what it says, what it hears, and what it should hear. */
export interface Leg {
  readonly id: LegId;
  readonly pipe: MediaPipe;
  remote: RemoteMedia | undefined;
  /** undefined until it is first set: the call is not up */
  media: LegMedia | undefined;
  /** with `connected`: the other leg, while it is there */
  partner: Leg | undefined;
  /** with `play` */
  playback: Playback | undefined;
  /** with `conference` */
  conference: Conference | undefined;
  /** with `monitor`: the other leg as it is in this tick */
  monitored: Leg | undefined;
  /** who speaks to this phone alone in this tick */
  readonly whisperers: Leg[];
  /** what is announced to this phone alone, while it is */
  announcements: Playback | undefined;
  /** what its phone says, decoded, while somebody hears it mixed */
  voice: Voice | undefined;
  /** somebody has asked for the voice since the last tick */
  voiceAsked: boolean;
  readonly musicPositions: Map<string, number>;
  readonly heard: InStream;
  readonly reception: Reception;
  readonly reports: ControlReports;
  readonly events: EventReceiver;
  readonly said: OutStream;
  readonly digits: DigitSender;
  recorder: Recorder | undefined;
  /** when the phone last spoke, or was last expected to begin; ms */
  heardAt: number;
  silenceTold: boolean;
  /** when a partner's packet last went to this phone, or the partner came; ms */
  forwardedAt: number;
  /** when silence made here was last sent to it, ms */
  filledAt: number;
  /** packets that it may still send in this tick */
  credit: number;
  /** scratch, one per leg so that a packet costs no allocation */
  readonly packet: RtpPacket;
  readonly frame: NextFrame;
  readonly announced: NextFrame;
  readonly sendBuffer: Buffer;
}

export const createLeg = (id: LegId, pipe: MediaPipe, random: () => number, now: number): Leg => ({
  id,
  pipe,
  remote: undefined,
  media: undefined,
  partner: undefined,
  playback: undefined,
  conference: undefined,
  monitored: undefined,
  whisperers: [],
  announcements: undefined,
  voice: undefined,
  voiceAsked: false,
  musicPositions: new Map(),
  heard: createInStream(),
  reception: createReception(),
  reports: createControlReports(),
  events: createEventReceiver(),
  said: createOutStream(random),
  digits: createDigitSender(),
  recorder: undefined,
  heardAt: now,
  silenceTold: false,
  forwardedAt: Number.NEGATIVE_INFINITY,
  filledAt: Number.NEGATIVE_INFINITY,
  credit: packetBurst,
  packet: createRtpPacket(),
  frame: { sound: silence, at: 0 },
  announced: { sound: silence, at: 0 },
  sendBuffer: Buffer.alloc(HEADER + FRAME),
});

/** The phone agreed to hear something. */
export const mayHear = (leg: Leg): boolean =>
  leg.remote?.direction === 'sendrecv' || leg.remote?.direction === 'sendonly';

/** The phone agreed to send. */
export const maySpeak = (leg: Leg): boolean =>
  leg.remote?.direction === 'sendrecv' || leg.remote?.direction === 'recvonly';

/** Silence from this phone means that it is gone. One that holds the call may speak (`recvonly` for us), but most then send nothing. */
export const shouldSpeak = (leg: Leg): boolean =>
  leg.media !== undefined && leg.remote?.direction === 'sendrecv';

/** Legs that speak with each other, and what all of them say together in this tick. */
export interface Conference {
  readonly name: string;
  readonly members: Set<Leg>;
  readonly sum: Sum;
}
