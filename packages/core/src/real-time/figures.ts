import { countWaiting } from '../routing/queues.ts';
import type { AgentId } from '../site.ts';
import type { SiteState } from '../state.ts';

/** Calls that wait in a group now. */
export const countOf = (state: SiteState, groupId: number): number => countWaiting(state.queues, groupId);

export const figures = (state: SiteState, groupId: number, count: number) => ({
  ServiceGroupID: groupId,
  ServiceGroupName: state.directory.groups.get(groupId)?.name ?? '',
  CallsInQueue: count,
});

/** The groups whose figures an agent is told, by id. */
export const groupsOf = (state: SiteState, agentId: AgentId): number[] =>
  [...(state.realTime.groupsOf.get(agentId) ?? [])].sort((left, right) => left - right);

/** What an agent has been told last, for his snapshot. */
export const figuresOf = (state: SiteState, agentId: AgentId) =>
  groupsOf(state, agentId).map(groupId =>
    figures(state, groupId, state.realTime.told.get(groupId)?.get(agentId) ?? 0),
  );
