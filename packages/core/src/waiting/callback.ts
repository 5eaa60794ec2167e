import type { Call } from '../call/call.ts';
import { settleCall } from '../call/settle-call.ts';
import { diallableNumber } from '../configuration/numbers.ts';
import { dropLeg } from '../leg/drop-leg.ts';
import type { LegId } from '../ports/call-manager.ts';
import type { SiteState } from '../state.ts';
import { emit, order, type Turn } from '../turn.ts';
import { callbackLimits } from './waiting.ts';
import { partingMedia } from './waiting-sounds.ts';

/** Keeps its place though nobody is on the line. */
export const awaitsCallback = (call: Call): boolean =>
  call.service !== null && call.service.waiting.callback !== null && call.service.stage.type !== 'served';

/** He is no agent, has called himself, and his number is known. */
export function mayBeCalledBack(state: SiteState, call: Call, legId: LegId): boolean {
  const leg = state.legs.get(legId);
  if (leg?.sessionId !== 0 || legId !== call.origin) return false;
  const number = diallableNumber(call.callerNumber);
  if (number === null) return false;
  return !state.directory.serviceNumbers.has(number) && !state.directory.flowNumbers.has(number);
}

/** A waiting caller wants to be called back: he is told so and let go. */
export function acceptCallback(turn: Turn, call: Call, sounds: string[]): void {
  const { service } = call;
  if (service?.stage.type !== 'waiting' || service.waiting.callback !== null) return;
  const number = diallableNumber(call.callerNumber);
  if (number === null || !mayBeCalledBack(turn.state, call, call.origin)) return;
  const { groupId } = service;
  const { expiryMinutes } = callbackLimits(turn.state.directory.groups.get(groupId)?.waiting?.callback);
  const until = turn.state.now + expiryMinutes * 60_000;
  emit(turn, { type: 'callbackAccepted', callId: call.id, groupId, number, sounds, until });
  if (sounds.length === 0) {
    part(turn, call);
    return;
  }
  order(turn, { type: 'setMedia', leg: call.origin, media: partingMedia(sounds) });
  settleCall(turn, call);
}

/** What was to be said to him is said. */
export function part(turn: Turn, call: Call): void {
  if (call.service?.stage.type !== 'waiting' || call.service.waiting.callback === null) return;
  if (call.legs.includes(call.origin)) dropLeg(turn, call.origin, 'normal');
}
