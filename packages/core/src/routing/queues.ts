import type { Call } from '../call/call.ts';
import { type HeapEntry, IndexedHeap } from '../order/indexed-heap.ts';
import type { AgentId } from '../site.ts';

/** An agent's place in one service group: in its heap while he is available. */
export interface Seat extends HeapEntry {
  agentId: AgentId;
  groupId: number;
  level: number;
  idleOrder: number;
}

/** A waiting call's place in its service group. */
export interface Waiting extends HeapEntry {
  callId: number;
  groupId: number;
  priority: number;
  order: number;
}

/** One service group: who waits, and who could serve. Both in the order of serving. */
export interface GroupQueue {
  /** those that the router may offer */
  waiting: IndexedHeap<Waiting>;
  /** all, reserved ones and those to be picked too */
  present: Set<Waiting>;
  available: IndexedHeap<Seat>;
}

/** Higher priority (smaller number) first, then the earlier arrival. */
export const isServedBefore = (left: Waiting, right: Waiting): boolean =>
  left.priority < right.priority || (left.priority === right.priority && left.order < right.order);

/** The better skill first, then the longer idle. */
const serves = (left: Seat, right: Seat): boolean =>
  left.level < right.level || (left.level === right.level && left.idleOrder < right.idleOrder);

/** Calls of a group that more agents than its own serve wait in a queue beside it. */
export const widenedQueue = (groupId: number): number => -groupId;

/** All queues of a service group. */
export const queuesOf = (queues: Queues, groupId: number): GroupQueue[] =>
  [queues.groups.get(groupId), queues.groups.get(widenedQueue(groupId))].filter(each => each !== undefined);

/** The indexes that routing uses; all of it follows from the rest of the state. */
export interface Queues {
  groups: Map<number, GroupQueue>;
  /** of agents who are logged on */
  seats: Map<AgentId, Seat[]>;
  available: Set<AgentId>;
  waiting: Map<number, Waiting>;
}

export const createQueues = (): Queues => ({
  groups: new Map(),
  seats: new Map(),
  available: new Set(),
  waiting: new Map(),
});

export function queueOf(queues: Queues, groupId: number): GroupQueue {
  const known = queues.groups.get(groupId);
  if (known !== undefined) return known;
  const queue = {
    waiting: new IndexedHeap<Waiting>(isServedBefore),
    present: new Set<Waiting>(),
    available: new IndexedHeap<Seat>(serves),
  };
  queues.groups.set(groupId, queue);
  return queue;
}

/** `routable`: the router may offer it. */
export function addWaiting(queues: Queues, call: Call, routable: boolean): void {
  const { service } = call;
  if (service === null) return;
  const entry: Waiting = {
    callId: call.id,
    groupId: service.waiting.widened ? widenedQueue(service.groupId) : service.groupId,
    priority: service.priority,
    order: service.order,
    heapIndex: -1,
  };
  queues.waiting.set(call.id, entry);
  queueOf(queues, entry.groupId).present.add(entry);
  if (routable) addToHeap(queues, entry);
}

export const addToHeap = (queues: Queues, entry: Waiting): void =>
  queueOf(queues, entry.groupId).waiting.add(entry);

export const removeFromHeap = (queues: Queues, entry: Waiting): void =>
  queueOf(queues, entry.groupId).waiting.remove(entry);

/** How many calls wait in a service group. */
export const countWaiting = (queues: Queues, groupId: number): number =>
  queuesOf(queues, groupId).reduce((sum, each) => sum + each.present.size, 0);

export function removeWaiting(queues: Queues, callId: number): void {
  const entry = queues.waiting.get(callId);
  if (entry === undefined) return;
  queues.waiting.delete(callId);
  queueOf(queues, entry.groupId).present.delete(entry);
  if (entry.heapIndex !== -1) removeFromHeap(queues, entry);
}

/**
 * Puts an available agent into the heaps of the groups that he serves. It is left to the end of the step in which he
 * became free: where calls wait he gets one before, and ten heaps are not touched twice.
 */
export function addSeats(queues: Queues, agentId: AgentId, idleOrder: number): void {
  for (const seat of queues.seats.get(agentId) ?? []) {
    if (seat.heapIndex !== -1) continue;
    seat.idleOrder = idleOrder;
    queueOf(queues, seat.groupId).available.add(seat);
  }
}

export function removeAvailable(queues: Queues, agentId: AgentId): void {
  queues.available.delete(agentId);
  for (const seat of queues.seats.get(agentId) ?? []) {
    if (seat.heapIndex !== -1) queueOf(queues, seat.groupId).available.remove(seat);
  }
}
