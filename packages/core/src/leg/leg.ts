import type { CallManagerCommand, Cause, LegId, LegMedia } from '../ports/call-manager.ts';

/**
 * One connection between the call manager and one phone or trunk, as the site knows it:
 *
 *   incoming:  arriving --alert--> alerting --answer--> up
 *   outgoing:  dialing --alerting--> alerting --answered--> up
 *
 * and from each of them, `cleared`: the record is gone. What the site wants of a leg stands beside what it is, so that
 * after a break the difference can be commanded again.
 */
export interface Leg {
  id: LegId;
  direction: 'incoming' | 'outgoing';
  /** of the phone at its end; '' = outside */
  extension: string;
  progress: 'arriving' | 'dialing' | 'alerting' | 'up';
  /** 0 = of no call any more: it is being cleared */
  callId: number;
  /** 0 = of no agent */
  sessionId: number;
  /** on its phone, or by the site: the person at its end does not speak */
  held: boolean;
  media: LegMedia;
  pickedUp: boolean;
  /** ordered to go */
  clearing: Cause | null;
  /** how it was called */
  origin: Originate | null;
  /** who is at its end, as the others see him */
  party: Party;
  /** can be heard before it is up */
  early: boolean;
}

export interface Party {
  number: string;
  name: string;
}

export type Originate = Extract<CallManagerCommand, { type: 'originate' }>;
export type LegCommand = Exclude<CallManagerCommand, Originate>;

/** Facts about legs: what was ordered, and what the call manager reported. */
export type LegEvent =
  | {
      type: 'legArrived';
      leg: LegId;
      extension: string;
      callId: number;
      sessionId: number;
    }
  /** `party`: who is called; absent = whose phone it is */
  | { type: 'legOriginated'; command: Originate; callId: number; sessionId: number; party?: Party }
  /** a target state was ordered */
  | { type: 'legOrdered'; command: LegCommand }
  | { type: 'legAlerting'; leg: LegId }
  | { type: 'legHeardEarly'; leg: LegId }
  | { type: 'legAnswered'; leg: LegId }
  | { type: 'legHeld'; leg: LegId; on: boolean }
  | { type: 'legCleared'; leg: LegId; cause: Cause; byRemote: boolean };

export function sameMedia(left: LegMedia, right: LegMedia): boolean {
  if (left === right) return true;
  if (left.type === 'connected') return right.type === 'connected' && left.with === right.with;
  if (left.type === 'conference') return right.type === 'conference' && left.name === right.name;
  if (left.type === 'monitor') {
    return right.type === 'monitor' && left.of === right.of && left.whisper === right.whisper;
  }
  if (left.type === 'none') return right.type === 'none';
  if (right.type !== 'play' || left.name !== right.name || left.sounds.length !== right.sounds.length) {
    return false;
  }
  return left.sounds.every((sound, index) => {
    const other = right.sounds[index];
    if (sound.type === 'silence') return other?.type === 'silence';
    return other?.type === sound.type && other.name === sound.name;
  });
}
