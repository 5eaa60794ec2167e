import { workspaceItem } from '@cordboard/contract';
import { settleAvailability } from './agent/availability.ts';
import { setRestTimer } from './call/rest-timer.ts';
import { createDirectory } from './configuration/directory.ts';
import { reconfigureDispatch } from './dispatch/reconfigure.ts';
import type { HouseEvent } from './event.ts';
import { reconfigureRealTime } from './real-time/evolve-real-time.ts';
import { rebuildQueues } from './routing/rebuild-queues.ts';
import type { AgentId } from './site.ts';
import { agentAt, agentOf, phoneOf, type SiteState } from './state.ts';
import { publish } from './stream/publish.ts';
import { windowIdentity, workspaceOf } from './stream/workspace.ts';
import { reconfigureWaiting } from './waiting/reconfigure.ts';

export function evolveHouse(state: SiteState, event: HouseEvent): void {
  switch (event.type) {
    case 'configured': {
      const before = new Map([...state.agents.keys()].map(id => [id, configuredIdentity(state, id)]));
      const groupsBefore = new Map([...state.agents.keys()].map(id => [id, groupsOf(state, id)]));
      const windowBefore = windowIdentity(state);
      state.configuration = event.configuration;
      state.directory = createDirectory(event.configuration);
      reconfigureDispatch(state);
      reconfigureRealTime(state);
      reconfigureWaiting(state);
      rebuildQueues(state);
      const isOtherWindow = windowBefore !== windowIdentity(state);
      for (const agent of state.agents.values()) {
        if (before.get(agent.id) !== configuredIdentity(state, agent.id)) agent.stream.revision += 1;
        if (isOtherWindow || groupsBefore.get(agent.id) !== groupsOf(state, agent.id))
          publish(state, agent, { event: workspaceItem, values: [workspaceOf(state, agent.id)] });
        state.step.touched.add(agent.id);
      }
      // who can serve what may be another now: all are matched again
      state.step.freed.push(...byIdleTime(state));
      return;
    }
    case 'callManagerAttached':
      state.callManager = { instance: event.instance, seq: event.seq };
      return;
    case 'reportTaken':
      state.callManager.seq = event.seq;
      return;
    case 'phoneRegistered':
      setPhone(state, event.extension, true, event.address);
      return;
    case 'phoneUnregistered':
      setPhone(state, event.extension, false, '');
      return;
    case 'timerFired':
      state.timers.cancel(event.timer, event.id);
      if (event.timer === 'rest') rested(state, event.id);
      if (event.timer === 'realTime') state.step.counted.add(event.id);
  }
}

/** What an agent's own status shows of the configuration. Every start of a server sets it, mostly unchanged. */
function configuredIdentity(state: SiteState, agentId: AgentId): string {
  const user = state.directory.users.get(agentId);
  const { id, name } = state.configuration.site;
  return JSON.stringify([user?.logonId, user?.name, id, name]);
}

const groupsOf = (state: SiteState, agentId: AgentId): string =>
  `${state.directory.users.get(agentId)?.agentGroups}`;

/** Those who are free, the longest idle first. */
const byIdleTime = (state: SiteState): AgentId[] =>
  [...state.queues.available].sort(
    (left, right) => agentOf(state, left).idleOrder - agentOf(state, right).idleOrder,
  );

function setPhone(state: SiteState, extension: string, registered: boolean, address: string): void {
  const phone = phoneOf(state, extension);
  phone.registered = registered;
  phone.address = address;
  const agent = agentAt(state, extension);
  if (agent === undefined) return;
  agent.stream.revision += 1;
  state.step.touched.add(agent.id);
  settleAvailability(state, agent);
}

/** A waiting call may go to an agent again who rejected it. */
function rested(state: SiteState, callId: number): void {
  const service = state.calls.get(callId)?.service;
  if (service?.stage.type !== 'waiting') return;
  service.declined = service.declined.filter(each => each.until > state.now);
  setRestTimer(state, callId, service.declined);
  state.step.queued.push(callId);
}
