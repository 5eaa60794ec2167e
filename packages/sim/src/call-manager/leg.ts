import type { CallManagerCommand, CallManagerInventory, CallManagerReport } from '@cordboard/core';

export type Originate = Extract<CallManagerCommand, { type: 'originate' }>;
export type LegInventory = CallManagerInventory['legs'][number];
export type LegMedia = LegInventory['media'];
export type Sound = Extract<LegMedia, { type: 'play' }>['sounds'][number];
export type Cause = Extract<CallManagerReport, { type: 'cleared' }>['cause'];
export type Arrival = Omit<Extract<CallManagerReport, { type: 'arrived' }>, 'type' | 'leg'>;

/** A leg as the call manager has it. */
export interface Leg extends LegInventory {
  /** what the site asked for, with an outgoing leg */
  originate: Originate | null;
  address: string;
  /** not answered yet, and hears something already */
  early: boolean;
  recordingFile: string;
  recordingPaused: boolean;
  /** milliseconds of the file before `recordingSince` */
  recorded: number;
  recordingSince: number;
  /** its person asked for a transfer, and waits for the outcome */
  transferring: boolean;
  /** what becomes of the leg if nothing happens before */
  timers: { cancel(): void }[];
}

/** What the phone does that is called; after `ring` it is for the person to lift the handset. */
export type PhoneReaction =
  /** `earlyMediaAfter`: so many milliseconds after it rings the far end sends sound, before it answers */
  | { type: 'ring'; afterMilliseconds: number; earlyMediaAfter?: number }
  | { type: 'fail'; cause: Cause; afterMilliseconds: number };

/** The people and machines at the other ends of the legs. They act through `FakePhones`. */
export interface FarEnds {
  /** a phone is called by an originate */
  called(leg: string, originate: Originate): PhoneReaction;
  ringing(leg: string, originate: Originate): void;
  /** told to both directions: there is speech, or something to hear */
  answered(leg: string): void;
  hears(leg: string, media: LegMedia): void;
  /** a sound, once, over what the person hears */
  announced(leg: string, sound: string): void;
  /** how the transfer went that the person asked for */
  transferAnswered(leg: string, done: boolean): void;
  cleared(leg: string, byRemote: boolean): void;
}

export const isEndless = (sound: Sound): boolean => sound.type !== 'file';

export const inventoryOf = (leg: Leg): LegInventory => ({
  leg: leg.leg,
  direction: leg.direction,
  state: leg.state,
  media: leg.media,
  held: leg.held,
  recording: leg.recording,
  recordingPaused: leg.recordingPaused,
});
