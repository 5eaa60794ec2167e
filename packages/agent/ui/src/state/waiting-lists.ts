import type { AgentSnapshot } from '@cordboard/contract';
import type { AgentClient } from '@cordboard/sdk';

export interface WaitingRow {
  id: number;
  title: string;
  since: string | null;
  /** empty = nobody */
  reservedBy: string;
  /** by this agent */
  mine: boolean;
}

/** A list that an agent picks from, and what he asks with its rows. */
export interface WaitingList {
  kind: 'voice' | 'commonHold' | 'personal';
  rows: readonly WaitingRow[];
  reserve(client: AgentClient, id: number, wanted: boolean): Promise<boolean>;
  retrieve(client: AgentClient, id: number): Promise<boolean>;
}

/** The same functions each time, so that buttons that have them need not be made anew. */
const actions: Record<WaitingList['kind'], Pick<WaitingList, 'reserve' | 'retrieve'>> = {
  voice: {
    reserve: (client, id, wanted) => client.reserveDispatchVoiceCall(id, wanted),
    retrieve: (client, id) => client.retrieveDispatchVoiceCall(id),
  },
  commonHold: {
    reserve: (client, id, wanted) => client.reserveDispatchCommonHoldCall(id, wanted),
    retrieve: (client, id) => client.retrieveDispatchCommonHoldCall(id),
  },
  personal: {
    reserve: (client, id, wanted) => client.reserveDispatchPersonalCall(id, wanted),
    retrieve: (client, id) => client.retrieveDispatchPersonalCall(id),
  },
};

/** What the kinds of items have in common; of a personal call nobody is told who reserved it. */
interface Item {
  ID: number;
  Number: string;
  QueueStartTime: string | null;
  ReservedAgentID?: number;
  ReservedAgentName?: string;
}

/** Who waits longest stands first. */
const byAge = (rows: WaitingRow[]): WaitingRow[] =>
  rows.sort((a, b) => {
    // ISO 8601 in UTC: as text in the order of time
    const [first, second] = [a.since ?? '', b.since ?? ''];
    if (first === second) return a.id - b.id;
    return first < second ? -1 : 1;
  });

/** Rows of items; names are not unique, so an item is the agent's own by his id. */
const rowsOf = <Kind extends Item>(
  items: readonly Kind[],
  agentId: number,
  about: (item: Kind) => string,
): WaitingRow[] =>
  byAge(
    items.map(item => ({
      id: item.ID,
      title: [item.Number, about(item)].filter(each => each !== '').join(' · '),
      since: item.QueueStartTime,
      reservedBy: item.ReservedAgentName ?? '',
      mine: item.ReservedAgentID === agentId,
    })),
  );

export const waitingLists = (
  { dispatch, user, serviceGroups }: Readonly<Pick<AgentSnapshot, 'dispatch' | 'user' | 'serviceGroups'>>,
  privileges: readonly string[],
): WaitingList[] => {
  const names = new Map(serviceGroups.map(each => [each.id, each.name]));
  const me = user.RecordID;
  const lists: (WaitingList & { privilege: string })[] = [
    {
      kind: 'voice',
      privilege: 'dispatchVoice',
      rows: rowsOf(dispatch.voiceCalls, me, each => names.get(each.ServiceGroupID) ?? ''),
      ...actions.voice,
    },
    {
      kind: 'commonHold',
      privilege: 'dispatchCommonHold',
      rows: rowsOf(dispatch.commonHoldCalls, me, () => ''),
      ...actions.commonHold,
    },
    {
      kind: 'personal',
      privilege: 'dispatchPersonal',
      rows: rowsOf(dispatch.personalCalls, me, each => each.PreferredAgentName),
      ...actions.personal,
    },
  ];
  return lists.filter(each => privileges.includes(each.privilege));
};
