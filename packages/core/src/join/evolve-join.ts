import type { Call, CallEvent, CallJoined } from '../call/call.ts';
import { boundOutside } from '../call/outside-call.ts';
import { setRestTimer } from '../call/rest-timer.ts';
import type { Session } from '../call/session.ts';
import { isRoutable, itemChanged, itemMoved, itemOf } from '../dispatch/items.ts';
import { addWaiting, removeWaiting } from '../routing/queues.ts';
import { callOf, legOf, nextOrder, type SiteState, sessionOf, touchAll } from '../state.ts';
import { dropCallback } from '../waiting/evolve-waiting.ts';
import { consultingAbout } from './consultation.ts';

type Joining = CallJoined | Extract<CallEvent, { type: 'transferSettled' | 'callRecalled' | 'partyLeft' }>;

export function evolveJoin(state: SiteState, event: Joining, changed: (session: Session) => void): void {
  const call = callOf(state, event.callId);
  switch (event.type) {
    case 'callTransferred':
    case 'callConferenced':
      join(state, call, event, changed);
      return;
    case 'transferSettled':
      settleTransfer(state, call);
      return;
    case 'callRecalled':
      recall(state, call, event);
      return;
    case 'partyLeft':
      call.origin = event.origin;
      touchAll(state, call.id);
  }
}

function join(state: SiteState, call: Call, event: CallJoined, changed: (session: Session) => void): void {
  call.consulting = consultingAbout(state, event.sessionId);
  // who hands a call-back over while it rings makes it a call as others
  dropCallback(state, call);
  if (event.otherId !== 0) dropCallback(state, callOf(state, event.otherId));
  const came = event.otherId === 0 ? [] : takeParties(state, call, callOf(state, event.otherId), event);
  call.origin = event.origin;
  for (const { leg, party } of event.parties) legOf(state, leg).party = party;
  for (const session of came) session.consulting = call.consulting ?? session.consulting;
  for (const id of call.sessions) changed(sessionOf(state, id));
  if (event.type === 'callConferenced') return;
  const { number, name } = legOf(state, event.origin).party;
  call.callerNumber = number;
  call.callerName = name;
  itemChanged(state, itemOf(state, call));
  serveOn(call, came[0]);
  if (event.recall === null) return;
  const { extension, until } = event.recall;
  const service = state.sessions.get(event.sessionId)?.service ?? null;
  call.recall = { agentId: event.agentId, extension, service, stage: 'transferred' };
  state.timers.set({ type: 'recall', id: call.id, due: until, order: nextOrder(state) });
}

/** All of the other call but the one who joined them. */
function takeParties(state: SiteState, call: Call, other: Call, event: CallJoined): Session[] {
  const { otherLeg } = event;
  const came: Session[] = [];
  for (const id of other.legs) {
    if (id === otherLeg) continue;
    legOf(state, id).callId = call.id;
    call.legs.push(id);
  }
  other.legs = other.legs.filter(each => each === otherLeg);
  boundOutside(state, call);
  boundOutside(state, other);
  for (const id of other.sessions) {
    const session = sessionOf(state, id);
    if (!call.legs.includes(session.legId)) continue;
    session.callId = call.id;
    call.sessions.push(id);
    came.push(session);
  }
  other.sessions = other.sessions.filter(id => sessionOf(state, id).callId === other.id);
  const keeps = event.type === 'callConferenced' || call.service?.stage.type !== 'served';
  if (call.service === null || !keeps) takeService(state, call, other);
  return came;
}

/** A place in a queue, or an agent of a service group who has the call: it goes with the parties. */
function takeService(state: SiteState, call: Call, other: Call): void {
  const { service } = other;
  if (service === null) return;
  const waits = service.stage.type === 'waiting';
  other.service = null;
  state.timers.cancel('rest', other.id);
  if (waits) removeWaiting(state.queues, other.id);
  call.service = service;
  if (!waits) return;
  itemMoved(state, call);
  addWaiting(state.queues, call, isRoutable(state, call));
  setRestTimer(state, call.id, service.declined);
  state.step.queued.push(call.id);
}

/** The agent who has it now: when he is forced out, the caller goes back to the queue. */
function serveOn({ service }: Call, session: Session | undefined): void {
  if (service?.stage.type === 'served' && session !== undefined) {
    service.stage = { type: 'served', sessionId: session.id };
  }
}

export function settleTransfer(state: SiteState, call: Call): void {
  call.recall = null;
  state.timers.cancel('recall', call.id);
}

function recall(state: SiteState, call: Call, event: Extract<Joining, { type: 'callRecalled' }>): void {
  state.timers.cancel('recall', call.id);
  if (call.recall === null) return;
  const { service } = call.recall;
  call.recall = { ...call.recall, stage: 'recalled' };
  if (service === null || call.service === null || event.sessionId === 0) return;
  call.service.stage = { type: 'offered', sessionId: event.sessionId };
}
