import { CallType } from '@cordboard/contract';
import { extensionOf } from '../agent/agent.ts';
import { ringOwnPhone } from '../call/ring-own-phone.ts';
import type { Session } from '../call/session.ts';
import { agentOf } from '../state.ts';
import { emit, type Turn } from '../turn.ts';
import type { Monitor } from './monitor.ts';

/** Calls the supervisor's phone: an outgoing call of his to the agent, in which he is alone. */
export function listen(turn: Turn, monitor: Monitor, heard: Session): void {
  const { state } = turn;
  const { supervisorId, agentId, requestId } = monitor;
  const name = state.directory.users.get(agentId)?.name ?? '';
  const { callId, sessionId } = ringOwnPhone(turn, agentOf(state, supervisorId), {
    type: CallType.Outgoing,
    number: extensionOf(agentOf(state, agentId)),
    callerName: name,
    name,
    requestId,
    call: { destination: null, monitoring: true },
  });
  emit(turn, {
    type: 'monitorListening',
    supervisorId,
    agentId,
    sessionId,
    callId,
    heardCallId: heard.callId,
  });
}
