import { type NotReadyReason, systemReasons } from '../agent/agent.ts';
import { settleLogOff } from '../agent/settle-log-off.ts';
import { endSession, failPending } from '../call/move-session.ts';
import type { EndCause, Session } from '../call/session.ts';
import { isPlacedOffer, returnPlaced } from '../dispatch/place.ts';
import { dropLeg } from '../leg/drop-leg.ts';
import { agentOf, callOf } from '../state.ts';
import { emit, type Turn } from '../turn.ts';
import { returnToQueue } from './queue-call.ts';

type Return = Extract<EndCause, 'rejected' | 'noAnswer' | 'phoneUnreachable' | 'phoneBusy' | 'loggedOff'>;

const reasons = {
  noAnswer: systemReasons.noAnswer,
  phoneUnreachable: systemReasons.phoneUnreachable,
  phoneBusy: systemReasons.phoneBusy,
} as const satisfies Partial<Record<Return, NotReadyReason>>;

/** An offered service call is taken away from an agent and waits again, with its old place. */
export function takeBack(turn: Turn, session: Session, cause: Return): void {
  const { state } = turn;
  if (isPlacedOffer(state, session)) {
    returnPlaced(turn, session, cause);
    return;
  }
  const agent = agentOf(state, session.agentId);
  const call = callOf(state, session.callId);
  failPending(turn, session, 'notRinging', cause);
  // Not Ready before the session is over: otherwise he would count as free in between
  if (cause !== 'rejected' && cause !== 'loggedOff') notReady(turn, session, reasons[cause]);
  if (cause === 'rejected' && state.directory.groups.get(session.service?.groupId ?? 0)?.rejectSetsNotReady) {
    notReady(turn, session, systemReasons.rejected);
  }
  endSession(turn, session, cause);
  dropLeg(turn, session.legId, 'normal');
  const restSeconds = state.configuration.timers.rejectRestSeconds ?? 10;
  returnToQueue(
    turn,
    call,
    cause === 'rejected'
      ? { agentId: agent.id, until: state.now + restSeconds * 1000, readyCount: agent.readyCount }
      : null,
  );
  settleLogOff(turn, agent);
}

function notReady(turn: Turn, session: Session, reason: NotReadyReason): void {
  // who picked it while Not Ready stays so, with his own reason
  if (!agentOf(turn.state, session.agentId).ready.voice) return;
  emit(turn, { type: 'agentReadyChanged', agentId: session.agentId, media: 'voice', ready: false, reason });
}
