import { Bool, BoundedText, Int, Moment, type Static, Text, Type } from '../schema.ts';

/**
 * What the window asks beside the documented interface: reads of the site that change nothing. The window asks the Agent
 * application on the desk wire, the application asks the server on the broker's, by the same names with the same
 * parameters. Programs and pages in tabs cannot ask them.
 */
export const deskQueries = {
  /** `CallerHistoryRequest`: `EarlierCall[]`, the newest first */
  callerHistory: 'deskCallerHistory',
  /** `DirectoryRequest`: `DirectoryEntry[]`, agents and service groups of the agent's tenant */
  directory: 'deskDirectory',
  /** nothing: `QueueFigure[]`; with the privilege `realTimeInformation` */
  queueFigures: 'deskQueueFigures',
} as const;

/** The session whose caller is meant: an agent sees the history of nobody else. */
export const CallerHistoryRequest = Type.Object({ callId: Int });
export type CallerHistoryRequest = Static<typeof CallerHistoryRequest>;

/** So many of a caller are told at most. */
export const mostEarlierCalls = 20;

/** A call of the same number before this one, from the call detail records. */
export const EarlierCall = Type.Object({
  startedAt: Moment,
  /** '' = it came to no service group */
  groupName: Text,
  /** who answered it first; '' = nobody */
  agentName: Text,
  /** of speech; 0 = it was not answered */
  seconds: Int,
  /** names of the qualification codes, joined by commas */
  codes: Text,
});
export type EarlierCall = Static<typeof EarlierCall>;

/** Name, logon id, extension or number holds this text; empty = all, as far as they are told. */
export const DirectoryRequest = Type.Object({ text: BoundedText(64) });
export type DirectoryRequest = Static<typeof DirectoryRequest>;

/** So many are told at most. */
export const mostDirectoryEntries = 50;

const presences = ['available', 'busy', 'notReady', 'loggedOff'] as const;
export type DirectoryPresence = (typeof presences)[number];

export const DirectoryEntry = Type.Union([
  Type.Object({
    type: Type.Literal('agent'),
    name: Text,
    logonId: Text,
    /** where he is reached; '' = nowhere now */
    number: Text,
    presence: Type.Unsafe<DirectoryPresence>({ type: 'string', enum: [...presences] }),
  }),
  Type.Object({
    type: Type.Literal('group'),
    id: Int,
    name: Text,
    /** '' = it cannot be dialled */
    number: Text,
    waiting: Int,
    available: Int,
    open: Bool,
  }),
]);
export type DirectoryEntry = Static<typeof DirectoryEntry>;

/** How a service group does now, and did in the last hour. */
export const QueueFigure = Type.Object({
  id: Int,
  name: Text,
  waiting: Int,
  longestWaitSeconds: Int,
  available: Int,
  busy: Int,
  /** of the calls queued in the last hour that have been answered or lost: answered within 20 s, in percent; null = none */
  serviceLevel: Type.Union([Int, Type.Null()]),
});
export type QueueFigure = Static<typeof QueueFigure>;

/** What counts as answered in time for the service level. */
export const serviceLevelSeconds = 20;
