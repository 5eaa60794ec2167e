import type { ICQCode } from '@cordboard/contract';
import type { Deflection } from '../deflect/deflection.ts';
import type { Place } from '../dispatch/dispatch.ts';
import type { FlowRun } from '../flow/flow-run.ts';
import type { Party } from '../leg/leg.ts';
import type { Cause, LegId } from '../ports/call-manager.ts';
import type { AgentId, Time } from '../site.ts';
import type { WaitingState } from '../waiting/waiting.ts';
import type { Consulting, EndCause, Pending, Session, SessionPhase } from './session.ts';

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
  /** where it waits, or rings, beside the queues; null = nowhere */
  place: Place | null;
  privateData: string;
  /** replaced when they change, never changed: what is told shares them */
  ivrLabels: string[];
  ivrData: string[];
  /** a number still to be called, when the agent's own phone is up */
  destination: string | null;
  /** the session that its maker has it made for: a consultation; 0 = none */
  consultationOf: number;
  /** what agents who are called into it see as ConsultingCallInfo */
  consulting: Consulting | null;
  /** transferred, and not answered yet */
  recall: Recall | null;
  /** to another number, not there yet */
  deflection: Deflection | null;
  /** an agent has sent it on: a service call whose destination fails waits again */
  deflected: boolean;
  /** the flow that leads one of its parties */
  flow: FlowRun | null;
  /** in flows, and moves from queue to queue: bounded */
  stepsTaken: number;
  overflows: number;
  ended: boolean;
  /** a supervisor who listens to an agent, alone in it; absent = no */
  monitoring?: true;
}

/** A call that waits, or rings, beside the queues. */
export type Placed = Call & { place: Place };

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
  waiting: WaitingState;
}

/** Where a transferred call rings again when nobody answers it. */
export interface Recall {
  /** 0 = nobody was logged on: the phone rings */
  agentId: AgentId;
  extension: string;
  /** of the transferring agent's session */
  service: Session['service'];
  stage: 'transferred' | 'recalled';
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

/** Two calls of one phone became one: the other's parties are in `callId` now, and its place in a queue. */
export interface CallJoined {
  type: 'callTransferred' | 'callConferenced';
  callId: number;
  /** 0 = the one was routed to a number */
  otherId: number;
  /** of the phone that joined them, in the other call; '' where there is none */
  otherLeg: LegId;
  /** who did it, 0 = a phone without an agent */
  agentId: AgentId;
  sessionId: number;
  /** whom the call came to */
  number: string;
  /** the leg whose end ends the call */
  origin: LegId;
  /** as the one who did it saw them */
  parties: { leg: LegId; party: Party }[];
  recall: { extension: string; until: Time } | null;
}

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
      /** a session's id, see `Call` */
      consultationOf?: number;
      monitoring?: true;
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
      /** who changes groups is still to be called back */
      callback?: WaitingState['callback'];
    }
  /** the service group is closed now */
  | { type: 'callDiverted'; callId: number; groupId: number }
  /** left the queue without being offered */
  | { type: 'callUnqueued'; callId: number; itemId: number; groupId: number; cause: EndCause }
  /** outside parties have talked too long among themselves */
  | { type: 'callCutOff'; callId: number }
  | { type: 'callEnded'; callId: number; cause: Cause | 'outsideLimit' }
  | CallJoined
  | { type: 'transferSettled'; callId: number }
  /** it rings where it was transferred from; session 0 = at a phone without an agent */
  | { type: 'callRecalled'; callId: number; sessionId: number; agentId: AgentId; cause: Cause }
  /** one of several is gone and the others go on */
  | { type: 'partyLeft'; callId: number; number: string; origin: LegId }
  /** somebody else is at the other end */
  | { type: 'sessionPartyChanged'; sessionId: number; number: string; name: string }
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
      reason: 'destinationNotReached' | 'notRinging' | 'cannotMakeCall' | 'phoneNotRegistered';
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

/** The one fact about calls that has this type. */
export type EventOf<Type extends CallEvent['type']> = Extract<CallEvent, { type: Type }>;
