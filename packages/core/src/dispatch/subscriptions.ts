import type { AgentId } from '../site.ts';
import type { SiteState } from '../state.ts';
import { type Item, keyOf, type SubscribedKind, type Subscriptions } from './dispatch.ts';

const subscribedKinds = [
  'personal',
  'commonHold',
  'voice',
  'email',
  'sms',
  'campaign',
] as const satisfies SubscribedKind[];

export const tenantOf = (state: SiteState, agentId: AgentId): number =>
  state.directory.users.get(agentId)?.tenantId ?? 0;

/** Enabled, and subscribed to anything of the kind. */
export function isSubscribed(state: SiteState, agentId: AgentId, kind: SubscribedKind): boolean {
  const subscriptions = state.dispatch.subscriptions.get(agentId);
  return subscriptions?.enabled === true && subscriptions.kinds[kind].length > 0;
}

/** The agent is told of an item: enabled, and subscribed to its group or to all. */
export function covers(state: SiteState, agentId: AgentId, item: Item): boolean {
  const subscriptions = state.dispatch.subscriptions.get(agentId);
  if (subscriptions?.enabled !== true || subscriptions.tenantId !== item.tenantId) return false;
  const groups = subscriptions.kinds[item.kind];
  return groups.includes(0) || groups.includes(item.groupId);
}

/** The keys of what is subscribed to. */
export const keysOf = ({ tenantId, kinds }: Subscriptions): string[] =>
  subscribedKinds.flatMap(kind => kinds[kind].map(groupId => keyOf(kind, tenantId, groupId)));
