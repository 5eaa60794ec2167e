import type { ReferSubscription } from './refer-subscription.ts';
import type { Referral } from './referral.ts';

/** How a session ended. `status` is the final response of an attempt. */
export type SessionEnd =
  | { type: 'bye' }
  | { type: 'cancelled' }
  | { type: 'failed'; status: number }
  /** nothing came back, or the connection broke */
  | { type: 'unreachable' }
  | { type: 'expired' }
  | { type: 'protocolError' };

/** What a session tells its leg. */
export interface SessionHandlers {
  /** 18x to our INVITE */
  ringing(): void;
  /** a provisional response with a description: the peer may be heard before it answers; again when that changes */
  early(sdp: string): void;
  /** 2xx to our INVITE, with its description; '' where that was agreed before */
  answered(sdp: string): void;
  /** a new offer in the dialog: the answer to it, or undefined to refuse it (the session stays as it was) */
  offered(sdp: string): string | undefined;
  /** our description as it stands, as an offer: for a refresh, or because the peer asked for one */
  description(): string;
  /** the answer to an offer that we made in a 2xx; false ends the session */
  answeredOffer(sdp: string): boolean;
  /** a REFER: the status that refuses it, or what is to be done once it was accepted */
  referred(referral: Referral): number | ((subscription: ReferSubscription) => void);
  /** an INFO with a digit */
  digit(digit: string): void;
  /** an exchange of offer and answer is over: another may begin */
  settled(): void;
  /** by the peer or by failure; never after our own `end` */
  ended(end: SessionEnd): void;
}
