import type { Cause } from '../ports/call-manager.ts';
import type { AgentId, Time } from '../site.ts';

/** What a group does for those who wait, beside greeting and music. */
export interface WaitingTreatment {
  /** between announcements; 0 = none */
  announceSeconds: number;
  announcePosition: boolean;
  announceWaitingTime: boolean;
  overflow: Overflow | null;
  callback: CallbackOffer | null;
}

/** When a caller is not only the group's own any more. Of group, number and agent groups the first that is given counts. */
export interface Overflow {
  /** after so long; 0 = never */
  seconds: number;
  /** at once, when more than so many wait; 0 = never */
  waitingCalls: number;
  /** 0 = none */
  group: number;
  number: string;
  /** these serve him as well */
  agentGroups: number[];
}

/** Who presses the digit while he waits keeps his place and is called back. */
export interface CallbackOffer {
  digit: string;
  /** said with the announcements */
  prompt: string[];
  /** heard before the caller is let go */
  accepted: string[];
  /** so often he is called at most; absent = 3 */
  attempts?: number;
  /** between two of them; absent = 300 */
  retrySeconds?: number;
  /** nobody is called back later than so long after he has asked for it; absent = 480 */
  expiryMinutes?: number;
}

/** @param offer of the service group where it waits now; it may have none any more */
export const callbackLimits = (offer: CallbackOffer | null | undefined) => ({
  attempts: offer?.attempts ?? 3,
  retrySeconds: offer?.retrySeconds ?? 300,
  expiryMinutes: offer?.expiryMinutes ?? 480,
});

/**
 * A customer who is to be called back:
 *
 *   accepted --> waits --an agent answers--> dialled --the customer answers--> reached
 *                  ^  \                        |
 *                  |   +--time over--> expired |
 *                  +--- rests <---not reached--+--> given up
 */
export interface Callback {
  number: string;
  /** heard before he is let go */
  sounds: string[];
  /** made so far; absent = none */
  attempts?: number;
  /** an attempt is under way */
  dialled?: true;
  /** it rests after an attempt: only who picks it gets it before; absent = it does not */
  retryAt?: Time;
  /** when its time is over; absent = never, in a journal of before */
  until?: Time;
}

export type CallbackEnd = 'reached' | 'givenUp' | 'expired';

/** How a waiting call is treated now. */
export interface WaitingState {
  /** the call whose timers are set; 0 = none */
  plannedFor: number;
  /** sound files */
  announcement: string[];
  /** of this playing of it: the same said again is another; absent = none yet */
  play?: string;
  /** the overflow agent groups serve it too */
  widened: boolean;
  callback: Callback | null;
}

export const newWaiting = (callback: WaitingState['callback'] = null): WaitingState => ({
  plannedFor: 0,
  announcement: [],
  widened: false,
  callback,
});

/** Facts about calls that wait. */
export type WaitingEvent =
  | { type: 'waitingPlanned'; callId: number; announceAt: Time | null; overflowAt: Time | null }
  | { type: 'waitingAnnounced'; callId: number; sounds: string[]; nextAt: Time }
  | {
      type: 'callOverflowed';
      callId: number;
      groupId: number;
      to: { group: number } | { number: string } | { agentGroups: number[] };
    }
  | {
      type: 'callbackAccepted';
      callId: number;
      groupId: number;
      number: string;
      sounds: string[];
      until?: Time;
    }
  /** the agent has answered: the customer is called */
  | {
      type: 'callbackDialled';
      callId: number;
      sessionId: number;
      agentId: AgentId;
      number: string;
      attempt?: number;
    }
  /** `retryAt`: null = it was the last attempt */
  | {
      type: 'callbackFailed';
      callId: number;
      groupId: number;
      attempt: number;
      cause: Cause;
      retryAt: Time | null;
    }
  /** it has rested long enough */
  | { type: 'callbackDue'; callId: number }
  | {
      type: 'callbackEnded';
      callId: number;
      groupId: number;
      sessionId: number;
      agentId: AgentId;
      outcome: CallbackEnd;
    };
