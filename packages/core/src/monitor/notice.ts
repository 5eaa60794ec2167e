import type { AgentId } from '../site.ts';
import type { SiteState } from '../state.ts';

/** Somebody listens to the agent now, and the site wants agents to know. */
export function isToldOfListener(state: SiteState, agentId: AgentId): boolean {
  if (state.configuration.monitorNotice !== true) return false;
  const { watchers, bySupervisor } = state.monitors;
  return watchers.get(agentId)?.some(id => bySupervisor.get(id)?.stage.type === 'listening') ?? false;
}
