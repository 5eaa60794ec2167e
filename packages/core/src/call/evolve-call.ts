import { addVoiceItem, isRoutable, itemChanged, itemOf, removeItem } from '../dispatch/items.ts';
import { leaveFlow } from '../flow/evolve-flow.ts';
import { consultingAbout, refreshConsulting } from '../join/consultation.ts';
import { evolveJoin, settleTransfer } from '../join/evolve-join.ts';
import { addWaiting, removeWaiting } from '../routing/queues.ts';
import { agentOf, callOf, type SiteState, sessionOf, touchAll } from '../state.ts';
import { publishFailure } from '../stream/publish.ts';
import { setCallback, stopCallback, stopWaiting } from '../waiting/evolve-waiting.ts';
import { newWaiting } from '../waiting/waiting.ts';
import type { Call, CallEvent, EventOf } from './call.ts';
import { changed, forget, move, setClericalTimer, startSession } from './evolve-session.ts';
import { setRestTimer } from './rest-timer.ts';

export function evolveCall(state: SiteState, event: CallEvent): void {
  switch (event.type) {
    case 'callStarted':
      startCall(state, event);
      return;
    case 'callDiverted':
    case 'callCutOff':
      return;
    case 'callRouted':
      callOf(state, event.callId).destination = null;
      return;
    case 'callQueued':
      queue(state, event);
      return;
    case 'callUnqueued':
      removeItem(state, event.itemId);
      state.step.counted.add(event.groupId);
      removeWaiting(state.queues, event.callId);
      state.timers.cancel('rest', event.callId);
      stopWaiting(state, event.callId);
      stopCallback(state, event.callId);
      callOf(state, event.callId).service = null;
      return;
    case 'callTransferred':
    case 'callConferenced':
    case 'transferSettled':
    case 'callRecalled':
    case 'partyLeft':
      evolveJoin(state, event, session => changed(state, session));
      return;
    case 'callEnded':
      callOf(state, event.callId).ended = true;
      settleTransfer(state, callOf(state, event.callId));
      leaveFlow(state, callOf(state, event.callId));
      stopWaiting(state, event.callId);
      stopCallback(state, event.callId);
      forget(state, event.callId);
      return;
    case 'sessionStarted':
      startSession(state, event);
      return;
    case 'sessionMoved':
      move(state, sessionOf(state, event.sessionId), event.phase);
      return;
    case 'operationFailed':
      changed(state, sessionOf(state, event.sessionId)).pending = null;
      publishFailure(state, agentOf(state, event.agentId), event);
      return;
    default:
      evolveData(state, event);
  }
}

function evolveData(
  state: SiteState,
  event: EventOf<
    | 'clericalExtended'
    | 'sessionPending'
    | 'sessionNamed'
    | 'privateDataSet'
    | 'ivrDataSet'
    | 'cqCodesEntered'
    | 'sessionPartyChanged'
  >,
): void {
  switch (event.type) {
    case 'clericalExtended': {
      const session = changed(state, sessionOf(state, event.sessionId));
      if (session.phase.type === 'clerical') session.phase = { ...session.phase, until: event.until };
      setClericalTimer(state, session.id, event.until);
      return;
    }
    case 'sessionPending':
      sessionOf(state, event.sessionId).pending = event.pending;
      return;
    case 'sessionNamed':
      changed(state, sessionOf(state, event.sessionId)).name = event.name;
      return;
    case 'cqCodesEntered':
      sessionOf(state, event.sessionId).cqCodes = event.codes;
      return;
    case 'sessionPartyChanged': {
      const session = changed(state, sessionOf(state, event.sessionId));
      session.phoneNumber = event.number;
      session.name = event.name;
      return;
    }
    case 'privateDataSet': {
      const call = callOf(state, event.callId);
      call.privateData = event.data;
      changedAll(state, call);
      return;
    }
    case 'ivrDataSet': {
      const call = callOf(state, event.callId);
      call.ivrLabels = withField(call.ivrLabels, event.index, event.label);
      call.ivrData = withField(call.ivrData, event.index, event.data);
      itemChanged(state, itemOf(state, call));
      changedAll(state, call);
      refreshConsulting(state, call, session => changed(state, session));
    }
  }
}

/** A new list: the earlier one may be in what was told. */
function withField(fields: readonly string[], index: number, value: string): string[] {
  const changedFields = [...fields];
  while (changedFields.length < index) changedFields.push('');
  changedFields[index] = value;
  return changedFields;
}

const changedAll = (state: SiteState, call: Call): void => {
  for (const id of call.sessions) changed(state, sessionOf(state, id));
};

function startCall(state: SiteState, event: EventOf<'callStarted'>): void {
  state.counters.call = event.callId;
  state.calls.set(event.callId, {
    id: event.callId,
    origin: event.origin,
    legs: [],
    sessions: [],
    callerNumber: event.callerNumber,
    callerName: event.callerName,
    calledNumber: event.calledNumber,
    service: null,
    place: null,
    privateData: '',
    ivrLabels: [],
    ivrData: [],
    destination: event.destination,
    consultationOf: event.consultationOf ?? 0,
    consulting: consultingAbout(state, event.consultationOf ?? 0),
    recall: null,
    deflection: null,
    deflected: false,
    flow: null,
    stepsTaken: 0,
    overflows: 0,
    ended: false,
    ...(event.monitoring && { monitoring: true }),
  });
}

function queue(state: SiteState, event: EventOf<'callQueued'>): void {
  const call = callOf(state, event.callId);
  state.counters.session = Math.max(state.counters.session, event.itemId);
  state.counters.order = Math.max(state.counters.order, event.order);
  leaveFlow(state, call);
  const before = call.service?.groupId === event.groupId ? call.service : null;
  const earlier = (before?.declined ?? []).filter(each => each.until > state.now);
  const declined = event.declined === null ? earlier : [...earlier, event.declined];
  call.service = {
    groupId: event.groupId,
    groupName: event.groupName,
    priority: event.priority,
    order: event.order,
    since: event.since,
    stage: { type: 'waiting', itemId: event.itemId },
    greeted: before?.greeted ?? false,
    declined,
    waiting: newWaiting(event.callback ?? call.service?.waiting.callback),
  };
  if (call.service.waiting.callback !== null) setCallback(state, call, call.service.waiting.callback);
  settleTransfer(state, call);
  touchAll(state, call.id);
  addVoiceItem(state, call);
  addWaiting(state.queues, call, isRoutable(state, call));
  state.step.counted.add(event.groupId);
  state.step.queued.push(call.id);
  setRestTimer(state, call.id, call.service.declined);
}
