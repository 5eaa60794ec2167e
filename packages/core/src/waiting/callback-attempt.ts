import type { Call } from '../call/call.ts';
import { endIfEmpty, releaseAll } from '../call/leave-call.ts';
import { routeCall } from '../call/route-call.ts';
import type { Cause } from '../ports/call-manager.ts';
import { returnToQueue } from '../routing/queue-call.ts';
import type { SiteState } from '../state.ts';
import { emit, type Turn } from '../turn.ts';
import { type Callback, type CallbackEnd, callbackLimits } from './waiting.ts';

/** The agent speaks with nobody yet: the customer is being called for him. */
export const isAttempt = (call: Call): boolean =>
  call.service?.stage.type === 'served' && call.service.waiting.callback?.dialled === true;

/** The agent has answered a call-back: now the customer is called. */
export function dialCallback(turn: Turn, call: Call): void {
  const { service } = call;
  if (service === null || service.stage.type !== 'served') return;
  const { callback } = service.waiting;
  const session = turn.state.sessions.get(service.stage.sessionId);
  if (callback === null || callback.dialled === true) return;
  if (session === undefined || call.legs.length !== 1) return;
  const { number } = callback;
  emit(turn, {
    type: 'callbackDialled',
    callId: call.id,
    sessionId: session.id,
    agentId: session.agentId,
    number,
    attempt: (callback.attempts ?? 0) + 1,
  });
  const { serviceNumbers, flowNumbers } = turn.state.directory;
  if (serviceNumbers.has(number) || flowNumbers.has(number)) callbackFailed(turn, call, 'unknownNumber');
  else routeCall(turn, call, number);
}

/** Somebody has answered in a call: if it is the customer, he is reached. */
export function customerAnswered(turn: Turn, call: Call, legId: string): void {
  if (!isAttempt(call) || legId === call.origin) return;
  endCallback(turn, call, 'reached');
}

/** The customer was not reached, or the agent gave it up: it is tried again later, so often and until its time is over. */
export function callbackFailed(turn: Turn, call: Call, cause: Cause): void {
  const { service } = call;
  const callback = service?.waiting.callback ?? null;
  if (service === null || callback === null) return;
  const { state } = turn;
  const attempt = callback.attempts ?? 0;
  const group = state.directory.groups.get(service.groupId);
  const { attempts, retrySeconds } = callbackLimits(group?.waiting?.callback);
  const retryAt = state.now + retrySeconds * 1000;
  const isLast = attempt >= attempts || cause === 'unknownNumber' || group === undefined;
  emit(turn, {
    type: 'callbackFailed',
    callId: call.id,
    groupId: service.groupId,
    attempt,
    cause,
    retryAt: isLast || isOver(callback, retryAt) ? null : retryAt,
  });
  releaseAll(turn, call, 'normal');
  if (isLast || isOver(callback, retryAt)) {
    endCallback(turn, call, isLast ? 'givenUp' : 'expired');
    endIfEmpty(turn, call, cause);
  } else {
    returnToQueue(turn, call, null);
  }
}

const isOver = ({ until }: Callback, at: number): boolean => until !== undefined && until <= at;

/** One that waits or was not taken, and whose time is over. */
export const isExpired = (state: SiteState, call: Call): boolean => {
  const callback = call.service?.waiting.callback ?? null;
  return callback !== null && isOver(callback, state.now);
};

/** Nobody has called the customer in time. One that rings at an agent, or is being dialled, is let go on. */
export function callbackExpires(turn: Turn, call: Call): void {
  if (call.service?.stage.type === 'waiting') expireCallback(turn, call);
}

export function expireCallback(turn: Turn, call: Call): void {
  const { service } = call;
  if (service === null || service.stage.type === 'served') return;
  const { stage, groupId } = service;
  endCallback(turn, call, 'expired');
  emit(turn, {
    type: 'callUnqueued',
    callId: call.id,
    itemId: stage.type === 'waiting' ? stage.itemId : stage.sessionId,
    groupId,
    cause: 'expired',
  });
  releaseAll(turn, call, 'normal');
  endIfEmpty(turn, call, 'noAnswer');
}

/** A call-back that rested may be offered again. */
export function callbackDue(turn: Turn, call: Call): void {
  if (call.service?.stage.type !== 'waiting' || call.service.waiting.callback?.retryAt === undefined) return;
  emit(turn, { type: 'callbackDue', callId: call.id });
}

function endCallback(turn: Turn, call: Call, outcome: CallbackEnd): void {
  const { service } = call;
  if (service?.waiting.callback == null) return;
  const session =
    service.stage.type === 'served' ? turn.state.sessions.get(service.stage.sessionId) : undefined;
  emit(turn, {
    type: 'callbackEnded',
    callId: call.id,
    groupId: service.groupId,
    sessionId: session?.id ?? 0,
    agentId: session?.agentId ?? 0,
    outcome,
  });
}
