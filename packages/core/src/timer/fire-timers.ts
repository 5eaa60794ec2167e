import { forceLogOff } from '../agent/log-off.ts';
import { authenticationDue } from '../authentication/authenticate.ts';
import { endClerical } from '../call/clerical.ts';
import { outsideDue, warnOutside } from '../call/cut-off.ts';
import { hangUpSession } from '../call/leave-call.ts';
import { placeDue } from '../dispatch/place.ts';
import { release } from '../dispatch/reserve.ts';
import { flowDue } from '../flow/take-flow-report.ts';
import { recallDue } from '../join/recall.ts';
import { takeBack } from '../routing/take-back.ts';
import type { Time } from '../site.ts';
import type { SiteState } from '../state.ts';
import { emit, type Turn } from '../turn.ts';
import { callbackDue, callbackExpires } from '../waiting/callback-attempt.ts';
import { announce, overflowCall } from '../waiting/treat-waiting.ts';
import type { Timer, TimerType } from './timers.ts';

/** When some timer is due, or null. */
export const nextDue = (state: SiteState): Time | null => state.timers.next()?.due ?? null;

/** All that are due, in order of time, those of one moment in the order in which they were set. */
export function fireTimers(turn: Turn): void {
  for (;;) {
    const timer = turn.state.timers.next();
    if (timer === null || timer.due > turn.state.now) return;
    const { type, id } = timer;
    emit(turn, { type: 'timerFired', timer: type, id });
    fire(turn, type, id);
  }
}

function fire(turn: Turn, type: Timer['type'], id: number): void {
  const session = turn.state.sessions.get(id);
  switch (type) {
    case 'ring':
      if (session?.phase.type === 'offered') takeBack(turn, session, 'noAnswer');
      return;
    case 'clerical':
      if (session?.phase.type === 'clerical') endClerical(turn, session);
      return;
    case 'failed':
      if (session?.phase.type === 'failed') hangUpSession(turn, session);
      return;
    case 'lostClient':
      forceLogOff(turn, id);
      return;
    case 'recall':
      recallDue(turn, id);
      return;
    case 'place':
      placeDue(turn, id);
      return;
    case 'reservation': {
      const item = turn.state.dispatch.items.get(id);
      if (item !== undefined) release(turn, item, 'leaseOver');
      return;
    }
    case 'realTime':
    case 'rest':
      return;
    default:
      fireOfCall(turn, type, id);
  }
}

function fireOfCall(
  turn: Turn,
  type: Extract<
    TimerType,
    | 'flow'
    | 'authentication'
    | 'announcement'
    | 'overflow'
    | 'callbackRetry'
    | 'callbackExpiry'
    | 'outside'
    | 'outsideWarning'
  >,
  id: number,
): void {
  const call = turn.state.calls.get(id);
  if (call === undefined) return;
  switch (type) {
    case 'flow':
      flowDue(turn, call);
      return;
    case 'authentication':
      authenticationDue(turn, call);
      return;
    case 'callbackRetry':
      callbackDue(turn, call);
      return;
    case 'callbackExpiry':
      callbackExpires(turn, call);
      return;
    case 'outside':
      outsideDue(turn, call);
      return;
    case 'outsideWarning':
      warnOutside(turn, call);
      return;
    case 'announcement':
      announce(turn, call);
      return;
    case 'overflow':
      overflowCall(turn, call);
  }
}
