import { settleLogOff } from '../agent/settle-log-off.ts';
import type { Call } from '../call/call.ts';
import { endIfEmpty, finishSession } from '../call/leave-call.ts';
import { endSession, failPending, moveSession } from '../call/move-session.ts';
import { isLive } from '../call/session.ts';
import { leavePlace } from '../dispatch/place.ts';
import type { CallManagerCommand, CallManagerInventory } from '../ports/call-manager.ts';
import { meetRecordings } from '../recording/take-recording-report.ts';
import { returnToQueue } from '../routing/queue-call.ts';
import { agentOf, sessionOf } from '../state.ts';
import { emit, type Turn } from '../turn.ts';
import { awaitsCallback } from '../waiting/callback.ts';
import { callbackFailed, isAttempt } from '../waiting/callback-attempt.ts';
import { commandsToReach } from './commands-to-reach.ts';
import { legCleared } from './leg-cleared.ts';
import { takeReport } from './take-report.ts';

/** The call manager is there (again): what it does not have is over, what it has is brought to where it should be. */
export function takeInventory(
  turn: Turn,
  inventory: CallManagerInventory,
  seq: number,
): CallManagerCommand[] {
  const { state } = turn;
  const before = state.callManager.instance;
  emit(turn, { type: 'callManagerAttached', instance: inventory.instance, seq });
  takeRegistrations(turn, inventory);
  if (before !== '' && before !== inventory.instance) loseEarlierCalls(turn, inventory);
  meetLegs(turn, inventory);
  meetRecordings(turn, inventory);
  return commandsToReach(state, inventory);
}

function takeRegistrations(turn: Turn, inventory: CallManagerInventory): void {
  const registered = new Map(inventory.registrations.map(each => [each.extension, each.address]));
  for (const phone of [...turn.state.phones.values()]) {
    if (phone.registered && !registered.has(phone.extension)) {
      takeReport(turn, { type: 'unregistered', extension: phone.extension });
    }
  }
  for (const [extension, address] of registered) takeReport(turn, { type: 'registered', extension, address });
}

/** Another instance has none of the earlier one's legs: their calls are over. What has come in on it meanwhile goes on. */
function loseEarlierCalls(turn: Turn, inventory: CallManagerInventory): void {
  const { state } = turn;
  const there = new Set(inventory.legs.map(each => each.leg));
  const kept = new Set(
    inventory.legs.map(each => state.legs.get(each.leg)?.callId ?? 0).filter(id => id !== 0),
  );
  for (const leg of [...state.legs.values()]) {
    if (there.has(leg.id) || kept.has(leg.callId)) continue;
    const gone = { leg: leg.id, cause: 'switchRestarted', byRemote: true } as const;
    if (leg.clearing === null) emit(turn, { type: 'legCleared', ...gone });
    else legCleared(turn, { type: 'cleared', ...gone });
  }
  for (const call of [...state.calls.values()]) if (!kept.has(call.id)) loseCall(turn, call);
}

function loseCall(turn: Turn, call: Call): void {
  if (awaitsCallback(call)) {
    // nobody was on the line: the place in the queue stays
    for (const id of [...call.sessions]) loseSession(turn, id);
    if (call.service?.stage.type === 'offered') returnToQueue(turn, call, null);
    return;
  }
  const cause = 'switchRestarted';
  if (isAttempt(call)) {
    for (const id of [...call.sessions]) loseSession(turn, id);
    callbackFailed(turn, call, cause);
    return;
  }
  if (call.service?.stage.type === 'waiting') {
    const { itemId } = call.service.stage;
    emit(turn, { type: 'callUnqueued', callId: call.id, itemId, groupId: call.service.groupId, cause });
  }
  leavePlace(turn, call, cause);
  for (const id of [...call.sessions]) loseSession(turn, id);
  endIfEmpty(turn, call, cause);
}

function loseSession(turn: Turn, id: number): void {
  const session = sessionOf(turn.state, id);
  failPending(turn, session, 'notRinging', 'the call manager was started anew');
  if (session.phase.type === 'offered') {
    endSession(turn, session, 'switchRestarted');
    settleLogOff(turn, agentOf(turn.state, session.agentId));
    return;
  }
  if (isLive(session)) moveSession(turn, session, { type: 'clearing' });
  if (session.phase.type === 'clearing' || session.phase.type === 'forceClearing')
    finishSession(turn, session);
}

/** What happened while nobody listened, as far as it can be seen now. */
function meetLegs(turn: Turn, inventory: CallManagerInventory): void {
  loseMissingLegs(turn, inventory);
  for (const { leg, direction, state } of inventory.legs) {
    if (direction !== 'outgoing') continue;
    if (state === 'alerting') takeReport(turn, { type: 'alerting', leg });
    if (state === 'up') takeReport(turn, { type: 'answered', leg, remoteAddress: '' });
  }
}

/** Legs that ended while nobody listened. One that was still to be called may never have been: it is called again. */
function loseMissingLegs(turn: Turn, inventory: CallManagerInventory): void {
  const there = new Set(inventory.legs.map(each => each.leg));
  for (const leg of [...turn.state.legs.values()]) {
    if (there.has(leg.id) || !turn.state.legs.has(leg.id)) continue;
    if (leg.progress === 'dialing' && leg.clearing === null) continue;
    legCleared(turn, { type: 'cleared', leg: leg.id, cause: 'normal', byRemote: true });
  }
}
