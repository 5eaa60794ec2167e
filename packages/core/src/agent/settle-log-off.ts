import { emit, type Turn } from '../turn.ts';
import type { Agent } from './agent.ts';

/** An agent who wants to leave does so with the end of his last session. */
export function settleLogOff(turn: Turn, agent: Agent): void {
  if (agent.presence.type !== 'leaving' || agent.sessions.length > 0) return;
  emit(turn, { type: 'agentLoggedOff', agentId: agent.id, cause: 'asked' });
}
