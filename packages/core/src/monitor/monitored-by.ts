import type { Monitoring } from '@cordboard/contract';
import type { AgentId } from '../site.ts';
import type { SiteState } from '../state.ts';

/** Whom a supervisor listens to, or will; null = nobody. */
export function monitoredBy(state: SiteState, supervisorId: AgentId): Monitoring | null {
  const monitor = state.monitors.bySupervisor.get(supervisorId);
  if (monitor === undefined) return null;
  const user = state.directory.users.get(monitor.agentId);
  return {
    agentLogonId: user?.logonId ?? '',
    agentName: user?.name ?? '',
    continuous: monitor.continuous,
    mode: monitor.mode,
    listening: monitor.stage.type === 'listening',
  };
}
