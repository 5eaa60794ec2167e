import { countWaiting, queuesOf } from './routing/queues.ts';
import type { SiteState } from './state.ts';

/** What a group looks like now, for metrics. */
export interface GroupFigures {
  groupId: number;
  name: string;
  callsInQueue: number;
  /** of those who wait now; 0 when nobody does */
  longestWaitSeconds: number;
  agentsLoggedOn: number;
  agentsAvailable: number;
  /** with a session, wrap-up included */
  agentsBusy: number;
}

/** Counts everything anew: for a scrape every few seconds, not for a decision. `now` may be later than the last step. */
export function groupFigures(state: SiteState, now: number = state.now): GroupFigures[] {
  const figures = new Map<number, GroupFigures>();
  for (const group of state.configuration.serviceGroups) {
    if (group.media !== 'voice') continue;
    const queue = state.queues.groups.get(group.id);
    figures.set(group.id, {
      groupId: group.id,
      name: group.name,
      callsInQueue: countWaiting(state.queues, group.id),
      longestWaitSeconds: longestWait(state, group.id, now),
      agentsLoggedOn: 0,
      agentsAvailable: queue?.available.size ?? 0,
      agentsBusy: 0,
    });
  }
  for (const [agentId, seats] of state.queues.seats) {
    const busy = (state.agents.get(agentId)?.sessions.length ?? 0) > 0;
    for (const { groupId } of seats) {
      const each = figures.get(groupId);
      if (each === undefined) continue;
      each.agentsLoggedOn += 1;
      if (busy) each.agentsBusy += 1;
    }
  }
  return [...figures.values()];
}

function longestWait(state: SiteState, groupId: number, now: number): number {
  let since = now;
  for (const { present } of queuesOf(state.queues, groupId)) {
    for (const { callId } of present) {
      since = Math.min(since, state.calls.get(callId)?.service?.since ?? now);
    }
  }
  return Math.max(0, Math.floor((now - since) / 1000));
}
