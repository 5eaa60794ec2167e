import type { Party } from '../leg/leg.ts';
import { type SiteState, sessionOf } from '../state.ts';
import type { Call } from './call.ts';

/** Who the call is of, from here on: its agents see that at once. */
export function setCaller(state: SiteState, call: Call, { number, name }: Party): void {
  if (call.callerNumber === number && call.callerName === name) return;
  call.callerNumber = number;
  call.callerName = name;
  for (const id of call.sessions) {
    const session = sessionOf(state, id);
    session.revision += 1;
    state.step.touched.add(session.agentId);
  }
}
