import { extensionOf } from '../agent/agent.ts';
import { groupsServed } from '../configuration/directory.ts';
import { queuesOf } from '../routing/queues.ts';
import type { SiteState } from '../state.ts';
import type { TimerType } from '../timer/timers.ts';

/** What must hold of phones, applications, timers and the indexes of routing. */
export function* houseFaults(state: SiteState): Generator<string> {
  yield* phoneFaults(state);
  yield* clientFaults(state);
  yield* timerFaults(state);
  yield* seatFaults(state);
}

function* phoneFaults(state: SiteState): Generator<string> {
  const loose = new Map<string, number>();
  for (const { extension, sessionId, clearing } of state.legs.values()) {
    if (extension !== '' && sessionId === 0 && clearing === null)
      loose.set(extension, (loose.get(extension) ?? 0) + 1);
  }
  for (const { extension, agentId, looseLegs } of state.phones.values()) {
    if (looseLegs !== (loose.get(extension) ?? 0)) yield `phone ${extension} has ${looseLegs} legs of nobody`;
    const agent = state.agents.get(agentId);
    if (agentId !== 0 && (agent === undefined || extensionOf(agent) !== extension))
      yield `phone ${extension} is that of agent ${agentId}, who is elsewhere`;
  }
}

/** Whoever has no application leaves when it does not come. */
function* clientFaults(state: SiteState): Generator<string> {
  for (const { id, presence } of state.agents.values()) {
    const isAwaited = presence.type !== 'loggedOff' && presence.client.type !== 'attached';
    if (isAwaited !== state.timers.has('lostClient', id))
      yield `agent ${id} and the time for his application`;
  }
}

const ofCalls: ReadonlySet<TimerType> = new Set([
  'recall',
  'flow',
  'authentication',
  'announcement',
  'overflow',
  'callbackRetry',
  'callbackExpiry',
  'outside',
  'rest',
  'place',
]);
const ofSessions: ReadonlySet<TimerType> = new Set(['ring', 'clerical', 'failed']);

function* timerFaults(state: SiteState): Generator<string> {
  for (const { type, id } of state.timers.save()) {
    if (ofCalls.has(type) && state.calls.get(id)?.ended !== false)
      yield `${type} timer of call ${id}, which is over`;
    if (ofSessions.has(type) && !state.sessions.has(id))
      yield `${type} timer of session ${id}, which is over`;
    if (type === 'realTime' && !state.realTime.told.has(id)) yield `figures of group ${id} for nobody`;
  }
}

/** A call waits where those look who serve its group, and who is free is found in each group that he serves. */
function* seatFaults(state: SiteState): Generator<string> {
  for (const { id, presence } of state.agents.values()) {
    const user = state.directory.users.get(id);
    const served =
      presence.type === 'loggedOff' || user === undefined ? [] : groupsServed(state.directory, user);
    const seats = state.queues.seats.get(id) ?? [];
    const is = seats.map(each => `${each.groupId}:${each.level}`).sort();
    const wanted = served.map(each => `${each.groupId}:${each.level}`).sort();
    if (is.join() !== wanted.join()) yield `agent ${id} has the seats ${is}, and serves ${wanted}`;
    const isFree = state.queues.available.has(id);
    if (seats.some(each => (each.heapIndex !== -1) !== isFree))
      yield `agent ${id} is free in some groups only`;
  }
  for (const [callId, entry] of state.queues.waiting) {
    const groupId = state.calls.get(callId)?.service?.groupId ?? 0;
    const queues = queuesOf(state.queues, groupId);
    if (!queues.some(each => each.present.has(entry))) yield `call ${callId} waits in another group's queue`;
  }
}
