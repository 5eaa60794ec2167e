import { type Agent, extensionOf } from '../agent/agent.ts';
import { isSteady } from '../call/allowed.ts';
import { hangUpSession } from '../call/leave-call.ts';
import { isLive, type Session } from '../call/session.ts';
import { settleCall } from '../call/settle-call.ts';
import { agentOf, callOf, type SiteState, sessionsOf } from '../state.ts';
import { emit, type Turn } from '../turn.ts';
import { heardSession } from './heard.ts';
import { listen } from './listen.ts';
import { monitoringRefusal } from './may-monitor.ts';
import type { Monitor, MonitorEndCause } from './monitor.ts';

/** Brings everybody who monitors, or is monitored, and with whom something has changed, to where the calls are. */
export function settleMonitors(turn: Turn): void {
  const { monitors, step } = turn.state;
  if (monitors.bySupervisor.size === 0) return;
  for (const agentId of step.touched) {
    for (const id of [agentId, ...(monitors.watchers.get(agentId) ?? [])]) {
      const monitor = monitors.bySupervisor.get(id);
      if (monitor !== undefined) settleMonitor(turn, monitor);
    }
  }
}

function settleMonitor(turn: Turn, monitor: Monitor): void {
  const { state } = turn;
  const supervisor = agentOf(state, monitor.supervisorId);
  const agent = agentOf(state, monitor.agentId);
  if (supervisor.presence.type !== 'loggedOn' || agent.presence.type === 'loggedOff') {
    endMonitor(turn, monitor, 'loggedOff');
    return;
  }
  if (!isStillAllowed(state, monitor)) {
    endMonitor(turn, monitor, 'notAllowed');
    return;
  }
  const heard = heardSession(state, agent);
  const { stage } = monitor;
  if (stage.type === 'listening') settleListening(turn, monitor, heard);
  else if (heard !== undefined && heard.callId !== stage.after && isFree(state, supervisor)) {
    listen(turn, monitor, heard);
  }
}

const isStillAllowed = (state: SiteState, { supervisorId, agentId }: Monitor): boolean =>
  state.directory.users.get(supervisorId)?.privileges.includes('monitor') === true &&
  monitoringRefusal(state, supervisorId, agentId) === null;

function settleListening(turn: Turn, monitor: Monitor, heard: Session | undefined): void {
  const own = listeningSession(turn.state, monitor);
  if (own === undefined) {
    endMonitor(turn, monitor, 'hungUp');
    return;
  }
  if (heard !== undefined) {
    settleCall(turn, callOf(turn.state, own.callId));
    return;
  }
  if (!monitor.continuous) {
    endMonitor(turn, monitor, 'callEnded');
    return;
  }
  const { supervisorId, agentId } = monitor;
  emit(turn, { type: 'monitorWaiting', supervisorId, agentId });
  hangUpSession(turn, own);
}

export function endMonitor(turn: Turn, monitor: Monitor, cause: MonitorEndCause): void {
  const own = listeningSession(turn.state, monitor);
  const { supervisorId, agentId } = monitor;
  emit(turn, { type: 'monitorEnded', supervisorId, agentId, cause });
  if (own !== undefined) hangUpSession(turn, own);
}

/** The supervisor's own session, as long as his leg takes part. */
function listeningSession(state: SiteState, { stage }: Monitor): Session | undefined {
  if (stage.type !== 'listening') return undefined;
  const session = state.sessions.get(stage.sessionId);
  return session !== undefined && isLive(session) ? session : undefined;
}

/** Nothing of the supervisor's own is interrupted: his phone is called when he speaks to nobody. */
function isFree(state: SiteState, supervisor: Agent): boolean {
  const phone = state.phones.get(extensionOf(supervisor));
  if (phone?.registered !== true || phone.looseLegs > 0 || !isSteady(state, supervisor)) return false;
  for (const { phase } of sessionsOf(state, supervisor)) {
    if (phase.type !== 'clerical' && phase.type !== 'held') return false;
  }
  return true;
}
