import type { LegId } from '../ports/call-manager.ts';
import type { AgentId } from '../site.ts';

/**
 * The recording of one agent's part in a call, one file:
 *
 *   begun --reported--> running --asked, or the session is over--> (ending) --reported--> gone
 *     |                    |
 *     +---- by itself: ----+--> failed (until the session is over)
 *
 * Pausing is beside that: the file runs on without what is said. What the agent is shown follows from both and from his
 * session's phase.
 */
export interface Recording {
  /** its name in the call manager's folder: never used twice */
  file: string;
  leg: LegId;
  sessionId: number;
  callId: number;
  agentId: AgentId;
  /** 0 = of no service group */
  groupId: number;
  /** of the agent */
  tenantId: number;
  cause: RecordingCause;
  /** who wants to hear when it fails; '' = nobody */
  requestId: string;
  stage: 'begun' | 'running' | 'failed';
  paused: boolean;
}

/** `policy`: the service group says so, and the agent cannot stop it. */
export type RecordingCause = 'asked' | 'policy';

/** What an agent has asked for: his next call, or all of them. */
export interface RecordingWish {
  calls: 'next' | 'all';
  requestId: string;
}

export interface Recordings {
  wanted: Map<AgentId, RecordingWish>;
  bySession: Map<number, Recording>;
  /** by file: over, and the call manager has not said so yet */
  ending: Map<string, Recording>;
  /** so far, for the names of files */
  count: number;
}

export const createRecordings = (): Recordings => ({
  wanted: new Map(),
  bySession: new Map(),
  ending: new Map(),
  count: 0,
});

export type RecordingEvent =
  | { type: 'recordingAsked'; agentId: AgentId; calls: RecordingWish['calls']; requestId: string }
  /** asked to stop: the wish is gone */
  | { type: 'recordingUnasked'; agentId: AgentId }
  | { type: 'recordingBegun'; recording: Omit<Recording, 'stage' | 'paused'> }
  | ({ type: 'recordingStarted'; tenantId: number; cause: RecordingCause } & RecordingNamed)
  | ({ type: 'recordingPaused'; on: boolean } & RecordingNamed)
  | ({ type: 'recordingStopping' } & RecordingNamed)
  /** `milliseconds`: in the file; null = nobody has told */
  | ({
      type: 'recordingEnded';
      milliseconds: number | null;
      unexpected: boolean;
      requestId: string;
    } & RecordingNamed);

export type RecordingNamed = Pick<Recording, 'file' | 'sessionId' | 'callId' | 'agentId' | 'groupId'>;

export const named = ({ file, sessionId, callId, agentId, groupId }: Recording): RecordingNamed => ({
  file,
  sessionId,
  callId,
  agentId,
  groupId,
});

/** For a snapshot. */
export interface SavedRecordings {
  wanted: [AgentId, RecordingWish][];
  current: Recording[];
  ending: Recording[];
  count: number;
}

export const saveRecordings = ({ wanted, bySession, ending, count }: Recordings): SavedRecordings => ({
  wanted: [...wanted],
  current: [...bySession.values()],
  ending: [...ending.values()],
  count,
});

/** @param saved absent in a snapshot of a release that recorded nothing */
export function restoreRecordings(saved: SavedRecordings | undefined): Recordings {
  if (saved === undefined) return createRecordings();
  return {
    wanted: new Map(saved.wanted),
    bySession: new Map(saved.current.map(each => [each.sessionId, each])),
    ending: new Map(saved.ending.map(each => [each.file, each])),
    count: saved.count,
  };
}
