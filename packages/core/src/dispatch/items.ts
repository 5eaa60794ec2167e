import type { Call } from '../call/call.ts';
import { addToHeap, removeFromHeap } from '../routing/queues.ts';
import type { SiteState } from '../state.ts';
import { type Dispatch, type Item, keyOf } from './dispatch.ts';
import { projectItem } from './project-item.ts';

/** The indexes of what waits. Every change is noted, so that the end of the step can tell the subscribers. */

const keysOf = ({ kind, tenantId, groupId }: Item): string[] =>
  groupId === 0 ? [keyOf(kind, tenantId, 0)] : [keyOf(kind, tenantId, 0), keyOf(kind, tenantId, groupId)];

function index(dispatch: Dispatch, item: Item): void {
  for (const key of keysOf(item)) {
    const waiting = dispatch.waiting.get(key);
    if (waiting === undefined) dispatch.waiting.set(key, new Set([item]));
    else waiting.add(item);
  }
  hold(dispatch, item.reservedBy, item);
  if (!item.general) hold(dispatch, item.ownerId, item);
}

export function hold(dispatch: Dispatch, agentId: number, item: Item): void {
  if (agentId === 0) return;
  const held = dispatch.held.get(agentId);
  if (held === undefined) dispatch.held.set(agentId, new Set([item]));
  else held.add(item);
}

/** Unless he still owns or has reserved it. */
export function letGo(dispatch: Dispatch, agentId: number, item: Item): void {
  const isHis = item.reservedBy === agentId || (!item.general && item.ownerId === agentId);
  if (agentId === 0 || isHis) return;
  const held = dispatch.held.get(agentId);
  held?.delete(item);
  if (held?.size === 0) dispatch.held.delete(agentId);
}

export function addItem(state: SiteState, item: Item): void {
  state.dispatch.items.set(item.id, item);
  index(state.dispatch, item);
  state.step.freshItems.add(item);
}

/** Delivered, routed, or its caller has gone. Who has heard of it hears what it was last. */
export function removeItem(state: SiteState, itemId: number): void {
  const { dispatch, step } = state;
  const item = dispatch.items.get(itemId);
  if (item === undefined) return;
  if (item.told) step.goneItems.push({ item, told: projectItem(state, item) });
  dispatch.items.delete(itemId);
  step.freshItems.delete(item);
  step.changedItems.delete(item);
  state.timers.cancel('reservation', itemId);
  for (const key of keysOf(item)) {
    const waiting = dispatch.waiting.get(key);
    waiting?.delete(item);
    if (waiting?.size === 0) dispatch.waiting.delete(key);
  }
  const { ownerId, reservedBy } = item;
  item.reservedBy = 0;
  item.general = true;
  letGo(dispatch, ownerId, item);
  letGo(dispatch, reservedBy, item);
}

export function itemChanged(state: SiteState, item: Item | undefined): void {
  if (item?.told === true) state.step.changedItems.add(item);
}

/** Its place in the queue went over to another call, whose parties wait there now. */
export function itemMoved(state: SiteState, call: Call): void {
  const item = itemOf(state, call);
  if (item === undefined) return;
  item.callId = call.id;
  itemChanged(state, item);
}

/** The item of a call that waits. */
export function itemOf(state: SiteState, call: Call): Item | undefined {
  const stage = call.service?.stage.type === 'waiting' ? call.service.stage : call.place?.stage;
  return stage?.type === 'waiting' ? state.dispatch.items.get(stage.itemId) : undefined;
}

/** A call came into a service group's queue, or its group is to be picked from now. */
export function addVoiceItem(state: SiteState, call: Call): void {
  const { service } = call;
  const group = state.directory.groups.get(service?.groupId ?? 0);
  if (service?.stage.type !== 'waiting' || group === undefined || group.dispatch === 'push') return;
  addItem(state, {
    id: service.stage.itemId,
    kind: 'voice',
    callId: call.id,
    tenantId: group.tenantId,
    groupId: service.groupId,
    since: service.since,
    ownerId: 0,
    general: true,
    reservedBy: 0,
    told: false,
  });
}

/** The router leaves alone what is reserved. */
export function setRoutable(state: SiteState, item: Item): void {
  const entry = state.queues.waiting.get(item.callId);
  const call = state.calls.get(item.callId);
  if (entry === undefined || call === undefined) return;
  const routable = isRoutable(state, call);
  if (routable && entry.heapIndex === -1) {
    addToHeap(state.queues, entry);
    state.step.queued.push(item.callId);
  }
  if (!routable && entry.heapIndex !== -1) removeFromHeap(state.queues, entry);
}

/** Whether the router may offer a waiting call: nobody has reserved it, it does not rest, and its group is not for picking alone. */
export function isRoutable(state: SiteState, call: Call): boolean {
  const { service } = call;
  if (service?.stage.type !== 'waiting') return false;
  if (service.waiting.callback?.retryAt !== undefined) return false;
  if (state.directory.groups.get(service.groupId)?.dispatch === 'pick') return false;
  return (state.dispatch.items.get(service.stage.itemId)?.reservedBy ?? 0) === 0;
}

/** After a restart: the indexes from the items. */
export function indexItems(dispatch: Dispatch): void {
  for (const item of dispatch.items.values()) index(dispatch, item);
}
