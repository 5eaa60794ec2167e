import type { MonitorMode } from '@cordboard/contract';
import type { AgentId } from '../site.ts';

/**
 * A supervisor's wish to hear an agent:
 *
 *   waiting --the agent speaks, the supervisor is free--> listening --the agent's calls are over--> waiting | gone
 *      |                                                      |
 *      +------------ asked, hung up, logged off --------------+--> gone
 *
 * Who barges is a party of the call: that ends it, or, when it is continuous, it waits for another call.
 *
 * While he listens he has a call of his own, with nobody in it but him: what he hears is the media of its leg. So it
 * keeps no call alive, is no party of one, and is in nobody else's states.
 */
export interface Monitor {
  supervisorId: AgentId;
  agentId: AgentId;
  /** goes on with the agent's later calls */
  continuous: boolean;
  mode: MonitorMode;
  requestId: string;
  /** `after`: the call in which he barged, and which he does not hear again; absent = none */
  stage: { type: 'waiting'; after?: number } | { type: 'listening'; sessionId: number; callId: number };
}

export interface Monitors {
  bySupervisor: Map<AgentId, Monitor>;
  /** derived: who listens, or waits to, by whom it is about */
  watchers: Map<AgentId, AgentId[]>;
}

export const createMonitors = (): Monitors => ({ bySupervisor: new Map(), watchers: new Map() });

export type MonitorEndCause =
  | 'asked'
  /** the supervisor hung up, or his phone did not take the call */
  | 'hungUp'
  | 'callEnded'
  /** he speaks with them now */
  | 'barged'
  | 'loggedOff'
  /** the configuration allows it no more */
  | 'notAllowed';

/** Facts about monitoring: each is a row of the audit. */
export type MonitorEvent =
  | {
      type: 'monitorStarted';
      supervisorId: AgentId;
      agentId: AgentId;
      continuous: boolean;
      requestId: string;
    }
  /** `heardCallId`: of the agent */
  | {
      type: 'monitorListening';
      supervisorId: AgentId;
      agentId: AgentId;
      sessionId: number;
      callId: number;
      heardCallId: number;
    }
  | { type: 'monitorModeSet'; supervisorId: AgentId; agentId: AgentId; mode: MonitorMode }
  /** `after`: he barged into that call and waits for another one */
  | { type: 'monitorWaiting'; supervisorId: AgentId; agentId: AgentId; after?: number }
  | { type: 'monitorEnded'; supervisorId: AgentId; agentId: AgentId; cause: MonitorEndCause };

export function addMonitor({ bySupervisor, watchers }: Monitors, monitor: Monitor): void {
  bySupervisor.set(monitor.supervisorId, monitor);
  watchers.set(monitor.agentId, [...(watchers.get(monitor.agentId) ?? []), monitor.supervisorId]);
}

export function removeMonitor({ bySupervisor, watchers }: Monitors, supervisorId: AgentId): void {
  const monitor = bySupervisor.get(supervisorId);
  if (monitor === undefined) return;
  bySupervisor.delete(supervisorId);
  const others = (watchers.get(monitor.agentId) ?? []).filter(each => each !== supervisorId);
  if (others.length > 0) watchers.set(monitor.agentId, others);
  else watchers.delete(monitor.agentId);
}

export const saveMonitors = ({ bySupervisor }: Monitors): Monitor[] => [...bySupervisor.values()];

/** @param saved absent in a snapshot of a release that had none */
export function restoreMonitors(saved: Monitor[] | undefined): Monitors {
  const monitors = createMonitors();
  for (const monitor of saved ?? []) addMonitor(monitors, monitor);
  return monitors;
}
