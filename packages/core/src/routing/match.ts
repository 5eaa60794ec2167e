import type { Agent } from '../agent/agent.ts';
import type { Call, Service } from '../call/call.ts';
import { firstAcceptable } from '../order/indexed-heap.ts';
import type { AgentId } from '../site.ts';
import { agentOf, callOf, type SiteState } from '../state.ts';
import type { Turn } from '../turn.ts';
import { offer } from './offer.ts';
import { addSeats, isServedBefore, type Waiting } from './queues.ts';

/**
 * Brings together who waits and who is free, at the end of each step. Only agents who became free and calls that came
 * into a queue in this step are looked at: all others have been looked at before.
 */
export function match(turn: Turn): void {
  const { step } = turn.state;
  if (step.freed.length + step.queued.length > 1) {
    matchInOrder(turn);
    return;
  }
  const agentId = step.freed.shift();
  if (agentId !== undefined) serveNext(turn, agentId);
  const callId = step.queued.shift();
  if (callId !== undefined) findAgent(turn, callId);
}

/**
 * Several agents became free or calls came in the same step: none may take what it finds before another whose turn is
 * earlier. So the calls are gone through in the order of serving, over all groups concerned, and each goes to the best of
 * all who are free.
 */
function matchInOrder(turn: Turn): void {
  const { queues, step } = turn.state;
  const groupIds = new Set<number>();
  for (const agentId of step.freed.splice(0)) {
    if (!queues.available.has(agentId)) continue;
    addSeats(queues, agentId, agentOf(turn.state, agentId).idleOrder);
    for (const seat of queues.seats.get(agentId) ?? []) groupIds.add(seat.groupId);
  }
  for (const callId of step.queued.splice(0)) {
    const entry = queues.waiting.get(callId);
    if (entry !== undefined) groupIds.add(entry.groupId);
  }
  for (;;) {
    let best: Waiting | undefined;
    for (const groupId of groupIds) {
      const first = firstServable(turn.state, groupId);
      if (first !== undefined && (best === undefined || isServedBefore(first, best))) best = first;
    }
    if (best === undefined) return;
    findAgent(turn, best.callId);
  }
}

/** The first who waits in a group and for whom somebody is free. */
function firstServable(state: SiteState, groupId: number): Waiting | undefined {
  const group = state.queues.groups.get(groupId);
  if (group === undefined || group.waiting.size === 0 || group.available.size === 0) return undefined;
  return firstAcceptable(group.waiting, ({ callId }) => {
    const call = callOf(state, callId);
    return (
      firstAcceptable(group.available, each => mayServe(state, agentOf(state, each.agentId), call)) !==
      undefined
    );
  });
}

/** A free agent gets the first of all that wait in the groups that he serves: by priority, then by arrival. */
function serveNext(turn: Turn, agentId: AgentId): void {
  const { state } = turn;
  if (!state.queues.available.has(agentId)) return;
  const agent = agentOf(state, agentId);
  let best: Waiting | undefined;
  for (const seat of state.queues.seats.get(agentId) ?? []) {
    const group = state.queues.groups.get(seat.groupId);
    if (group === undefined || group.waiting.size === 0) continue;
    const first = firstAcceptable(group.waiting, each => mayServe(state, agent, callOf(state, each.callId)));
    if (first !== undefined && (best === undefined || isServedBefore(first, best))) best = first;
  }
  if (best === undefined) addSeats(state.queues, agentId, agent.idleOrder);
  else offer(turn, callOf(state, best.callId), agent);
}

/** A waiting call goes to the best skilled and then longest idle of those who are free. */
function findAgent(turn: Turn, callId: number): void {
  const { state } = turn;
  const entry = state.queues.waiting.get(callId);
  if (entry === undefined || entry.heapIndex === -1) return;
  const call = callOf(state, callId);
  const group = state.queues.groups.get(entry.groupId);
  if (group === undefined) return;
  const seat = firstAcceptable(group.available, each => mayServe(state, agentOf(state, each.agentId), call));
  if (seat !== undefined) offer(turn, call, agentOf(state, seat.agentId));
}

/** Who has rejected a call gets it again only after a while, or after he became Ready anew. */
function mayServe(state: SiteState, agent: Agent, call: Call): boolean {
  const service: Service | null = call.service;
  if (service === null || service.declined.length === 0) return true;
  return !service.declined.some(
    each => each.agentId === agent.id && each.until > state.now && each.readyCount === agent.readyCount,
  );
}
