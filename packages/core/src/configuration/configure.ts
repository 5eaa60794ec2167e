import { logOff } from '../agent/log-off.ts';
import { refuseService } from '../call/leave-call.ts';
import { emit, type Turn } from '../turn.ts';
import type { SiteConfiguration } from './configuration.ts';

/**
 * Takes a checked configuration. Calls go on: an agent who is no user any more leaves with the end of his calls, and who
 * waits for a group that is gone is cleared.
 */
export function configure(turn: Turn, configuration: SiteConfiguration): void {
  const { state } = turn;
  emit(turn, { type: 'configured', configuration });
  for (const agent of [...state.agents.values()]) {
    if (agent.presence.type === 'loggedOn' && !state.directory.users.has(agent.id)) logOff(turn, agent.id);
  }
  for (const call of [...state.calls.values()]) {
    const { service } = call;
    if (service?.stage.type !== 'waiting' || state.directory.groups.has(service.groupId)) continue;
    refuseService(turn, call);
  }
}
