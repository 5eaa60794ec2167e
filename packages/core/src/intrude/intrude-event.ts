import type { LegId } from '../ports/call-manager.ts';
import type { AgentId } from '../site.ts';

/** An agent is in a call that he was not called into. `otherId`: his own, now empty, call; `number`: the extension's */
export interface IntrudeEvent {
  type: 'callIntruded';
  callId: number;
  otherId: number;
  leg: LegId;
  sessionId: number;
  agentId: AgentId;
  number: string;
}
