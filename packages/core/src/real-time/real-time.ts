import type { NamedArgumentsOf, RefusalReason } from '@cordboard/contract';
import type { Agent } from '../agent/agent.ts';
import { tenantOf } from '../dispatch/subscriptions.ts';
import { countWaiting } from '../routing/queues.ts';
import type { AgentId, Time } from '../site.ts';
import { agentOf, nextOrder, type SiteState } from '../state.ts';
import { publish } from '../stream/publish.ts';
import { emit, type Turn } from '../turn.ts';

/** A group's figures are told at most this often. */
export const betweenFigures = 1000;

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

/** By name, or else by id: the name wins. */
export function subscribeRealTime(
  turn: Turn,
  agent: Agent,
  wanted: NamedArgumentsOf<'subscribeRealTimeInformation'>,
): RefusalReason | null {
  const { state } = turn;
  if (agent.presence.type !== 'loggedOn') return 'notLoggedOn';
  const groupId = findGroup(state, agent, wanted);
  if (groupId === undefined) return 'unknownServiceGroup';
  const has = state.realTime.told.get(groupId)?.has(agent.id) ?? false;
  if (wanted.subscribe || has) {
    emit(turn, { type: 'realTimeSubscribed', agentId: agent.id, groupId, on: wanted.subscribe });
  }
  return null;
}

function findGroup(
  state: SiteState,
  agent: Agent,
  { serviceGroupId, serviceGroupName }: { serviceGroupId: number; serviceGroupName: string },
): number | undefined {
  const tenantId = tenantOf(state, agent.id);
  const name = plain(serviceGroupName);
  const group = state.configuration.serviceGroups.find(
    each =>
      each.tenantId === tenantId && (name === '' ? each.id === serviceGroupId : plain(each.name) === name),
  );
  return group?.id;
}

const plain = (name: string): string => name.trim().toLowerCase();

const countOf = (state: SiteState, groupId: number): number => countWaiting(state.queues, groupId);

export function evolveRealTime(state: SiteState, { agentId, groupId, on }: RealTimeEvent): void {
  if (!on) {
    unsubscribe(state, agentId, groupId);
    state.step.coverage.add(agentId);
    return;
  }
  const { realTime } = state;
  const told = realTime.told.get(groupId) ?? new Map<AgentId, number>();
  realTime.told.set(groupId, told);
  told.set(agentId, countOf(state, groupId));
  indexGroup(realTime, agentId, groupId);
  realTime.toldAt.set(groupId, state.now);
  tell(state, agentId, groupId, countOf(state, groupId));
}

function indexGroup(realTime: RealTime, agentId: AgentId, groupId: number): void {
  const groups = realTime.groupsOf.get(agentId);
  if (groups === undefined) realTime.groupsOf.set(agentId, new Set([groupId]));
  else groups.add(groupId);
}

function unsubscribe(state: SiteState, agentId: AgentId, groupId: number): void {
  const { told, toldAt, groupsOf } = state.realTime;
  groupsOf.get(agentId)?.delete(groupId);
  if (groupsOf.get(agentId)?.size === 0) groupsOf.delete(agentId);
  told.get(groupId)?.delete(agentId);
  if (told.get(groupId)?.size !== 0) return;
  told.delete(groupId);
  toldAt.delete(groupId);
  state.timers.cancel('realTime', groupId);
}

/** Subscriptions end with the log-off. */
export function forgetRealTime(state: SiteState, agentId: AgentId): void {
  const groups = state.realTime.groupsOf.get(agentId);
  if (groups === undefined) return;
  for (const groupId of [...groups]) unsubscribe(state, agentId, groupId);
  state.step.coverage.add(agentId);
}

/** A group is gone, or of another tenant, or has another name. */
export function reconfigureRealTime(state: SiteState): void {
  for (const [agentId, groups] of [...state.realTime.groupsOf]) {
    for (const groupId of [...groups]) {
      const group = state.directory.groups.get(groupId);
      if (group !== undefined && group.tenantId === tenantOf(state, agentId)) continue;
      unsubscribe(state, agentId, groupId);
      state.step.coverage.add(agentId);
    }
  }
}

/** At the end of a step: what has changed is told at once, or when a second is over since the last time. */
export function publishFigures(state: SiteState): void {
  for (const groupId of state.step.counted) {
    const told = state.realTime.told.get(groupId);
    if (told !== undefined) tellGroup(state, groupId, told);
  }
}

function tellGroup(state: SiteState, groupId: number, told: Map<AgentId, number>): void {
  const due = (state.realTime.toldAt.get(groupId) ?? 0) + betweenFigures;
  if (due > state.now) {
    if (!state.timers.has('realTime', groupId)) {
      state.timers.set({ type: 'realTime', id: groupId, due, order: nextOrder(state) });
    }
    return;
  }
  const count = countOf(state, groupId);
  for (const [agentId, before] of told) {
    if (before === count) continue;
    told.set(agentId, count);
    state.realTime.toldAt.set(groupId, state.now);
    tell(state, agentId, groupId, count);
  }
}

const figures = (state: SiteState, groupId: number, count: number) => ({
  ServiceGroupID: groupId,
  ServiceGroupName: state.directory.groups.get(groupId)?.name ?? '',
  CallsInQueue: count,
});

function tell(state: SiteState, agentId: AgentId, groupId: number, count: number): void {
  publish(state, agentOf(state, agentId), {
    event: 'OnRealTimeInformationUpdate',
    values: [figures(state, groupId, count)],
  });
}

/** The groups whose figures an agent is told, by id. */
export const groupsOf = (state: SiteState, agentId: AgentId): number[] =>
  [...(state.realTime.groupsOf.get(agentId) ?? [])].sort((left, right) => left - right);

/** What an agent has been told last, for his snapshot. */
export const figuresOf = (state: SiteState, agentId: AgentId) =>
  groupsOf(state, agentId).map(groupId =>
    figures(state, groupId, state.realTime.told.get(groupId)?.get(agentId) ?? 0),
  );

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
