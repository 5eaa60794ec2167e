import type { MonitorMode, NamedArgumentsOf, RefusalReason } from '@cordboard/contract';
import { type Agent, extensionOf } from '../agent/agent.ts';
import { emit, type Turn } from '../turn.ts';
import { barge } from './barge.ts';
import { monitoringRefusal } from './may-monitor.ts';
import { endMonitor } from './settle-monitors.ts';

/** Listens to the agent now, if he speaks to somebody, or else when he does. */
export function startMonitor(
  turn: Turn,
  supervisor: Agent,
  { agentLogonId, continuous }: NamedArgumentsOf<'startMonitor'>,
  requestId: string,
): RefusalReason | null {
  const { state } = turn;
  const logonId = agentLogonId.toLowerCase();
  const user = state.configuration.users.find(each => each.logonId.toLowerCase() === logonId);
  if (user === undefined) return 'unknownAgent';
  if (user.id === supervisor.id) return 'invalidValue';
  const refusal = monitoringRefusal(state, supervisor.id, user.id);
  if (refusal !== null) return refusal;
  if (state.agents.get(user.id)?.presence.type !== 'loggedOn') return 'unknownAgent';
  if (state.monitors.bySupervisor.has(supervisor.id)) return 'alreadyMonitoring';
  if (state.phones.get(extensionOf(supervisor))?.registered !== true) return 'phoneNotRegistered';
  emit(turn, {
    type: 'monitorStarted',
    supervisorId: supervisor.id,
    agentId: user.id,
    continuous,
    requestId,
  });
  return null;
}

export function stopMonitor(turn: Turn, supervisor: Agent): RefusalReason | null {
  const monitor = turn.state.monitors.bySupervisor.get(supervisor.id);
  if (monitor === undefined) return 'notMonitoring';
  endMonitor(turn, monitor, 'asked');
  return null;
}

const levels: readonly MonitorMode[] = ['silent', 'whisper', 'barge'];

/** Only upwards: who has been heard does not go back to listening unseen. */
export function setMonitorMode(turn: Turn, supervisor: Agent, mode: MonitorMode): RefusalReason | null {
  const monitor = turn.state.monitors.bySupervisor.get(supervisor.id);
  if (monitor?.stage.type !== 'listening') return 'notMonitoring';
  const { agentId } = monitor;
  if (levels.indexOf(mode) < levels.indexOf(monitor.mode)) return 'invalidValue';
  if (mode === monitor.mode) return null;
  if (mode === 'barge') return barge(turn, supervisor, monitor);
  emit(turn, { type: 'monitorModeSet', supervisorId: supervisor.id, agentId, mode });
  return null;
}
