import { groupsServed } from '../configuration/directory.ts';
import { forgetSubscriptions } from '../dispatch/evolve-subscriptions.ts';
import { forgetRealTime } from '../real-time/evolve-real-time.ts';
import { removeAvailable } from '../routing/queues.ts';
import type { Answer } from '../site.ts';
import { agentOf, nextOrder, phoneOf, type SiteState } from '../state.ts';
import type { Agent, AgentEvent } from './agent.ts';
import { extensionOf } from './agent.ts';
import { settleAvailability } from './availability.ts';

/** Answers are remembered for so many requests of an agent. */
export const rememberedAnswers = 256;

export function evolveAgent(state: SiteState, event: AgentEvent): void {
  const agent = agentOf(state, event.agentId);
  state.step.touched.add(agent.id);
  switch (event.type) {
    case 'agentLoggedOn':
      logOn(state, agent, event);
      break;
    case 'agentClientAttached':
      state.timers.cancel('lostClient', agent.id);
      if (agent.presence.type !== 'loggedOff')
        agent.presence.client = { ...agent.presence.client, type: 'attached', name: event.client };
      break;
    case 'agentClientLost':
      if (agent.presence.type !== 'loggedOff') agent.presence.client.type = 'lost';
      setLostTimer(state, agent, event.lostAt);
      break;
    case 'agentLeft':
      if (agent.presence.type === 'loggedOn') agent.presence = { ...agent.presence, type: 'leaving' };
      break;
    case 'agentLoggedOff':
      logOff(state, agent);
      break;
    case 'agentReadyChanged':
      if (event.media === 'voice') {
        agent.reason = event.reason;
        if (event.ready) agent.readyCount += 1;
      }
      agent.ready[event.media] = event.ready;
      agent.stream.revision += 1;
      break;
    case 'requestAnswered':
      remember(agent, event.requestId, event.answer);
      return;
  }
  settleAvailability(state, agent);
}

const setLostTimer = (state: SiteState, agent: Agent, due: number): void =>
  state.timers.set({ type: 'lostClient', id: agent.id, due, order: nextOrder(state) });

function logOn(state: SiteState, agent: Agent, event: Extract<AgentEvent, { type: 'agentLoggedOn' }>): void {
  leavePhone(state, agent);
  const phone = phoneOf(state, event.extension);
  phone.agentId = agent.id;
  agent.presence = {
    type: 'loggedOn',
    extension: event.extension,
    client: {
      type: 'expected',
      name: event.client,
      ...(event.place && { place: event.place }),
    },
  };
  agent.ready = { voice: false, email: false, openMedia: false, chat: false };
  agent.reason = null;
  agent.idleOrder = nextOrder(state);
  agent.stream.revision += 1;
  setLostTimer(state, agent, event.lostAt);
  takeSeats(state, agent);
}

function logOff(state: SiteState, agent: Agent): void {
  leavePhone(state, agent);
  agent.presence = { type: 'loggedOff' };
  forgetSubscriptions(state, agent.id);
  forgetRealTime(state, agent.id);
  agent.ready = { voice: false, email: false, openMedia: false, chat: false };
  agent.reason = null;
  agent.stream.revision += 1;
  state.timers.cancel('lostClient', agent.id);
  state.recordings.wanted.delete(agent.id);
}

function leavePhone(state: SiteState, agent: Agent): void {
  if (state.queues.available.has(agent.id)) removeAvailable(state.queues, agent.id);
  state.queues.seats.delete(agent.id);
  const extension = extensionOf(agent);
  if (extension !== '') phoneOf(state, extension).agentId = 0;
}

/** The agent's places in the groups that he serves; he must not be in the indexes. */
export function takeSeats(state: SiteState, agent: Agent): void {
  const user = state.directory.users.get(agent.id);
  if (user === undefined) {
    state.queues.seats.delete(agent.id);
    return;
  }
  state.queues.seats.set(
    agent.id,
    groupsServed(state.directory, user).map(({ groupId, level }) => ({
      agentId: agent.id,
      groupId,
      level,
      idleOrder: 0,
      heapIndex: -1,
    })),
  );
}

function remember(agent: Agent, requestId: string, answer: Answer): void {
  agent.answers.set(requestId, answer);
  if (agent.answers.size <= rememberedAnswers) return;
  for (const oldest of agent.answers.keys()) {
    agent.answers.delete(oldest);
    break;
  }
}
