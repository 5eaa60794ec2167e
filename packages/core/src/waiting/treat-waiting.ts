import type { Call, Service } from '../call/call.ts';
import { routeCall } from '../call/route-call.ts';
import { settleCall } from '../call/settle-call.ts';
import { isOpenNow } from '../flow/is-open-now.ts';
import { requeue } from '../routing/queue-call.ts';
import { countWaiting, isServedBefore, queuesOf } from '../routing/queues.ts';
import type { SiteState } from '../state.ts';
import { emit, type Turn } from '../turn.ts';
import { mayBeCalledBack } from './callback.ts';
import { spokenPosition, spokenWaitingTime } from './spoken.ts';
import type { Overflow, WaitingTreatment } from './waiting.ts';

/** A call goes from group to group only so often. */
export const maximumOverflows = 10;

/** A call that is reserved overflows when it is free again. */
const reservedPatience = 10_000;

const treatmentOf = (state: SiteState, service: Service): WaitingTreatment | undefined =>
  state.directory.groups.get(service.groupId)?.waiting;

/** Those of the calls that came into a queue in this step and found nobody: what is to happen while they wait. */
export function planWaiting(turn: Turn, callIds: readonly number[]): void {
  for (const id of callIds) {
    const call = turn.state.calls.get(id);
    const service = call?.service ?? null;
    if (call === undefined || service?.stage.type !== 'waiting' || service.waiting.plannedFor === id)
      continue;
    const treatment = treatmentOf(turn.state, service);
    if (treatment !== undefined) planCall(turn, call, service, treatment);
  }
}

function planCall(turn: Turn, call: Call, service: Service, treatment: WaitingTreatment): void {
  const { state } = turn;
  const { overflow, announceSeconds } = treatment;
  const announces = announceSeconds > 0 && service.waiting.callback === null;
  const overflows = overflow !== null && overflow.seconds > 0;
  // who came by overflow waits here as long as others do: two groups that help each other out would pass him on at once
  const from = call.overflows > 0 ? state.now : service.since;
  emit(turn, {
    type: 'waitingPlanned',
    callId: call.id,
    announceAt: announces ? state.now + announceSeconds * 1000 : null,
    overflowAt: overflows ? Math.max(state.now, from + overflow.seconds * 1000) : null,
  });
  if (overflow === null || overflow.waitingCalls === 0) return;
  if (waitingCount(state, service.groupId) > overflow.waitingCalls) overflowCall(turn, call);
}

const waitingCount = (state: SiteState, groupId: number): number => countWaiting(state.queues, groupId);

/** It is time to tell a caller where he stands. */
export function announce(turn: Turn, call: Call): void {
  const { state } = turn;
  const { service } = call;
  if (service?.stage.type !== 'waiting' || service.waiting.callback !== null) return;
  const treatment = treatmentOf(state, service);
  if (treatment === undefined || treatment.announceSeconds === 0) return;
  const position = positionOf(state, call);
  const sounds = [
    ...(treatment.announcePosition ? spokenPosition(position) : []),
    ...(treatment.announceWaitingTime ? spokenWaitingTime(estimatedSeconds(state, service, position)) : []),
    ...(treatment.callback !== null && mayBeCalledBack(state, call, call.origin)
      ? treatment.callback.prompt
      : []),
  ];
  emit(turn, {
    type: 'waitingAnnounced',
    callId: call.id,
    sounds,
    nextAt: state.now + treatment.announceSeconds * 1000,
  });
  settleCall(turn, call);
}

/** 1 = he is next. */
function positionOf(state: SiteState, call: Call): number {
  const own = state.queues.waiting.get(call.id);
  if (own === undefined) return 1;
  let position = 1;
  for (const { present } of queuesOf(state.queues, call.service?.groupId ?? 0)) {
    for (const each of present) if (isServedBefore(each, own)) position += 1;
  }
  return position;
}

/** What others have waited lately, less what he has waited; each before him counts a minute where nothing is known. */
function estimatedSeconds(state: SiteState, service: Service, position: number): number {
  const usual = state.waits.get(service.groupId) ?? position * 60;
  return Math.max(0, usual - Math.floor((state.now - service.since) / 1000));
}

/** Once more agents, another group or another number: whatever comes first in the configuration. */
export function overflowCall(turn: Turn, call: Call): void {
  const { state } = turn;
  const { service } = call;
  if (service?.stage.type !== 'waiting' || call.overflows >= maximumOverflows) return;
  const overflow = treatmentOf(state, service)?.overflow ?? null;
  if (overflow === null) return;
  if ((state.dispatch.items.get(service.stage.itemId)?.reservedBy ?? 0) !== 0) {
    // an agent is about to take it
    const overflowAt = state.now + reservedPatience;
    emit(turn, { type: 'waitingPlanned', callId: call.id, announceAt: null, overflowAt });
    return;
  }
  const { groupId } = service;
  const target = state.directory.groups.get(overflow.group);
  if (overflow.group !== 0) {
    if (target === undefined || !isOpenNow(state, target)) return;
    emit(turn, { type: 'callOverflowed', callId: call.id, groupId, to: { group: target.id } });
    requeue(turn, call, target);
  } else if (overflow.number !== '') {
    overflowToNumber(turn, call, service, overflow);
  } else if (!service.waiting.widened) {
    const { agentGroups } = overflow;
    emit(turn, { type: 'callOverflowed', callId: call.id, groupId, to: { agentGroups } });
  }
}

/** Who is to be called back has nobody on the line who could be sent on. */
function overflowToNumber(turn: Turn, call: Call, service: Service, { number }: Overflow): void {
  if (service.stage.type !== 'waiting' || service.waiting.callback !== null) return;
  const { groupId } = service;
  emit(turn, { type: 'callOverflowed', callId: call.id, groupId, to: { number } });
  emit(turn, {
    type: 'callUnqueued',
    callId: call.id,
    itemId: service.stage.itemId,
    groupId,
    cause: 'overflowed',
  });
  routeCall(turn, call, number);
}
