import { extensionOf } from '../agent/agent.ts';
import { isAvailable } from '../agent/availability.ts';
import type { Call } from '../call/call.ts';
import { isOutside } from '../call/outside-call.ts';
import type { Session } from '../call/session.ts';
import { type SiteState, sessionsOf } from '../state.ts';
import { awaitsCallback } from '../waiting/callback.ts';
import { callbackFaults } from './callback-faults.ts';
import { dispatchFaults } from './dispatch-faults.ts';
import { houseFaults } from './house-faults.ts';
import { listenerFaults } from './listener-faults.ts';

/** What must hold between any two steps; returns what does not, in words. For tests and for the simulator. */
export function invariantFaults(state: SiteState): string[] {
  return [
    ...agentFaults(state),
    ...callFaults(state),
    ...legFaults(state),
    ...queueFaults(state),
    ...timerFaults(state),
    ...callbackFaults(state),
    ...listenerFaults(state),
    ...flowFaults(state),
    ...dispatchFaults(state),
    ...houseFaults(state),
  ];
}

function* agentFaults(state: SiteState): Generator<string> {
  for (const agent of state.agents.values()) {
    const sessions = [...sessionsOf(state, agent)];
    const name = `agent ${agent.id}`;
    if (sessions.filter(isServiceOffer).length > 1) yield `${name} has two offers`;
    if (sessions.filter(each => speaks(state, each)).length > 1) yield `${name} speaks on two calls`;
    if (agent.presence.type === 'loggedOff' && sessions.length > 0) yield `${name} is gone and has sessions`;
    if (agent.presence.type === 'leaving' && sessions.length === 0) yield `${name} does not leave`;
    if (state.queues.available.has(agent.id) !== isAvailable(state, agent)) {
      yield `${name} is in the indexes as he should not be`;
    }
    const extension = extensionOf(agent);
    if (extension !== '' && state.phones.get(extension)?.agentId !== agent.id) {
      yield `${name} is not at his phone`;
    }
  }
}

const isServiceOffer = (session: Session): boolean =>
  session.phase.type === 'offered' && session.service !== null;

const speaks = (state: SiteState, session: Session): boolean => {
  const leg = state.legs.get(session.legId);
  if (leg === undefined || leg.progress !== 'up' || leg.held) return false;
  return ['connected', 'onHold', 'conference', 'calling', 'dialing'].includes(session.phase.type);
};

function* callFaults(state: SiteState): Generator<string> {
  for (const call of state.calls.values()) {
    const name = `call ${call.id}`;
    if (call.ended ? call.sessions.length === 0 : call.legs.length === 0 && !awaitsCallback(call)) {
      yield `${name} is forgotten`;
    }
    yield* recallFaults(state, call);
    if (call.legs.some(id => state.legs.get(id)?.callId !== call.id)) yield `${name} has a foreign leg`;
    if (call.sessions.some(id => state.sessions.get(id)?.callId !== call.id)) {
      yield `${name} has a foreign session`;
    }
    yield* stageFaults(state, call);
    if (isOutside(state, call) !== state.timers.has('outside', call.id)) yield `${name} has no bound`;
  }
}

/** A transferred call that nobody has answered: somebody waits, something rings, and that ends. */
function* recallFaults(state: SiteState, call: Call): Generator<string> {
  if (call.recall === null) return;
  const up = call.legs.filter(id => state.legs.get(id)?.progress === 'up').length;
  if (up === 0 || up === call.legs.length) yield `call ${call.id} is transferred to nobody`;
}

function* stageFaults(state: SiteState, call: Call): Generator<string> {
  const stage = call.service?.stage;
  if ((stage?.type === 'waiting') !== state.queues.waiting.has(call.id)) {
    yield `call ${call.id} is in the wrong place of the queue`;
  }
  if (stage === undefined || call.ended) return;
  if (stage.type === 'waiting') {
    if (!call.legs.includes(call.origin) && !awaitsCallback(call))
      yield `call ${call.id} waits without a caller`;
  } else if (stage.type === 'offered' && state.sessions.get(stage.sessionId)?.phase.type !== 'offered') {
    yield `call ${call.id} is offered to nobody`;
  }
}

