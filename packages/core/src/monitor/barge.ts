import type { RefusalReason } from '@cordboard/contract';
import type { Agent } from '../agent/agent.ts';
import { isOpen, isSpoken, joinCall } from '../intrude/intrude.ts';
import { agentOf, callOf } from '../state.ts';
import { emit, type Turn } from '../turn.ts';
import { heardSession } from './heard.ts';
import type { Monitor } from './monitor.ts';

/** From listening to speaking with everybody: the supervisor is a party of the call, and monitors nobody any more in it. */
export function barge(turn: Turn, supervisor: Agent, monitor: Monitor): RefusalReason | null {
  const { state } = turn;
  if (state.directory.users.get(supervisor.id)?.privileges.includes('intrude') !== true) {
    return 'missingPrivilege';
  }
  const own = monitor.stage.type === 'listening' ? state.sessions.get(monitor.stage.sessionId) : undefined;
  const heard = heardSession(state, agentOf(state, monitor.agentId));
  const leg = state.legs.get(own?.legId ?? '');
  if (own?.phase.type !== 'connected' || leg === undefined) return 'notConnected';
  if (heard === undefined || !isSpoken(heard)) return 'notConnected';
  const call = callOf(state, heard.callId);
  if (!isOpen(state, call)) return 'notConnected';
  const { supervisorId, agentId } = monitor;
  emit(turn, { type: 'monitorModeSet', supervisorId, agentId, mode: 'barge' });
  if (monitor.continuous) emit(turn, { type: 'monitorWaiting', supervisorId, agentId, after: call.id });
  else emit(turn, { type: 'monitorEnded', supervisorId, agentId, cause: 'barged' });
  joinCall(turn, own, leg, call);
  return null;
}
