import type { RefusalReason } from '@cordboard/contract';
import type { Agent } from '../agent/agent.ts';
import type { SiteState } from '../state.ts';
import { emit, type Turn } from '../turn.ts';
import type { SubscribedKind } from './dispatch.ts';
import { tenantOf } from './subscriptions.ts';

const mediaOfKind = { personal: 'voice', voice: 'voice', email: 'email', sms: 'sms' } as const;

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
