import {
  type Abilities,
  type AgentSnapshot,
  type Coverage,
  type EventArguments,
  type EventName,
  type ICall,
  type IUserInformation,
  SessionState,
  UpdateType,
  type Workspace,
  type workspaceItem,
} from '@cordboard/contract';

/**
 * What the Agent application knows of its agent: the snapshot that it was given, and every item of the stream since, in order.
 * Pure: it answers reads on the spot and decides nothing.
 */
export interface Replica {
  readonly snapshot: Readonly<AgentSnapshot>;
  readonly seq: number;
}

/** An item of the agent's stream, as the broker sends it. */
export interface ReplicaItem {
  seq: number;
  event: string;
  values: readonly unknown[];
}

/** `gap`: items between are missing, the replica did not change. `repeated`: it was applied before. */
export type Applied = { type: 'applied'; replica: Replica } | { type: 'repeated' } | { type: 'gap' };

const replaced = <Session extends { ID: number }>(
  sessions: readonly Session[],
  session: Session,
  over: boolean,
): Session[] => {
  if (over) return sessions.filter(each => each.ID !== session.ID);
  return sessions.some(each => each.ID === session.ID)
    ? sessions.map(each => (each.ID === session.ID ? session : each))
    : [...sessions, session];
};

/** 0 is the last state of an e-mail and of an SMS; a chat or open media session ends in Idle (1), and 0 means over there too. */
const messageIsOver = (session: { State: number }): boolean =>
  session.State === SessionState.Idle || session.State === SessionState.Undefined;
const callIsOver = (call: ICall): boolean => call.State === SessionState.Idle;

type Changes = {
  [Name in EventName]?: (snapshot: AgentSnapshot, ...values: EventArguments<Name>) => AgentSnapshot;
} & {
  abilities: (snapshot: AgentSnapshot, abilities: Abilities) => AgentSnapshot;
  coverage: (snapshot: AgentSnapshot, coverage: Coverage) => AgentSnapshot;
  [workspaceItem]: (snapshot: AgentSnapshot, workspace: Workspace) => AgentSnapshot;
};

type Waiting = AgentSnapshot['dispatch'];

/** Something that waits to be picked came, changed, or is gone. */
const waiting =
  <Kind extends keyof Waiting>(kind: Kind) =>
  (snapshot: AgentSnapshot, item: Waiting[Kind][number], update: UpdateType): AgentSnapshot => ({
    ...snapshot,
    dispatch: {
      ...snapshot.dispatch,
      [kind]: replaced<Waiting[Kind][number]>(snapshot.dispatch[kind], item, update === UpdateType.Delete),
    },
  });

/** What the agent is not told of any more may be gone without a word: it is left out. */
const covered = (snapshot: AgentSnapshot, coverage: Coverage): AgentSnapshot => {
  const isIn = (groups: readonly number[], groupId: number) => groups.includes(0) || groups.includes(groupId);
  const { personalCalls, commonHoldCalls, voiceCalls } = snapshot.dispatch;
  return {
    ...snapshot,
    dispatch: {
      personalCalls: personalCalls.filter(each => isIn(coverage.personal, each.ServiceGroupID)),
      commonHoldCalls: commonHoldCalls.filter(() => coverage.commonHold.length > 0),
      voiceCalls: voiceCalls.filter(each => isIn(coverage.voice, each.ServiceGroupID)),
    },
    realTime: snapshot.realTime.filter(each => coverage.realTime.includes(each.ServiceGroupID)),
  };
};

/** What each event changes. Events that are not here only pass through. */
const changes: Changes = {
  OnCallEvent: (snapshot, call) => ({
    ...snapshot,
    calls: replaced(snapshot.calls, call, callIsOver(call)),
  }),
  OnEmailEvent: (snapshot, email) => ({
    ...snapshot,
    emails: replaced(snapshot.emails, email, messageIsOver(email)),
  }),
  OnSMSEvent: (snapshot, sms) => ({ ...snapshot, sms: replaced(snapshot.sms, sms, messageIsOver(sms)) }),
  OnOpenMediaEvent: (snapshot, session) => ({
    ...snapshot,
    openMedia: replaced(snapshot.openMedia, session, messageIsOver(session)),
  }),
  OnChatEvent: (snapshot, chat) => ({
    ...snapshot,
    chats: replaced(snapshot.chats, chat, messageIsOver(chat)),
  }),
  OnRegistrationStatus: (snapshot, registered) => ({ ...snapshot, registered }),
  OnUserStatusUpdate: (snapshot, user: IUserInformation) => ({ ...snapshot, user }),
  abilities: (snapshot, abilities) => ({ ...snapshot, abilities }),
  OnDispatchPersonalCallEvent: waiting('personalCalls'),
  OnDispatchCommonHoldCallEvent: waiting('commonHoldCalls'),
  OnDispatchVoiceCallEvent: waiting('voiceCalls'),
  OnRealTimeInformationUpdate: (snapshot, figures) => ({
    ...snapshot,
    realTime: [...snapshot.realTime.filter(each => each.ServiceGroupID !== figures.ServiceGroupID), figures],
  }),
  coverage: covered,
  workspace: (snapshot, workspace) => ({ ...snapshot, workspace, secretFields: workspace.secretFields }),
};

const changeOf = (event: string) =>
  Object.hasOwn(changes, event)
    ? (changes[event as keyof Changes] as (snapshot: AgentSnapshot, ...values: unknown[]) => AgentSnapshot)
    : null;

export const createReplica = (snapshot: AgentSnapshot, seq: number): Replica => ({ snapshot, seq });

/** What an event makes of a snapshot; the same where the event changes nothing of it. */
export const applyEvent = (
  snapshot: Readonly<AgentSnapshot>,
  event: string,
  values: readonly unknown[],
): Readonly<AgentSnapshot> => changeOf(event)?.(snapshot, ...values) ?? snapshot;

/** Applies the next item. */
export const applyItem = (replica: Replica, item: ReplicaItem): Applied => {
  if (item.seq <= replica.seq) return { type: 'repeated' };
  if (item.seq > replica.seq + 1) return { type: 'gap' };
  const snapshot = applyEvent(replica.snapshot, item.event, item.values);
  return { type: 'applied', replica: { snapshot, seq: item.seq } };
};
