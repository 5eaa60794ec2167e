import type { RefusalReason } from '@cordboard/contract';
import type { AgentId } from '../site.ts';
import type { SiteState } from '../state.ts';

/** Whether one may listen to the other, the privilege apart: agents of another tenant are unknown to him. */
export function monitoringRefusal(
  state: SiteState,
  supervisorId: AgentId,
  agentId: AgentId,
): RefusalReason | null {
  const { users } = state.directory;
  const agent = users.get(agentId);
  if (agent === undefined || agent.tenantId !== users.get(supervisorId)?.tenantId) return 'unknownAgent';
  return agent.protectedFromMonitoring === true ? 'monitoringProtected' : null;
}
