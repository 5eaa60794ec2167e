import { boundOutside } from '../call/outside-call.ts';
import { callOf, legOf, type SiteState, sessionOf, touchAll } from '../state.ts';
import type { IntrudeEvent } from './intrude-event.ts';

/** The leg and the session of one call are those of another from here on. */
export function evolveIntrude(state: SiteState, event: IntrudeEvent): void {
  const { leg, sessionId } = event;
  const call = callOf(state, event.callId);
  const left = callOf(state, event.otherId);
  const session = sessionOf(state, sessionId);
  left.legs = left.legs.filter(each => each !== leg);
  left.sessions = left.sessions.filter(each => each !== sessionId);
  legOf(state, leg).callId = call.id;
  call.legs.push(leg);
  boundOutside(state, left);
  boundOutside(state, call);
  session.callId = call.id;
  call.sessions.push(sessionId);
  session.revision += 1;
  touchAll(state, call.id);
}
