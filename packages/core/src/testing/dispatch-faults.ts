import type { Call } from '../call/call.ts';
import { type Item, keyOf, type Place } from '../dispatch/dispatch.ts';
import { isRoutable, itemOf } from '../dispatch/items.ts';
import type { SiteState } from '../state.ts';

/** What waits to be picked stands in one place, and every index agrees. */
export function* dispatchFaults(state: SiteState): Generator<string> {
  yield* placeFaults(state);
  yield* itemFaults(state);
  yield* timerFaults(state);
  for (const [key, agentIds] of state.dispatch.audience) {
    for (const agentId of agentIds) {
      if (state.dispatch.subscriptions.get(agentId)?.enabled !== true) {
        yield `agent ${agentId} is told of ${key} and has not enabled it`;
      }
    }
  }
  for (const agentId of state.dispatch.subscriptions.keys()) {
    if (state.agents.get(agentId)?.presence.type === 'loggedOff')
      yield `agent ${agentId} is gone and subscribed`;
  }
}

function* placeFaults(state: SiteState): Generator<string> {
  for (const call of state.calls.values()) {
    const item = itemOf(state, call);
    const group = state.directory.groups.get(call.service?.groupId ?? 0);
    const waits = call.service?.stage.type === 'waiting';
    if (waits && call.place !== null) yield `call ${call.id} waits in two places`;
    if (waits && group !== undefined && (item === undefined) !== (group.dispatch === 'push')) {
      yield `call ${call.id} waits and is no item, or is one and should not`;
    }
    const entry = state.queues.waiting.get(call.id);
    if (entry !== undefined && (entry.heapIndex !== -1) !== isRoutable(state, call)) {
      yield `call ${call.id} is for the router and should not be, or the other way round`;
    }
    if (call.place !== null && !call.ended) yield* waitingFaults(state, call, call.place, item);
  }
}

function* waitingFaults(
  state: SiteState,
  call: Call,
  place: Place,
  item: Item | undefined,
): Generator<string> {
  if (!call.legs.includes(call.origin)) yield `call ${call.id} is placed and nobody waits in it`;
  if (place.stage.type === 'waiting' && item?.kind !== place.kind)
    yield `call ${call.id} is placed and no item`;
  if (place.stage.type === 'offered') {
    const session = state.sessions.get(place.stage.sessionId);
    if (session?.phase.type !== 'offered' || session.callId !== call.id) {
      yield `call ${call.id} is given to nobody`;
    }
  }
}

function* itemFaults(state: SiteState): Generator<string> {
  for (const item of state.dispatch.items.values()) {
    const call = state.calls.get(item.callId);
    if (call === undefined || itemOf(state, call) !== item) yield `item ${item.id} is of no call that waits`;
    if (!item.told) yield `item ${item.id} is nobody's news`;
    if (state.dispatch.waiting.get(keyOf(item.kind, item.tenantId, 0))?.has(item) !== true) {
      yield `item ${item.id} is in no index`;
    }
    yield* holderFaults(state, item);
  }
  let indexed = 0;
  for (const [key, items] of state.dispatch.waiting) if (key.endsWith(':0')) indexed += items.size;
  if (indexed !== state.dispatch.items.size) yield 'what is gone is still in an index';
}

function* holderFaults(state: SiteState, item: Item): Generator<string> {
  const holder = item.reservedBy;
  if (holder !== 0) {
    if (state.agents.get(holder)?.presence.type !== 'loggedOn') yield `item ${item.id} is kept for nobody`;
    if (state.dispatch.held.get(holder)?.has(item) !== true) yield `item ${item.id} is not in its holder's`;
  }
  if (!item.general && state.agents.get(item.ownerId)?.presence.type !== 'loggedOn') {
    yield `item ${item.id} is the own of somebody who is gone`;
  }
}

function* timerFaults(state: SiteState): Generator<string> {
  for (const item of state.dispatch.items.values()) {
    if ((item.reservedBy !== 0) !== state.timers.has('reservation', item.id))
      yield `lease of item ${item.id}`;
    const isTimed = item.kind === 'commonHold' || !item.general;
    if (isTimed !== state.timers.has('place', item.callId)) yield `time of item ${item.id}`;
  }
  for (const { type, id } of state.timers.save()) {
    if (type === 'reservation' && !state.dispatch.items.has(id)) yield `lease of item ${id}, which is gone`;
    if (type === 'place' && state.calls.get(id)?.place?.stage.type !== 'waiting') {
      yield `time of call ${id}, which is nowhere`;
    }
  }
}
