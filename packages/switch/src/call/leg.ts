import type { Answering, LegMedia } from '../control/protocol.ts';
import type { Timer } from '../sip/clock.ts';
import type { IncomingSession } from '../sip/session/incoming.ts';
import type { OutgoingSession } from '../sip/session/outgoing.ts';
import type { InviteUsage } from '../sip/session/usage.ts';
import type { Speech } from './speech.ts';

/**
 * One SIP dialog with anchored speech.
 *
 *   incoming:  arriving --alert--> alerting --answer--> up --clear/remote--> gone
 *   outgoing:  dialing  --180----> alerting --200-----> up --clear/remote--> gone
 */
export interface Leg {
  readonly id: string;
  readonly direction: 'incoming' | 'outgoing';
  readonly answering: Answering | 'immediately';
  /** its peer is no phone of ours */
  readonly outside: boolean;
  /** of the person at it; '' = not one of ours */
  readonly extension: string;
  /** its phone is a page in a browser */
  readonly browser: boolean;
  state: 'arriving' | 'dialing' | 'alerting' | 'up' | 'gone';
  /** what it should hear: done as soon as it is up */
  media: LegMedia;
  /** after the media engine gave it a port */
  speech: Speech | undefined;
  session: IncomingSession | OutgoingSession | undefined;
  /** the controller holds it */
  holding: boolean;
  /** its phone has us on hold, as last reported */
  heldByPhone: boolean;
  /** name of the file that it is recorded to */
  recording: string | undefined;
  /** with a recording */
  recordingPaused: boolean;
  /** `pickUp` came before the phone could be told */
  wantsPickUp: boolean;
  /** `answer` came before there was a port */
  wantsAnswer: boolean;
  /** `progress` came before there was a port */
  wantsProgress: boolean;
  /** it can be heard or spoken to before it is answered */
  early: boolean;
  /** calls the phone with auto-answer headers; `autoAnswer` waits for `pickUp` with it */
  place: (() => void) | undefined;
  ringTimer: Timer | undefined;
  retryTimer: Timer | undefined;
  remoteAddress: string;
  /** name of the trunk by which it goes or came */
  trunk: string | undefined;
}

export function createLeg(
  fixed: Pick<
    Leg,
    | 'id'
    | 'direction'
    | 'answering'
    | 'outside'
    | 'extension'
    | 'browser'
    | 'remoteAddress'
    | 'state'
    | 'media'
  >,
): Leg {
  return {
    ...fixed,
    speech: undefined,
    session: undefined,
    holding: false,
    heldByPhone: false,
    recording: undefined,
    recordingPaused: false,
    wantsPickUp: false,
    wantsAnswer: false,
    wantsProgress: false,
    early: false,
    place: undefined,
    ringTimer: undefined,
    retryTimer: undefined,
    trunk: undefined,
  };
}

/** Speech can go to it and come from it. */
export function isOpen(leg: Leg): boolean {
  return leg.state === 'up' || (leg.early && leg.state !== 'gone');
}

export function usageOf(leg: Leg): InviteUsage | undefined {
  return leg.session?.usage;
}
