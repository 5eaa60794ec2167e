import type { AgentId } from '../site.ts';
import { emit, type Turn } from '../turn.ts';

/** The application of a logged-on agent is connected: it may be another one than before. */
export function clientAttached(turn: Turn, agentId: AgentId, client: string): void {
  const presence = turn.state.agents.get(agentId)?.presence;
  if (presence === undefined || presence.type === 'loggedOff') return;
  if (presence.client.type === 'attached' && presence.client.name === client) return;
  emit(turn, { type: 'agentClientAttached', agentId, client });
}

/** Only the application that is attached can be lost: news of an earlier one say nothing. */
export function clientLost(turn: Turn, agentId: AgentId, client: string): void {
  const presence = turn.state.agents.get(agentId)?.presence;
  if (presence === undefined || presence.type === 'loggedOff' || presence.client.name !== client) return;
  if (presence.client.type !== 'attached') return;
  const lostAt = turn.state.now + turn.state.configuration.timers.lostClientSeconds * 1000;
  emit(turn, { type: 'agentClientLost', agentId, lostAt });
}
