import type { AgentId, Time } from '../site.ts';

/** Who wants to hear how many calls wait. Counting costs nothing: the queues know it. */
export interface RealTime {
  /** by group, what each agent has been told */
  told: Map<number, Map<AgentId, number>>;
  /** by group, when that was last */
  toldAt: Map<number, Time>;
  /** derived */
  groupsOf: Map<AgentId, Set<number>>;
}

export const createRealTime = (): RealTime => ({ told: new Map(), toldAt: new Map(), groupsOf: new Map() });

export interface RealTimeEvent {
  type: 'realTimeSubscribed';
  agentId: AgentId;
  groupId: number;
  on: boolean;
}

export function indexGroup(realTime: RealTime, agentId: AgentId, groupId: number): void {
  const groups = realTime.groupsOf.get(agentId);
  if (groups === undefined) realTime.groupsOf.set(agentId, new Set([groupId]));
  else groups.add(groupId);
}

export interface SavedRealTime {
  told: [groupId: number, [agentId: AgentId, count: number][]][];
  toldAt: [groupId: number, at: Time][];
}

export const saveRealTime = ({ told, toldAt }: RealTime): SavedRealTime => ({
  told: [...told].map(([groupId, counts]) => [groupId, [...counts]]),
  toldAt: [...toldAt],
});

export function restoreRealTime(saved: SavedRealTime | undefined): RealTime {
  const realTime = createRealTime();
  for (const [groupId, counts] of saved?.told ?? []) {
    realTime.told.set(groupId, new Map(counts));
    for (const [agentId] of counts) indexGroup(realTime, agentId, groupId);
  }
  for (const [groupId, at] of saved?.toldAt ?? []) realTime.toldAt.set(groupId, at);
  return realTime;
}
