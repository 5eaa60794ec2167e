import { tenantOf } from '../dispatch/subscriptions.ts';
import type { AgentId } from '../site.ts';
import { agentOf, nextOrder, type SiteState } from '../state.ts';
import { publish } from '../stream/publish.ts';
import { countOf, figures } from './figures.ts';
import { indexGroup, type RealTimeEvent } from './real-time.ts';

/** A group's figures are told at most this often. */
export const betweenFigures = 1000;

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
  // who comes late is told at once, and does not put off what the others are waiting for
  if (!realTime.toldAt.has(groupId)) realTime.toldAt.set(groupId, state.now);
  tell(state, agentId, groupId, countOf(state, groupId));
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

function tell(state: SiteState, agentId: AgentId, groupId: number, count: number): void {
  publish(state, agentOf(state, agentId), {
    event: 'OnRealTimeInformationUpdate',
    values: [figures(state, groupId, count)],
  });
}
