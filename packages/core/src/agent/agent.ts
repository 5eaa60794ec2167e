import type { AgentId, Answer, Time } from '../site.ts';

/**
 * An agent:
 *
 *   loggedOff --logOn--> loggedOn --logOff, sessions alive--> leaving
 *       ^                   |  ^                                |  |
 *       |                   |  +------------- logOn ------------+  |
 *       +-- logOff, none ---+                                      |
 *       +---------------- last session over, or forced ------------+
 *
 * Ready is what the agent wants; whether he gets calls is derived (see availability.ts).
 */
export type Presence =
  | { type: 'loggedOff' }
  | { type: 'loggedOn'; extension: string; client: Client }
  | { type: 'leaving'; extension: string; client: Client };

/** The agent's application: `expected` after the logon, until it attaches. */
export interface Client {
  type: 'expected' | 'attached' | 'lost';
  name: string;
  /** where he logged on; of one who logged on under an earlier release nothing is known */
  place?: Place & { since: Time };
}

/** Where somebody logged on: what a person who does so again, elsewhere, is told. */
export interface Place {
  /** network address of his computer */
  address: string;
  /** the Agent application on his desk, or a window that the server serves */
  form: 'application' | 'browser';
}

/** One flag governs e-mail and SMS. */
export type ReadyMedia = 'voice' | 'email' | 'openMedia' | 'chat';

export interface NotReadyReason {
  id: number;
  name: string;
}

/** Reasons that the system sets; no agent can choose them. */
export const systemReasons = {
  noAnswer: { id: -1, name: 'No answer' },
  phoneUnreachable: { id: -2, name: 'Phone unreachable' },
  phoneBusy: { id: -3, name: 'Phone busy' },
  rejected: { id: -4, name: 'Call rejected' },
} as const satisfies Record<string, NotReadyReason>;

export interface Agent {
  id: AgentId;
  presence: Presence;
  ready: Record<ReadyMedia, boolean>;
  /** for voice; null when Ready or when none was given */
  reason: NotReadyReason | null;
  /** counts how often he became Ready for voice: a rejected call may come again after it */
  readyCount: number;
  /** the smaller, the longer idle: set at logon and at the end of each answered service session */
  idleOrder: number;
  /** alive, oldest first */
  sessions: number[];
  /** by request id, the newest last; bounded */
  answers: Map<string, Answer>;
  stream: AgentStream;
}

/** What the agent's application has been told. */
export interface AgentStream {
  seq: number;
  /** of what IUserInformation shows, now and as told */
  revision: number;
  toldRevision: number;
  toldRegistered: boolean;
  /** see `abilitySignature` */
  toldAbilities: number | string;
}

export const newAgent = (id: AgentId): Agent => ({
  id,
  presence: { type: 'loggedOff' },
  ready: { voice: false, email: false, openMedia: false, chat: false },
  reason: null,
  readyCount: 0,
  idleOrder: 0,
  sessions: [],
  answers: new Map(),
  stream: { seq: 0, revision: 0, toldRevision: 0, toldRegistered: false, toldAbilities: 0 },
});

export const extensionOf = (agent: Agent): string =>
  agent.presence.type === 'loggedOff' ? '' : agent.presence.extension;

/** Facts about agents. */
export type AgentEvent =
  | {
      type: 'agentLoggedOn';
      agentId: AgentId;
      extension: string;
      client: string;
      lostAt: Time;
      place?: Place & { since: Time };
      /** the place of the application that was attached until now */
      takenOverFrom?: Place;
    }
  | { type: 'agentClientAttached'; agentId: AgentId; client: string }
  | { type: 'agentClientLost'; agentId: AgentId; lostAt: Time }
  | { type: 'agentLeft'; agentId: AgentId }
  | { type: 'agentLoggedOff'; agentId: AgentId; cause: 'asked' | 'forced' }
  | {
      type: 'agentReadyChanged';
      agentId: AgentId;
      media: ReadyMedia;
      ready: boolean;
      reason: NotReadyReason | null;
    }
  | { type: 'requestAnswered'; agentId: AgentId; requestId: string; answer: Answer };
