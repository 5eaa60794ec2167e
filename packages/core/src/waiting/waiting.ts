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
}

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
  callback: { number: string; sounds: string[] } | null;
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
  | { type: 'callbackAccepted'; callId: number; groupId: number; number: string; sounds: string[] }
  /** the agent has answered: the customer is called */
  | { type: 'callbackDialled'; callId: number; sessionId: number; agentId: AgentId; number: string };
