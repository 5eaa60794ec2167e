import type { Call } from '../call/call.ts';
import { settleTransfer } from '../call/evolve-join.ts';
import type { Party } from '../leg/leg.ts';
import { callOf, type SiteState, sessionOf, touchAll } from '../state.ts';
import type { DeflectionEvent } from './deflection.ts';

export function evolveDeflection(state: SiteState, event: DeflectionEvent): void {
  const call = callOf(state, event.callId);
  touchAll(state, call.id);
  switch (event.type) {
    case 'deflectionStarted': {
      const caller = { number: call.callerNumber, name: call.callerName };
      const { sessionId, agentId, number } = event;
      call.deflection = { sessionId, agentId, number, leg: '', caller };
      setCaller(state, call, event.caller);
      return;
    }
    case 'deflectionEnded':
      if (call.deflection !== null) setCaller(state, call, call.deflection.caller);
      call.deflection = null;
      return;
    case 'callDeflected':
      call.deflection = null;
      call.deflected = true;
      call.origin = event.origin;
      setCaller(state, call, event.caller);
      settleTransfer(state, call);
      // nobody is being offered it any more; should the destination fail it goes back to the queue
      if (call.service !== null) call.service.stage = { type: 'served', sessionId: event.sessionId };
  }
}

function setCaller(state: SiteState, call: Call, { number, name }: Party): void {
  if (call.callerNumber === number && call.callerName === name) return;
  call.callerNumber = number;
  call.callerName = name;
  for (const id of call.sessions) {
    const session = sessionOf(state, id);
    session.revision += 1;
    state.step.touched.add(session.agentId);
  }
}
