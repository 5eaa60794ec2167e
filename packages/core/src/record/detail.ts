import type { AgentId, Time } from '../site.ts';

/** One row of the call detail record. */
export interface CallDetail {
  at: Time;
  type: CallDetailType;
  callId: number;
  /** 0 = of the call as a whole */
  sessionId: number;
  /** 0 = no agent's doing */
  agentId: AgentId;
  /** 0 = as the call's last row that names one */
  groupId: number;
  /** numbers, cause, or label of the type */
  detail: string;
  data: string;
}

export type CallDetailType =
  | 'started'
  | 'queued'
  | 'returned'
  | 'unqueued'
  | 'dialled'
  | 'offered'
  | 'offerEnded'
  | 'answered'
  | 'held'
  | 'retrieved'
  | 'failed'
  | 'cleared'
  | 'forced'
  | 'clericalStarted'
  | 'clericalExtended'
  | 'clericalEnded'
  | 'ivrData'
  | 'cqCodes'
  | 'placed'
  | 'unplaced'
  | 'becameGeneral'
  | 'reserved'
  | 'released'
  | 'intruded'
  | 'recordingStarted'
  | 'recordingStopped'
  | 'consult'
  | 'transferred'
  | 'conferenced'
  | 'left'
  | 'recalled'
  /** sent on by an agent: `detail` is the number, or '' for the service group of the row */
  | 'deflected'
  /** the service group was closed */
  | 'diverted'
  /** `detail`: where they led; `data`: the digits, masked where they are secret */
  | 'digits'
  | 'authenticationStarted'
  | 'authenticationEnded'
  | 'overflowed'
  | 'callbackAccepted'
  /** `detail`: the number; `data`: which attempt it is */
  | 'callbackDialled'
  /** `detail`: the cause; `data`: which attempt it was */
  | 'callbackFailed'
  /** `detail`: reached, givenUp or expired */
  | 'callbackEnded'
  /** outside parties had talked too long among themselves */
  | 'cutOff'
  | 'ended';
