import type { ICQCode } from '@cordboard/contract';
import type { Cause, LegId } from '../ports/call-manager.ts';
import type { AgentId, Time } from '../site.ts';
import type { EndCause, Pending, Session, SessionPhase } from './session.ts';

/**
 * A call: the legs that take part in it, the sessions that agents have in it, and its data, which travels with it.
 *
 *   a service call's way:  waiting --offer--> offered --answer--> served
 *                             ^                  |                   |
 *                             +-- no answer, reject, agent gone -----+ (only when the agent is forced out)
 */
export interface Call {
  id: number;
  /** the leg whose end ends the call */
  origin: LegId;
  /** taking part: those ordered to clear are out */
  legs: LegId[];
  sessions: number[];
  callerNumber: string;
  callerName: string;
  calledNumber: string;
  service: Service | null;
  privateData: string;
  /** replaced when they change, never changed: what is told shares them */
  ivrLabels: string[];
  ivrData: string[];
  /** a number still to be called, when the agent's own phone is up */
  destination: string | null;
  ended: boolean;
}

/** A call's stay in a service group; its time and priority are kept when it returns to the queue. */
export interface Service {
  groupId: number;
  groupName: string;
  priority: number;
  /** arrival; the order of waiting among calls of one priority */
  order: number;
  since: Time;
  stage: { type: 'waiting'; itemId: number } | { type: 'offered' | 'served'; sessionId: number };
  /** somebody has spoken to the caller: the greeting is not played again */
  greeted: boolean;
  /** agents who rejected it, and when and after which change of theirs they may get it again */
  declined: Declined[];
}

export interface Declined {
  agentId: AgentId;
  until: Time;
  readyCount: number;
}

/** What a new session's event carries: the rest starts empty. */
export type SessionBeginning = Pick<
  Session,
  | 'id'
  | 'agentId'
  | 'callId'
  | 'legId'
  | 'type'
  | 'incoming'
  | 'phase'
  | 'phoneNumber'
  | 'name'
  | 'calledNumber'
  | 'service'
  | 'pending'
>;

/** Facts about calls and sessions. */
export type CallEvent =
  | {
      type: 'callStarted';
      callId: number;
      origin: LegId;
      callerNumber: string;
      callerName: string;
      calledNumber: string;
      destination: string | null;
    }
  | { type: 'callRouted'; callId: number }
  | {
      type: 'callQueued';
      callId: number;
      itemId: number;
      groupId: number;
      groupName: string;
      priority: number;
      order: number;
      since: Time;
      returned: boolean;
      declined: Declined | null;
    }
  /** left the queue without being offered */
  | { type: 'callUnqueued'; callId: number; itemId: number; groupId: number; cause: EndCause }
  | { type: 'callEnded'; callId: number; cause: Cause }
  /** `ringUntil`: set for service calls */
  | { type: 'sessionStarted'; session: SessionBeginning; ringUntil: Time | null }
  | {
      type: 'sessionMoved';
      sessionId: number;
      callId: number;
      agentId: AgentId;
      from: SessionPhase['type'];
      phase: SessionPhase;
    }
  | { type: 'clericalExtended'; sessionId: number; callId: number; agentId: AgentId; until: Time }
  | { type: 'sessionPending'; sessionId: number; pending: Pending }
  | {
      type: 'operationFailed';
      sessionId: number;
      agentId: AgentId;
      requestId: string;
      reason: 'notRinging' | 'cannotMakeCall' | 'phoneNotRegistered';
      detail: string;
    }
  | { type: 'sessionNamed'; sessionId: number; name: string }
  | { type: 'privateDataSet'; callId: number; data: string }
  | {
      type: 'cqCodesEntered';
      sessionId: number;
      callId: number;
      agentId: AgentId;
      groupId: number;
      codes: ICQCode[];
    }
  /** `index` of the field; those before it are padded with empty ones */
  | {
      type: 'ivrDataSet';
      callId: number;
      sessionId: number;
      agentId: AgentId;
      index: number;
      label: string;
      data: string;
      recorded: boolean;
    };
