import { type CallType, type ICQCode, SessionState } from '@cordboard/contract';
import type { Cause, LegId } from '../ports/call-manager.ts';
import type { AgentId, Time } from '../site.ts';

/**
 * An agent's part in a call, from its first moment to Idle (ICall of the documented interface):
 *
 *   outgoing:  dialing --> calling --> connected          incoming:  offered --> connected
 *                 |           |                                          |
 *                 +-> failed <+                                          +--> idle (returned, given up)
 *
 *   connected <--hold/retrieve--> held        connected <--by the other side--> onHold
 *   connected|held <--three or more--> conference
 *   connected --deflected to the authentication number--> authenticating --its flow is over--> connected | held
 *   dialing|calling|connected|held|onHold|conference|failed --> clearing --> clerical --> idle
 *                                                            +--------------> idle
 *   any --> forceClearing --> idle
 */
export type SessionPhase =
  | { type: 'dialing' }
  | { type: 'calling' }
  | { type: 'offered' }
  | { type: 'connected' }
  /** `order`: the one held last is retrieved first */
  | { type: 'held'; order: number }
  | { type: 'onHold' }
  /** with two or more others */
  | { type: 'conference' }
  /** On Hold too: the customer is in the authentication's flow */
  | { type: 'authenticating' }
  /** `until`: the phone that dialled is refused then; absent = it was called by us, and hears the tone until somebody hangs up */
  | { type: 'failed'; cause: Cause; until?: Time }
  | { type: 'clearing' }
  | { type: 'clerical'; since: Time; until: Time }
  | { type: 'forceClearing' }
  | { type: 'idle'; cause: EndCause };

/** Why a session ended. */
export type EndCause =
  | 'completed'
  | 'clericalOver'
  | 'rejected'
  | 'noAnswer'
  | 'phoneUnreachable'
  | 'phoneBusy'
  /** the caller gave up before it was answered */
  | 'abandoned'
  /** the service group that it waited in is configured no more */
  | 'groupRemoved'
  /** the agent logged off while it rang */
  | 'loggedOff'
  /** sent on to another number or service group */
  | 'deflected'
  /** waited too long, or with too many others */
  | 'overflowed'
  /** a call-back that nobody made in time */
  | 'expired'
  | 'forced'
  | 'switchRestarted';

export const stateOfPhase = {
  dialing: SessionState.Dialing,
  calling: SessionState.Calling,
  offered: SessionState.Offered,
  connected: SessionState.Connected,
  held: SessionState.Held,
  onHold: SessionState.OnHold,
  conference: SessionState.Conference,
  authenticating: SessionState.OnHold,
  failed: SessionState.Failed,
  clearing: SessionState.Clearing,
  clerical: SessionState.Clerical,
  forceClearing: SessionState.ForceClearing,
  idle: SessionState.Idle,
} as const satisfies Record<SessionPhase['type'], SessionState>;

/** A request that was accepted and whose outcome is still to come. */
export interface Pending {
  action: 'answer' | 'makeCall' | 'deflect';
  requestId: string;
}

export interface Session {
  /** ICall.ID; unique over all media and for ever */
  id: number;
  agentId: AgentId;
  callId: number;
  legId: LegId;
  type: CallType;
  incoming: boolean;
  phase: SessionPhase;
  /** of the other party */
  phoneNumber: string;
  name: string;
  calledNumber: string;
  /** of the queue that it came out of; null = no service session */
  service: { groupId: number; groupName: string; queueSeconds: number } | null;
  /** ConsultingCallInfo: what he is consulted about, or was transferred */
  consulting: Consulting | null;
  /** ISO 8601, as they are shown: each is written once and told often */
  startTime: string;
  connectedTime: string | null;
  endTime: string | null;
  pending: Pending | null;
  /** entered by the agent; absent = none yet */
  cqCodes?: ICQCode[];
  /** counts changes of what ICall shows, beside the state's flags */
  revision: number;
  /** what was last published, see `signatureOf`; -1 = nothing yet */
  told: number;
}

/** In a phase in which the agent's leg takes part in a call. */
export const isLive = (session: Session): boolean => {
  const type = session.phase.type;
  return (
    type === 'dialing' ||
    type === 'calling' ||
    type === 'connected' ||
    type === 'held' ||
    type === 'onHold' ||
    type === 'conference' ||
    type === 'authenticating' ||
    type === 'failed'
  );
};

/** The service call that a consultation is about, or that was transferred. */
export interface Consulting {
  callId: number;
  callingNumber: string;
  groupName: string;
  queueSeconds: number;
  ivrLabels: string[];
  ivrData: string[];
}
