import type { RefusalReason } from '@cordboard/contract';
import type { Agent } from '../agent/agent.ts';
import type { AgentId } from '../site.ts';
import { emit, type Turn } from '../turn.ts';
import type { DispatchEvent, Item, ItemKind } from './dispatch.ts';
import { covers, isSubscribed, tenantOf } from './subscriptions.ts';

/** An item that the agent may ask for, or why not: it is his to see, and nobody else has it. */
export function findItem(turn: Turn, agent: Agent, kind: ItemKind, itemId: number): RefusalReason | Item {
  const { state } = turn;
  if (agent.presence.type !== 'loggedOn') return 'notLoggedOn';
  if (!isSubscribed(state, agent.id, kind)) return 'notSubscribed';
  const item = state.dispatch.items.get(itemId);
  if (item === undefined || item.kind !== kind || item.tenantId !== tenantOf(state, agent.id)) {
    return 'itemGone';
  }
  if (!covers(state, agent.id, item)) return 'notSubscribed';
  return isFreeFor(item, agent.id) ? item : 'reservedByAnother';
}

/** Not reserved by another, and not a personal call of another before its time. */
const isFreeFor = (item: Item, agentId: AgentId): boolean =>
  (item.reservedBy === 0 || item.reservedBy === agentId) && (item.general || item.ownerId === agentId);

/** Tests and sets in one step. For who has reserved it already nothing changes, the end of the lease neither. */
export function reserve(
  turn: Turn,
  agent: Agent,
  wanted: { kind: ItemKind; itemId: number; on: boolean },
): RefusalReason | null {
  const item = findItem(turn, agent, wanted.kind, wanted.itemId);
  if (typeof item === 'string') return item;
  const isHis = item.reservedBy === agent.id;
  if (wanted.on === isHis) return null;
  if (wanted.on) {
    const seconds = turn.state.configuration.timers.reservationSeconds ?? 120;
    emit(turn, {
      type: 'itemReserved',
      itemId: item.id,
      callId: item.callId,
      agentId: agent.id,
      until: turn.state.now + seconds * 1000,
    });
  } else {
    release(turn, item, 'asked');
  }
  return null;
}

export function release(
  turn: Turn,
  item: Item,
  cause: Extract<DispatchEvent, { type: 'itemReleased' }>['cause'],
): void {
  if (item.reservedBy === 0) return;
  emit(turn, {
    type: 'itemReleased',
    itemId: item.id,
    callId: item.callId,
    agentId: item.reservedBy,
    cause,
  });
}

export function becomeGeneral(turn: Turn, item: Item, cause: 'timeOut' | 'loggedOff'): void {
  if (item.general) return;
  emit(turn, { type: 'itemBecameGeneral', itemId: item.id, callId: item.callId, cause });
}

/** An agent who leaves keeps nothing for himself. */
export function leaveDispatch(turn: Turn, agentId: AgentId): void {
  const held = [...(turn.state.dispatch.held.get(agentId) ?? [])].sort((left, right) => left.id - right.id);
  for (const item of held) {
    if (item.reservedBy === agentId) release(turn, item, 'loggedOff');
    if (item.ownerId === agentId) becomeGeneral(turn, item, 'loggedOff');
  }
}
