import type { Cause, LegInventory, LegMedia, ReportBody, SwitchStats } from '../control/protocol.ts';
import type { MediaEngine } from '../media/engine.ts';
import type { SessionHandlers } from '../sip/session/events.ts';
import type { ReferSubscription } from '../sip/session/refer-subscription.ts';
import type { Leg } from './leg.ts';

/** What calls count since the start of the switch. */
export type CallCounters = Pick<
  SwitchStats,
  | 'legs'
  | 'arrived'
  | 'originated'
  | 'answered'
  | 'refusedArrivals'
  | 'mediaTimeouts'
  | 'sessionsExpired'
  | 'talkRefused'
  | 'recordingsFailed'
  | 'speechPackets'
  | 'speechPacketsLost'
  | 'legsBadlyHeard'
>;

/** The legs that exist and what is the same for all of them. */
export interface Switchboard {
  readonly legs: ReadonlyMap<string, Leg>;
  readonly counters: CallCounters;
  readonly engine: MediaEngine;
  readonly setup: Setup;
  readonly transfers: Transfers;
  /** legs by this trunk */
  callsBy(trunk: string): number;
  /** `mayWait`: nobody is kept waiting by it, so that it can share a write with the next one */
  report(body: ReportBody, mayWait?: boolean): void;
  /** adds the leg and gives it a port; false if there are too many */
  add(leg: Leg, opened: () => void): boolean;
  /** state up: the media begin, the controller is told */
  wentUp(leg: Leg): void;
  setMedia(leg: Leg, media: LegMedia): void;
  /** ends the leg from our side */
  clear(leg: Leg, cause: Cause): void;
  /** the leg is no more; its session has ended or is ending by itself */
  drop(leg: Leg, cause: Cause, byRemote: boolean): void;
  /** what a session reports that means the same for every leg */
  handlers(leg: Leg): SessionHandlers;
  inventory(): LegInventory[];
  /** clears every leg */
  close(): void;
}

/** What the legs need besides each other. */
export interface Setup {
  random(): number;
  after(milliseconds: number, act: () => void): { cancel(): void };
  /** legs at the same time: further calls are refused with 503 */
  maximumLegs: number;
  /** a name by which phones call this switch */
  isOurHost(host: string): boolean;
  /** the media engine is of no use any more; the legs have been cleared */
  mediaFailed(error: Error): void;
}

/** Transfers that phones have asked for and nobody has answered yet, by leg: a leg may end before (RFC 5057 §4.1). */
export type Transfers = Map<string, ReferSubscription>;
