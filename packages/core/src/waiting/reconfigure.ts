import type { SiteState } from '../state.ts';

/** Another configuration: whose group has no other agents to help any more waits for its own again. */
export function reconfigureWaiting(state: SiteState): void {
  for (const { service } of state.calls.values()) {
    if (service?.waiting.widened !== true) continue;
    const overflow = state.directory.groups.get(service.groupId)?.waiting?.overflow;
    if (!overflow?.agentGroups.length) service.waiting.widened = false;
  }
}
