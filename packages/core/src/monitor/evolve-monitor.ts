import type { SiteState } from '../state.ts';
import { addMonitor, type MonitorEvent, removeMonitor } from './monitor.ts';

export function evolveMonitor(state: SiteState, event: MonitorEvent): void {
  const { monitors } = state;
  // both are settled again: a change of one can be the other's turn
  state.step.touched.add(event.supervisorId);
  state.step.touched.add(event.agentId);
  if (event.type === 'monitorStarted') {
    const { supervisorId, agentId, continuous, requestId } = event;
    addMonitor(monitors, {
      supervisorId,
      agentId,
      continuous,
      requestId,
      mode: 'silent',
      stage: { type: 'waiting' },
    });
    return;
  }
  const monitor = monitors.bySupervisor.get(event.supervisorId);
  if (monitor === undefined) return;
  switch (event.type) {
    case 'monitorListening':
      monitor.stage = { type: 'listening', sessionId: event.sessionId, callId: event.callId };
      return;
    case 'monitorModeSet':
      monitor.mode = event.mode;
      return;
    case 'monitorWaiting':
      monitor.stage = { type: 'waiting', ...(event.after !== undefined && { after: event.after }) };
      // the next call knows nothing of what was done in this one
      monitor.mode = 'silent';
      return;
    case 'monitorEnded':
      removeMonitor(monitors, event.supervisorId);
  }
}
