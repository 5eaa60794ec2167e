import type { Call, Declined } from '../call/call.ts';
import { refuseService } from '../call/leave-call.ts';
import { settleCall } from '../call/settle-call.ts';
import type { ServiceGroup } from '../configuration/configuration.ts';
import { emit, nextSessionId, type Turn } from '../turn.ts';

/** A caller comes into a service group: answered, with greeting and music, and matched at the end of the step. */
export function queueCall(turn: Turn, call: Call, group: ServiceGroup): void {
  const { state } = turn;
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
    declined: null,
  });
  settleCall(turn, call);
}

/** An offered call goes back to its queue, with its priority and its time. The new stay has a new id. */
export function returnToQueue(turn: Turn, call: Call, declined: Declined | null): void {
  const { service } = call;
  if (service === null) return;
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
