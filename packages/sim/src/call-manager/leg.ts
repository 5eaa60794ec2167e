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
  recordingFile: string;
  recordingSince: number;
  recordingPaused: boolean;
  /** what becomes of the leg if nothing happens before */
  timers: { cancel(): void }[];
}

/** What the phone does that is called; after `ring` it is for the person to lift the handset. */
export type PhoneReaction =
  | { type: 'ring'; afterMilliseconds: number }
  | { type: 'fail'; cause: Cause; afterMilliseconds: number };

/** The people and machines at the other ends of the legs. They act through `FakePhones`. */
export interface FarEnds {
  /** a phone is called by an originate */
  called(leg: string, originate: Originate): PhoneReaction;
  ringing(leg: string, originate: Originate): void;
  /** told to both directions: there is speech, or something to hear */
  answered(leg: string): void;
  hears(leg: string, media: LegMedia): void;
  cleared(leg: string, byRemote: boolean): void;
}

export const isEndless = (sound: Sound): boolean => sound.type !== 'file';

export const inventoryOf = ({
  leg,
  direction,
  state,
  media,
  held,
  recording,
  recordingPaused,
}: Leg): LegInventory => ({
  leg,
  direction,
  state,
  media,
  held,
  recording,
  recordingPaused,
});
