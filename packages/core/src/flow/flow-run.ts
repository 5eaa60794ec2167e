import type { LegId, LegMedia } from '../ports/call-manager.ts';
import type { AgentId, Time } from '../site.ts';

/**
 * A caller in a flow:
 *
 *   play:     playing --played, or too long--> the next step
 *   collect:  prompting --prompt over, or a digit--> listening --digit--> listening
 *                 ^                                     |   +--enough--> the next step
 *                 +------- wrong, or nothing ----------+
 */
export interface FlowRun {
  /** whose person is led */
  leg: LegId;
  /** by name: a new configuration may have another */
  flow: string;
  step: number;
  wait: FlowWait;
  /** what the leg hears, sound files */
  sounds: string[];
  /** of this playing of them: another step, or asking again, is another; absent = in a journal of before */
  play?: string;
  /** when the step goes on by itself */
  due: Time;
  authentication: Authentication | null;
}

export type FlowWait =
  | { type: 'playing' }
  | { type: 'prompting'; attempt: number }
  | { type: 'listening'; attempt: number; digits: string };

/** The flow is what an agent waits for. */
export interface Authentication {
  /** 0 = he waits no more */
  sessionId: number;
}

export type FlowEnd =
  | 'completed'
  | 'failed'
  | 'queued'
  | 'deflected'
  | 'tooManySteps'
  | 'left'
  | 'unconfigured';

/** What the caller hears; silence where there is nothing to say. */
export const flowMedia = ({ sounds, play }: FlowRun): LegMedia =>
  sounds.length === 0
    ? { type: 'play', sounds: [{ type: 'silence' }] }
    : {
        type: 'play',
        sounds: sounds.map(name => ({ type: 'file', name })),
        ...(play !== undefined && { name: play }),
      };

/** Facts about callers in flows. */
export type FlowEvent =
  | { type: 'flowMoved'; callId: number; run: FlowRun; stepsTaken: number }
  /** `digits`: masked where they are secret; `choice`: the label that they led to */
  | { type: 'digitsCollected'; callId: number; flow: string; label: string; digits: string; choice: string }
  | { type: 'flowEnded'; callId: number; flow: string; cause: FlowEnd }
  | {
      type: 'authenticationStarted';
      callId: number;
      sessionId: number;
      agentId: AgentId;
      until: Time;
    }
  /** the agent waits no more, the caller goes on */
  | {
      type: 'authenticationReleased';
      callId: number;
      sessionId: number;
      agentId: AgentId;
      cause: 'asked' | 'timeout' | 'agentLeft';
    };
