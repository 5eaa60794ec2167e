import { type DirectoryEntry, type DirectoryPresence, mostDirectoryEntries } from '@cordboard/contract';
import { extensionOf } from './agent/agent.ts';
import type { ServiceGroup, User } from './configuration/configuration.ts';
import { isOpenNow } from './flow/is-open-now.ts';
import { countWaiting, queuesOf } from './routing/queues.ts';
import type { AgentId } from './site.ts';
import type { SiteState } from './state.ts';

/** Service groups and agents of the asking agent's tenant whose name, logon id or number holds the text, as they are now. */
export function directoryEntries(state: SiteState, agentId: AgentId, text: string): DirectoryEntry[] {
  const tenantId = state.directory.users.get(agentId)?.tenantId;
  const wanted = text.trim().toLowerCase();
  const holds = (...texts: string[]) => texts.some(each => each.toLowerCase().includes(wanted));
  const entries: DirectoryEntry[] = [];
  for (const group of state.configuration.serviceGroups) {
    if (entries.length === mostDirectoryEntries) return entries;
    if (group.tenantId !== tenantId || group.media !== 'voice') continue;
    if (holds(group.name, ...group.numbers)) entries.push(groupEntry(state, group));
  }
  for (const user of state.configuration.users) {
    if (entries.length === mostDirectoryEntries) return entries;
    if (user.tenantId !== tenantId || user.id === agentId) continue;
    if (holds(user.name, user.logonId, numberOf(state, user))) entries.push(agentEntry(state, user));
  }
  return entries;
}

const groupEntry = (state: SiteState, group: ServiceGroup): DirectoryEntry => ({
  type: 'group',
  id: group.id,
  name: group.name,
  number: group.numbers[0] ?? '',
  waiting: countWaiting(state.queues, group.id),
  available: queuesOf(state.queues, group.id)[0]?.available.size ?? 0,
  open: isOpenNow(state, group),
});

const agentEntry = (state: SiteState, user: User): DirectoryEntry => ({
  type: 'agent',
  name: user.name,
  logonId: user.logonId,
  number: numberOf(state, user),
  presence: presenceOf(state, user.id),
});

/** Where he is logged on, else his own extension. */
function numberOf(state: SiteState, user: User): string {
  const agent = state.agents.get(user.id);
  return (agent && extensionOf(agent)) || user.extension;
}

function presenceOf(state: SiteState, agentId: AgentId): DirectoryPresence {
  const agent = state.agents.get(agentId);
  if (agent?.presence.type !== 'loggedOn') return 'loggedOff';
  if (agent.sessions.length > 0) return 'busy';
  return state.queues.available.has(agentId) ? 'available' : 'notReady';
}

/** Who the customer of one of the agent's sessions is; null = the agent has no such session. */
export function callerOf(
  state: SiteState,
  agentId: AgentId,
  sessionId: number,
): { number: string; callId: number } | null {
  const session = state.sessions.get(sessionId);
  if (session === undefined || session.agentId !== agentId) return null;
  const caller = state.calls.get(session.callId)?.callerNumber ?? '';
  return { number: session.service === null ? session.phoneNumber : caller, callId: session.callId };
}
