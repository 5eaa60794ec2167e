import type { Party } from '../leg/leg.ts';
import type { LegId } from '../ports/call-manager.ts';
import type { AgentId } from '../site.ts';

/**
 * A call on its way to another number while its agent still has it:
 *
 *   (none) --destination is called--> under way --it rings--> the agent is out
 *     ^                                   |
 *     +---- busy, unknown, given up ------+ the agent has the call as before
 */
export interface Deflection {
  sessionId: number;
  agentId: AgentId;
  number: string;
  /** of the destination; '' until it is called */
  leg: LegId;
  /** who called before: put back when it fails */
  caller: Party;
}

/** Facts about calls that are sent on. */
export type DeflectionEvent =
  /** `caller`: whom the destination sees */
  | {
      type: 'deflectionStarted';
      callId: number;
      sessionId: number;
      agentId: AgentId;
      number: string;
      caller: Party;
    }
  | { type: 'deflectionEnded'; callId: number }
  /** the agent is out; `origin`: of the party that is sent on */
  | {
      type: 'callDeflected';
      callId: number;
      sessionId: number;
      agentId: AgentId;
      /** '' = to a service group */
      number: string;
      groupId: number;
      origin: LegId;
      caller: Party;
    };
