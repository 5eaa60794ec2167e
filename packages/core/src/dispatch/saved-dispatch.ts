import type { AgentId } from '../site.ts';
import { createDispatch, type Dispatch, type Item, type Subscriptions } from './dispatch.ts';
import { indexItems } from './items.ts';

/** Dispatch as plain data. The audience is saved too, for its order: who subscribed first is told first. */
export interface SavedDispatch {
  items: Item[];
  subscriptions: [agentId: AgentId, Subscriptions][];
  audience: [key: string, agentIds: AgentId[]][];
}

export const saveDispatch = ({ items, subscriptions, audience }: Dispatch): SavedDispatch => ({
  items: [...items.values()],
  subscriptions: [...subscriptions],
  audience: [...audience].map(([key, agentIds]) => [key, [...agentIds]]),
});

export function restoreDispatch(saved: SavedDispatch | undefined): Dispatch {
  const dispatch = createDispatch();
  for (const item of saved?.items ?? []) dispatch.items.set(item.id, item);
  for (const [agentId, subscriptions] of saved?.subscriptions ?? []) {
    dispatch.subscriptions.set(agentId, subscriptions);
  }
  for (const [key, agentIds] of saved?.audience ?? []) dispatch.audience.set(key, new Set(agentIds));
  indexItems(dispatch);
  return dispatch;
}
