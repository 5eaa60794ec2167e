import { CallType } from '@cordboard/contract';
import { settleLogOff } from '../agent/settle-log-off.ts';
import type { Call, Recall } from '../call/call.ts';
import { isExtensionBusy } from '../call/extension-busy.ts';
import { endIfEmpty, releaseAll } from '../call/leave-call.ts';
import { endSession, failPending } from '../call/move-session.ts';
import { upLegs } from '../call/parties.ts';
import { ringAt, ringPhone } from '../call/ring-at.ts';
import { settleCall } from '../call/settle-call.ts';
import { dropLeg } from '../leg/drop-leg.ts';
import type { Cause } from '../ports/call-manager.ts';
import { returnToQueue } from '../routing/queue-call.ts';
import { agentAt, agentOf, callOf, legOf, type SiteState } from '../state.ts';
import { emit, nextSessionId, type Turn } from '../turn.ts';

/** So long a transferred call may ring. */
export const recallTime = (state: SiteState): number =>
  state.now + (state.configuration.timers.recallSeconds ?? 30) * 1000;

/** A transferred call was not answered in time. */
export function recallDue(turn: Turn, callId: number): void {
  const call = turn.state.calls.get(callId);
  if (call?.recall?.stage !== 'transferred') return;
  for (const id of [...call.legs]) {
    const leg = legOf(turn.state, id);
    if (leg.progress === 'up') continue;
    const session = turn.state.sessions.get(leg.sessionId);
    if (session !== undefined) {
      failPending(turn, session, 'notRinging', 'noAnswer');
      endSession(turn, session, 'noAnswer');
    }
    dropLeg(turn, id, 'normal');
    if (session !== undefined) settleLogOff(turn, agentOf(turn.state, session.agentId));
  }
  transferFailed(turn, call, call.recall, 'noAnswer');
}

/**
 * Nobody took a transferred call. It rings again where it came from; failing that too, it goes back to its queue, and a
 * caller of no service group is cleared with the cause. Of several who wait, the others go on.
 */
export function transferFailed(turn: Turn, call: Call, recall: Recall, cause: Cause): void {
  const waiting = upLegs(turn.state, call).length;
  if (waiting > 1) {
    emit(turn, { type: 'transferSettled', callId: call.id });
    settleCall(turn, call);
    return;
  }
  if (waiting === 1 && recall.stage === 'transferred' && ringAgain(turn, call, recall, cause)) {
    settleCall(turn, callOf(turn.state, call.id));
    return;
  }
  if (waiting === 1 && call.service !== null) {
    returnToQueue(turn, call, null);
    return;
  }
  releaseAll(turn, call, cause);
  endIfEmpty(turn, call, cause);
}

function ringAgain(turn: Turn, call: Call, recall: Recall, cause: Cause): boolean {
  const { state } = turn;
  const { extension, agentId, service } = recall;
  const agent = agentAt(state, extension);
  if (state.phones.get(extension)?.registered !== true || (agent?.id ?? 0) !== agentId) return false;
  if (isExtensionBusy(state, call, extension, agent)) return false;
  const sessionId = agent === undefined ? 0 : nextSessionId(state);
  emit(turn, { type: 'callRecalled', callId: call.id, sessionId, agentId, cause });
  if (agent === undefined) {
    ringPhone(turn, call, extension);
    return true;
  }
  const { timers } = state.configuration;
  ringAt(turn, call, agent, {
    sessionId,
    type: CallType.AttendantRecall,
    service: call.service === null ? null : service,
    seconds:
      (service === null ? undefined : state.directory.groups.get(service.groupId)?.ringSeconds) ??
      timers.outgoingRingSeconds,
  });
  return true;
}
