import { CallType, type RefusalReason } from '@cordboard/contract';
import { type Agent, extensionOf } from '../agent/agent.ts';
import { isSteady, linesInUse, maximumLines } from '../call/allowed.ts';
import type { Call, Placed } from '../call/call.ts';
import { ringAt } from '../call/ring-at.ts';
import { offer } from '../routing/offer.ts';
import { callOf, type SiteState } from '../state.ts';
import type { Turn } from '../turn.ts';
import type { ItemKind } from './dispatch.ts';
import { findItem } from './reserve.ts';

/** Delivers what waits to the agent who asks for it, Ready or not: it rings at him, and is gone for all others. */
export function retrieve(turn: Turn, agent: Agent, kind: ItemKind, itemId: number): RefusalReason | null {
  const { state } = turn;
  const item = findItem(turn, agent, kind, itemId);
  if (typeof item === 'string') return item;
  if (state.phones.get(extensionOf(agent))?.registered !== true) return 'phoneNotRegistered';
  if (!canRing(state, agent)) return 'cannotMakeCall';
  const call = callOf(state, item.callId);
  if (isPlaced(call)) offerPlaced(turn, call, agent, CallType.Incoming);
  else offer(turn, call, agent);
  return null;
}

/** Nothing is being set up or cleared at his phone, and a line is free. */
export const canRing = (state: SiteState, agent: Agent): boolean =>
  isSteady(state, agent) && linesInUse(state, agent) < maximumLines;

/** The call waits, or rings, beside the queues. */
export const isPlaced = (call: Call): call is Placed => call.place !== null;

/** Rings at an agent: who picked it, or who parked it and gets it back. */
export function offerPlaced(turn: Turn, call: Placed, agent: Agent, type: CallType): void {
  const { place } = call;
  if (place.stage.type !== 'waiting') return;
  const group = turn.state.directory.groups.get(place.service?.groupId ?? place.groupId);
  ringAt(turn, call, agent, {
    sessionId: place.stage.itemId,
    type,
    service: place.service,
    seconds: group?.ringSeconds ?? 20,
  });
}
