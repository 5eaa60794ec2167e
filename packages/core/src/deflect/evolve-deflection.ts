import { setCaller } from '../call/set-caller.ts';
import { settleTransfer } from '../join/evolve-join.ts';
import { callOf, type SiteState, touchAll } from '../state.ts';
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
