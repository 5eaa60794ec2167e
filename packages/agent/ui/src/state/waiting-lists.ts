import type { AgentSnapshot } from '@cordboard/contract';
import type { AgentClient } from '@cordboard/sdk';
import type { WaitingRow } from '../workspace/waiting-rows.tsx';

/** A list that an agent picks from, and what he asks with its rows. */
export interface WaitingList {
  kind: 'voice' | 'commonHold' | 'personal';
  rows: readonly WaitingRow[];
  reserve(client: AgentClient, id: number, wanted: boolean): Promise<boolean>;
  retrieve(client: AgentClient, id: number): Promise<boolean>;
}

/** Who waits longest stands first. */
const byAge = (rows: WaitingRow[]): WaitingRow[] =>
  rows.sort((a, b) => (a.since ?? '').localeCompare(b.since ?? '') || a.id - b.id);

export const waitingLists = (
  { dispatch, user, serviceGroups }: Readonly<AgentSnapshot>,
  privileges: readonly string[],
): WaitingList[] => {
  const group = (id: number) => serviceGroups.find(each => each.id === id)?.name ?? '';
  const title = (...parts: string[]) => parts.filter(each => each !== '').join(' · ');
  const isMine = (name: string) => name !== '' && name === user.UserName;
  const lists: (WaitingList & { privilege: string })[] = [
    {
      kind: 'voice',
      privilege: 'dispatchVoice',
      rows: byAge(
        dispatch.voiceCalls.map(each => ({
          id: each.ID,
          title: title(each.Number, group(each.ServiceGroupID)),
          since: each.QueueStartTime,
          reservedBy: each.ReservedAgentName,
          mine: isMine(each.ReservedAgentName),
        })),
      ),
      reserve: (client, id, wanted) => client.reserveDispatchVoiceCall(id, wanted),
      retrieve: (client, id) => client.retrieveDispatchVoiceCall(id),
    },
    {
      kind: 'commonHold',
      privilege: 'dispatchCommonHold',
      rows: byAge(
        dispatch.commonHoldCalls.map(each => ({
          id: each.ID,
          title: each.Number,
          since: each.QueueStartTime,
          reservedBy: each.ReservedAgentName,
          mine: isMine(each.ReservedAgentName),
        })),
      ),
      reserve: (client, id, wanted) => client.reserveDispatchCommonHoldCall(id, wanted),
      retrieve: (client, id) => client.retrieveDispatchCommonHoldCall(id),
    },
    {
      kind: 'personal',
      privilege: 'dispatchPersonal',
      rows: byAge(
        dispatch.personalCalls.map(each => ({
          id: each.ID,
          title: title(each.Number, each.PreferredAgentName),
          since: each.QueueStartTime,
          reservedBy: '',
          mine: false,
        })),
      ),
      reserve: (client, id, wanted) => client.reserveDispatchPersonalCall(id, wanted),
      retrieve: (client, id) => client.retrieveDispatchPersonalCall(id),
    },
  ];
  return lists.filter(each => privileges.includes(each.privilege));
};
