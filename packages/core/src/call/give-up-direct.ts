import { settleLogOff } from '../agent/settle-log-off.ts';
import { isPlacedOffer, keepPersonal, returnPlaced } from '../dispatch/place.ts';
import { dropLeg } from '../leg/drop-leg.ts';
import type { Cause } from '../ports/call-manager.ts';
import { agentOf, callOf } from '../state.ts';
import type { Turn } from '../turn.ts';
import { attemptFailed } from './leave-call.ts';
import { endSession, failPending } from './move-session.ts';
import type { EndCause, Session } from './session.ts';

const causes = {
  loggedOff: 'noAnswer',
  noAnswer: 'noAnswer',
  phoneUnreachable: 'unreachable',
  phoneBusy: 'busy',
} as const satisfies Partial<Record<EndCause, Cause>>;

/** A direct call that rings at an agent will not be answered: its caller hears why. */
export function giveUpDirect(turn: Turn, session: Session, cause: keyof typeof causes): void {
  if (isPlacedOffer(turn.state, session)) {
    returnPlaced(turn, session, cause);
    return;
  }
  const call = callOf(turn.state, session.callId);
  const agent = agentOf(turn.state, session.agentId);
  failPending(turn, session, 'notRinging', cause);
  endSession(turn, session, cause);
  dropLeg(turn, session.legId, 'normal');
  if (cause === 'loggedOff' || !keepPersonal(turn, call, agent)) attemptFailed(turn, call, causes[cause]);
  settleLogOff(turn, agent);
}
