import type { AgentId } from '../site.ts';
import type { SiteState } from '../state.ts';
import { keyOf, type SubscribedKind, type Subscriptions } from './dispatch.ts';
import { keysOf, tenantOf } from './subscriptions.ts';

const nothing = (tenantId: number): Subscriptions => ({
  tenantId,
  enabled: false,
  kinds: { personal: [], commonHold: [], voice: [], email: [], sms: [], campaign: [] },
});

export function evolveSubscribed(
  state: SiteState,
  event: { agentId: AgentId; kind: SubscribedKind; groupId: number; on: boolean },
): void {
  const { agentId, kind, groupId, on } = event;
  const subscriptions = subscriptionsOf(state, agentId);
  const others = subscriptions.kinds[kind].filter(each => each !== groupId);
  subscriptions.kinds[kind] = on ? [...others, groupId] : others;
  state.step.coverage.add(agentId);
  if (!subscriptions.enabled) return;
  const key = keyOf(kind, subscriptions.tenantId, groupId);
  setAudience(state, key, agentId, on);
  if (on) state.step.shows.push({ agentId, keys: [key] });
}

export function evolveEnabled(state: SiteState, agentId: AgentId, on: boolean): void {
  const subscriptions = subscriptionsOf(state, agentId);
  subscriptions.enabled = on;
  state.step.coverage.add(agentId);
  const keys = keysOf(subscriptions);
  for (const key of keys) setAudience(state, key, agentId, on);
  if (on) state.step.shows.push({ agentId, keys });
}

function subscriptionsOf(state: SiteState, agentId: AgentId): Subscriptions {
  const known = state.dispatch.subscriptions.get(agentId);
  if (known !== undefined) return known;
  const subscriptions = nothing(tenantOf(state, agentId));
  state.dispatch.subscriptions.set(agentId, subscriptions);
  return subscriptions;
}

function setAudience(state: SiteState, key: string, agentId: AgentId, on: boolean): void {
  const audience = state.dispatch.audience.get(key);
  if (on) {
    if (audience === undefined) state.dispatch.audience.set(key, new Set([agentId]));
    else audience.add(agentId);
    return;
  }
  audience?.delete(agentId);
  if (audience?.size === 0) state.dispatch.audience.delete(key);
}

/** Subscriptions end with the log-off. */
export function forgetSubscriptions(state: SiteState, agentId: AgentId): void {
  const subscriptions = state.dispatch.subscriptions.get(agentId);
  if (subscriptions === undefined) return;
  for (const key of keysOf(subscriptions)) setAudience(state, key, agentId, false);
  state.dispatch.subscriptions.delete(agentId);
  state.step.coverage.add(agentId);
}

/** Who is of another tenant now, or no user any more, has subscribed to nothing there. */
export function forgetMoved(state: SiteState): void {
  for (const [agentId, { tenantId }] of [...state.dispatch.subscriptions]) {
    if (tenantOf(state, agentId) !== tenantId) forgetSubscriptions(state, agentId);
  }
}
