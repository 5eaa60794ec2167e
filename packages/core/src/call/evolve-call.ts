import { CallType } from '@cordboard/contract';
import { settleAvailability } from '../agent/availability.ts';
import { addVoiceItem, isRoutable, itemChanged, itemOf, removeItem } from '../dispatch/items.ts';
import { leaveFlow } from '../flow/evolve-flow.ts';
import { closeRecording } from '../recording/evolve-recording.ts';
import { addWaiting, removeWaiting } from '../routing/queues.ts';
import { agentOf, callOf, nextOrder, type SiteState, sessionOf, touchAll } from '../state.ts';
import { isoTime } from '../stream/iso-time.ts';
import { publishFailure, speak, speakFirst } from '../stream/publish.ts';
import { noteWait, stopWaiting } from '../waiting/evolve-waiting.ts';
import { newWaiting } from '../waiting/waiting.ts';
import type { Call, CallEvent, SessionBeginning } from './call.ts';
import { consultingAbout, refreshConsulting } from './consultation.ts';
import { evolveJoin, settleTransfer } from './evolve-join.ts';
import { setRestTimer } from './rest-timer.ts';
import type { Session, SessionPhase } from './session.ts';

type EventOf<Type extends CallEvent['type']> = Extract<CallEvent, { type: Type }>;

export function evolveCall(state: SiteState, event: CallEvent): void {
  switch (event.type) {
    case 'callStarted':
      startCall(state, event);
      return;
    case 'callDiverted':
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

/** Marks a session as changed in what is shown of it. */
function changed(state: SiteState, session: Session): Session {
  session.revision += 1;
  state.step.touched.add(session.agentId);
  return session;
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
  settleTransfer(state, call);
  touchAll(state, call.id);
  addVoiceItem(state, call);
  addWaiting(state.queues, call, isRoutable(state, call));
  state.step.counted.add(event.groupId);
  state.step.queued.push(call.id);
  setRestTimer(state, call.id, call.service.declined);
}

function startSession(state: SiteState, event: EventOf<'sessionStarted'>): void {
  const session = createSession(event.session, state.now);
  if (session.incoming && session.type !== CallType.AttendantRecall) {
    session.consulting = callOf(state, session.callId).consulting;
  }
  state.counters.session = Math.max(state.counters.session, session.id);
  state.sessions.set(session.id, session);
  const agent = agentOf(state, session.agentId);
  agent.sessions.push(session.id);
  const call = callOf(state, session.callId);
  call.sessions.push(session.id);
  removeItem(state, session.id);
  if (call.place?.stage.type === 'waiting' && call.place.stage.itemId === session.id) {
    state.timers.cancel('place', call.id);
    call.place.stage = { type: 'offered', sessionId: session.id };
  }
  if (call.service?.stage.type === 'waiting' && session.service !== null) {
    state.step.counted.add(call.service.groupId);
    removeWaiting(state.queues, call.id);
    state.timers.cancel('rest', call.id);
    stopWaiting(state, call.id);
    call.service.stage = { type: 'offered', sessionId: session.id };
  }
  if (event.ringUntil !== null) {
    state.timers.set({ type: 'ring', id: session.id, due: event.ringUntil, order: nextOrder(state) });
  }
  state.step.touched.add(agent.id);
  state.step.unspoken.add(session.id);
  settleAvailability(state, agent);
}

const createSession = (beginning: SessionBeginning, now: number): Session => ({
  ...beginning,
  consulting: null,
  startTime: isoTime(now),
  connectedTime: null,
  endTime: null,
  revision: 1,
  told: -1,
});

const setClericalTimer = (state: SiteState, sessionId: number, until: number): void =>
  state.timers.set({ type: 'clerical', id: sessionId, due: until, order: nextOrder(state) });

function move(state: SiteState, session: Session, phase: SessionPhase): void {
  // no step on the way is left out, also when one message leads through several
  speakFirst(state, session);
  const before = session.phase.type;
  if (before === 'offered') state.timers.cancel('ring', session.id);
  if (before === 'clerical') state.timers.cancel('clerical', session.id);
  session.phase = phase;
  changed(state, session);
  state.step.unspoken.add(session.id);
  enter(state, session, phase);
}

function enter(state: SiteState, session: Session, phase: SessionPhase): void {
  switch (phase.type) {
    case 'connected':
    case 'conference':
      session.connectedTime ??= isoTime(state.now);
      session.pending = null;
      touchAll(state, session.callId);
      serve(state, callOf(state, session.callId), session);
      return;
    case 'held':
      state.counters.order = Math.max(state.counters.order, phase.order);
      return;
    case 'failed':
    case 'clearing':
    case 'forceClearing':
      if (phase.type !== 'failed') session.endTime ??= isoTime(state.now);
      closeRecording(state, session.id);
      session.pending = null;
      return;
    case 'clerical':
      setClericalTimer(state, session.id, phase.until);
      return;
    case 'idle':
      end(state, session);
      return;
    default:
  }
}

function serve(state: SiteState, call: Call, session: Session): void {
  const { service, place, legs } = call;
  if (place?.stage.type === 'offered' && place.stage.sessionId === session.id) {
    call.place = null;
    if (service !== null) service.stage = { type: 'served', sessionId: session.id };
    return;
  }
  if (service === null || service.stage.type !== 'offered' || service.stage.sessionId !== session.id) return;
  service.stage = { type: 'served', sessionId: session.id };
  service.greeted = true;
  // he was quicker than the caller, who is still there
  if (legs.length > 1) service.waiting.callback = null;
  noteWait(state, service.groupId, session.service?.queueSeconds ?? 0);
}

/** The last that is heard of a session. */
function end(state: SiteState, session: Session): void {
  const agent = agentOf(state, session.agentId);
  session.endTime ??= isoTime(state.now);
  session.pending = null;
  agent.sessions = agent.sessions.filter(each => each !== session.id);
  speak(state, session);
  state.step.unspoken.delete(session.id);
  closeRecording(state, session.id);
  state.sessions.delete(session.id);
  if (session.service !== null && session.connectedTime !== null) agent.idleOrder = nextOrder(state);
  const call = state.calls.get(session.callId);
  if (call !== undefined) {
    call.sessions = call.sessions.filter(each => each !== session.id);
    forget(state, call.id);
  }
  settleAvailability(state, agent);
}

/** A call's data is needed as long as somebody has it on his desk, in clerical state too. */
function forget(state: SiteState, callId: number): void {
  const call = state.calls.get(callId);
  if (call?.ended && call.sessions.length === 0) state.calls.delete(callId);
}
