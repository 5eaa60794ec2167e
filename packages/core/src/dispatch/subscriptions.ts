import type { RefusalReason } from '@cordboard/contract';
import type { Agent } from '../agent/agent.ts';
import type { AgentId } from '../site.ts';
import type { SiteState } from '../state.ts';
import { emit, type Turn } from '../turn.ts';
import { type Item, keyOf, type SubscribedKind, type Subscriptions } from './dispatch.ts';

const mediaOfKind = { personal: 'voice', voice: 'voice', email: 'email', sms: 'sms' } as const;
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

/** A group or a campaign by its id, or 0 for all of the agent's tenant. */
export function subscribe(
  turn: Turn,
  agent: Agent,
  wanted: { kind: SubscribedKind; groupId: number; on: boolean },
): RefusalReason | null {
  const { kind, groupId, on } = wanted;
  if (agent.presence.type !== 'loggedOn') return 'notLoggedOn';
  const refusal = groupId === 0 ? null : refusalOf(turn.state, agent, kind, groupId);
  if (refusal !== null) return refusal;
  const has = turn.state.dispatch.subscriptions.get(agent.id)?.kinds[kind].includes(groupId) ?? false;
  // again while subscribed shows everything again
  if (on || has) emit(turn, { type: 'dispatchSubscribed', agentId: agent.id, kind, groupId, on });
  return null;
}

function refusalOf(
  state: SiteState,
  agent: Agent,
  kind: SubscribedKind,
  groupId: number,
): RefusalReason | null {
  // there are no campaigns yet
  if (kind === 'campaign' || kind === 'commonHold') return 'invalidValue';
  const group = state.directory.groups.get(groupId);
  if (group === undefined || group.tenantId !== tenantOf(state, agent.id)) return 'unknownServiceGroup';
  return group.media === mediaOfKind[kind] ? null : 'wrongMedia';
}

export function enable(turn: Turn, agent: Agent, on: boolean): RefusalReason | null {
  if (agent.presence.type !== 'loggedOn') return 'notLoggedOn';
  const was = turn.state.dispatch.subscriptions.get(agent.id)?.enabled ?? false;
  if (on || was) emit(turn, { type: 'dispatchEnabled', agentId: agent.id, on });
  return null;
}

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

/** The keys of what is subscribed to. */
export const keysOf = ({ tenantId, kinds }: Subscriptions): string[] =>
  subscribedKinds.flatMap(kind => kinds[kind].map(groupId => keyOf(kind, tenantId, groupId)));

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
