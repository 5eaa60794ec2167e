import type { NamedArgumentsOf, RefusalReason } from '@cordboard/contract';
import type { Agent } from '../agent/agent.ts';
import { tenantOf } from '../dispatch/subscriptions.ts';
import type { SiteState } from '../state.ts';
import { emit, type Turn } from '../turn.ts';

/** By name, or else by id: the name wins. */
export function subscribeRealTime(
  turn: Turn,
  agent: Agent,
  wanted: NamedArgumentsOf<'subscribeRealTimeInformation'>,
): RefusalReason | null {
  const { state } = turn;
  if (agent.presence.type !== 'loggedOn') return 'notLoggedOn';
  const groupId = findGroup(state, agent, wanted);
  if (groupId === undefined) return 'unknownServiceGroup';
  const has = state.realTime.told.get(groupId)?.has(agent.id) ?? false;
  if (wanted.subscribe || has) {
    emit(turn, { type: 'realTimeSubscribed', agentId: agent.id, groupId, on: wanted.subscribe });
  }
  return null;
}

function findGroup(
  state: SiteState,
  agent: Agent,
  { serviceGroupId, serviceGroupName }: { serviceGroupId: number; serviceGroupName: string },
): number | undefined {
  const tenantId = tenantOf(state, agent.id);
  const name = plain(serviceGroupName);
  const group = state.configuration.serviceGroups.find(
    each =>
      each.tenantId === tenantId && (name === '' ? each.id === serviceGroupId : plain(each.name) === name),
  );
  return group?.id;
}

const plain = (name: string): string => name.trim().toLowerCase();
