import type { Call, Declined } from '../call/call.ts';
import { attemptFailed, refuseService } from '../call/leave-call.ts';
import { settleCall } from '../call/settle-call.ts';
import type { ServiceGroup } from '../configuration/configuration.ts';
import { isOpenNow } from '../flow/is-open-now.ts';
import { startFlow } from '../flow/run-flow.ts';
import { emit, nextSessionId, type Turn } from '../turn.ts';
import { expireCallback, isExpired } from '../waiting/callback-attempt.ts';

/** A caller comes into a service group: answered, with greeting and music, and matched at the end of the step. */
export function queueCall(
  turn: Turn,
  call: Call,
  group: ServiceGroup,
  declined: Declined | null = null,
): void {
  const { state } = turn;
  if (!isOpenNow(state, group)) {
    divertFromClosed(turn, call, group);
    return;
  }
  emit(turn, {
    type: 'callQueued',
    callId: call.id,
    itemId: nextSessionId(state),
    groupId: group.id,
    groupName: group.name,
    priority: group.priority,
    order: state.counters.order + 1,
    since: state.now,
    returned: false,
    declined,
  });
  settleCall(turn, call);
}

/** An offered call goes back to its queue, with its priority and its time. The new stay has a new id. */
export function returnToQueue(turn: Turn, call: Call, declined: Declined | null): void {
  const { service } = call;
  if (service === null) return;
  if (isExpired(turn.state, call)) {
    expireCallback(turn, call);
    return;
  }
  if (!turn.state.directory.groups.has(service.groupId)) {
    refuseService(turn, call);
    return;
  }
  emit(turn, {
    type: 'callQueued',
    callId: call.id,
    itemId: nextSessionId(turn.state),
    groupId: service.groupId,
    groupName: service.groupName,
    priority: service.priority,
    order: service.order,
    since: service.since,
    returned: true,
    declined,
  });
  settleCall(turn, call);
}

/** Nobody is there: the group's flow for that says so; without one the caller is cleared. */
function divertFromClosed(turn: Turn, call: Call, group: ServiceGroup): void {
  const flow = turn.state.directory.flows.get(group.closedFlow ?? '');
  emit(turn, { type: 'callDiverted', callId: call.id, groupId: group.id });
  if (flow === undefined) attemptFailed(turn, call, 'unreachable');
  else startFlow(turn, call, flow, call.origin);
}

/** A waiting call changes to another group, with its time and its place among those who wait. */
export function requeue(turn: Turn, call: Call, group: ServiceGroup): void {
  const { service } = call;
  if (service?.stage.type !== 'waiting') return;
  const { order, since, waiting } = service;
  const { itemId } = service.stage;
  emit(turn, {
    type: 'callUnqueued',
    callId: call.id,
    itemId,
    groupId: service.groupId,
    cause: 'overflowed',
  });
  emit(turn, {
    type: 'callQueued',
    callId: call.id,
    itemId: nextSessionId(turn.state),
    groupId: group.id,
    groupName: group.name,
    priority: group.priority,
    order,
    since,
    returned: false,
    declined: null,
    callback: waiting.callback,
  });
  settleCall(turn, call);
}