function* legFaults(state: SiteState): Generator<string> {
  for (const leg of state.legs.values()) {
    if (leg.callId !== 0 && state.calls.get(leg.callId)?.legs.includes(leg.id) !== true) {
      yield `leg ${leg.id} is in no call`;
    }
    if (leg.callId === 0 && leg.clearing === null) yield `leg ${leg.id} is forgotten`;
  }
  for (const session of state.sessions.values()) {
    if (!state.agents.get(session.agentId)?.sessions.includes(session.id)) {
      yield `session ${session.id} is at no agent`;
    }
    if (session.phase.type !== 'clerical' && !state.legs.has(session.legId)) {
      yield `session ${session.id} has no phone`;
    }
  }
}

/** Nobody waits while somebody is free who may take him. */
function* queueFaults(state: SiteState): Generator<string> {
  for (const [groupId, group] of state.queues.groups) {
    for (const { callId } of group.waiting.values()) {
      for (const { agentId } of group.available.values()) {
        const agent = state.agents.get(agentId);
        const declined = state.calls.get(callId)?.service?.declined ?? [];
        const rests = declined.some(
          each => each.agentId === agentId && each.until > state.now && each.readyCount === agent?.readyCount,
        );
        if (!rests) yield `call ${callId} waits in group ${groupId} though agent ${agentId} is free`;
      }
    }
  }
}

/** Where a caller is led there is somebody who is led, and a time at which it goes on by itself. */
function* flowFaults(state: SiteState): Generator<string> {
  const timers = new Set(state.timers.save().map(each => `${each.type}:${each.id}`));
  for (const { id, flow, legs } of state.calls.values()) {
    const waits = state.sessions.get(flow?.authentication?.sessionId ?? 0);
    if (flow !== null && !legs.includes(flow.leg)) yield `call ${id}: nobody is in the flow`;
    if (flow !== null && !timers.has(`flow:${id}`)) yield `call ${id}: the flow stands still`;
    if ((waits !== undefined) !== timers.has(`authentication:${id}`))
      yield `authentication timer of call ${id}`;
    if (waits !== undefined && waits.phase.type !== 'authenticating') yield `call ${id}: nobody waits`;
  }
  for (const session of state.sessions.values()) {
    if (session.phase.type !== 'authenticating') continue;
    const awaited = state.calls.get(session.callId)?.flow?.authentication?.sessionId;
    if (awaited !== session.id) yield `session ${session.id} waits for nothing`;
  }
}

function* timerFaults(state: SiteState): Generator<string> {
  const timers = new Set(state.timers.save().map(each => `${each.type}:${each.id}`));
  for (const session of state.sessions.values()) {
    if (isServiceOffer(session) !== timers.has(`ring:${session.id}`)) yield `ring timer of ${session.id}`;
    if ((session.phase.type === 'clerical') !== timers.has(`clerical:${session.id}`)) {
      yield `clerical timer of ${session.id}`;
    }
  }
  for (const session of state.sessions.values()) {
    const isTimed = session.phase.type === 'failed' && session.phase.until !== undefined;
    if (isTimed !== timers.has(`failed:${session.id}`)) yield `failed timer of ${session.id}`;
  }
  for (const timer of state.timers.save()) {
    if (timer.type === 'recall' && state.calls.get(timer.id)?.recall?.stage !== 'transferred') {
      yield `recall timer of call ${timer.id}`;
    }
    if (timer.type === 'rest' && state.calls.get(timer.id)?.service?.stage.type !== 'waiting') {
      yield `rest timer of call ${timer.id}`;
    }
  }
}
