import { setCaller } from '../call/set-caller.ts';
import { callOf, nextOrder, type SiteState } from '../state.ts';
import type { DispatchEvent } from './dispatch.ts';
import { evolveEnabled, evolveSubscribed } from './evolve-subscriptions.ts';
import { addItem, hold, itemChanged, letGo, removeItem, setRoutable } from './items.ts';

export function evolveDispatch(state: SiteState, event: DispatchEvent): void {
  switch (event.type) {
    case 'dispatchSubscribed':
      evolveSubscribed(state, event);
      return;
    case 'dispatchEnabled':
      evolveEnabled(state, event.agentId, event.on);
      return;
    case 'callPlaced':
      place(state, event);
      return;
    case 'callUnplaced':
      removeItem(state, event.itemId);
      state.timers.cancel('place', event.callId);
      callOf(state, event.callId).place = null;
      return;
    case 'recallDeferred':
      setPlaceTimer(state, event.callId, event.due);
      return;
    default:
      evolveItem(state, event);
  }
}

function evolveItem(
  state: SiteState,
  event: Extract<DispatchEvent, { type: 'itemReserved' | 'itemReleased' | 'itemBecameGeneral' }>,
): void {
  const item = state.dispatch.items.get(event.itemId);
  if (item === undefined) return;
  itemChanged(state, item);
  switch (event.type) {
    case 'itemReserved':
      item.reservedBy = event.agentId;
      hold(state.dispatch, event.agentId, item);
      state.timers.set({ type: 'reservation', id: item.id, due: event.until, order: nextOrder(state) });
      setRoutable(state, item);
      return;
    case 'itemReleased':
      item.reservedBy = 0;
      letGo(state.dispatch, event.agentId, item);
      state.timers.cancel('reservation', item.id);
      setRoutable(state, item);
      return;
    case 'itemBecameGeneral': {
      item.general = true;
      letGo(state.dispatch, item.ownerId, item);
      state.timers.cancel('place', event.callId);
      const waiting = callOf(state, event.callId).place;
      if (waiting !== null) waiting.general = true;
    }
  }
}

const setPlaceTimer = (state: SiteState, callId: number, due: number): void =>
  state.timers.set({ type: 'place', id: callId, due, order: nextOrder(state) });

function place(state: SiteState, event: Extract<DispatchEvent, { type: 'callPlaced' }>): void {
  const call = callOf(state, event.callId);
  state.counters.session = Math.max(state.counters.session, event.itemId);
  call.origin = event.origin;
  setCaller(state, call, event);
  call.place = { ...event.place, stage: { type: 'waiting', itemId: event.itemId } };
  const { kind, tenantId, groupId, since, agentId, general, due } = event.place;
  const ownerId = kind === 'personal' ? agentId : 0;
  addItem(state, {
    id: event.itemId,
    kind,
    callId: call.id,
    tenantId,
    groupId,
    since,
    ownerId,
    general,
    reservedBy: 0,
    told: false,
  });
  if (kind === 'commonHold' || !general) setPlaceTimer(state, call.id, due);
}
