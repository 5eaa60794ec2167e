import type { Call } from '../call/call.ts';
import { settleTransfer } from '../join/evolve-join.ts';
import { callOf, nextOrder, type SiteState, touchAll } from '../state.ts';
import type { FlowEvent } from './flow-run.ts';

export function evolveFlow(state: SiteState, event: FlowEvent): void {
  const call = callOf(state, event.callId);
  touchAll(state, call.id);
  switch (event.type) {
    case 'flowMoved':
      if (call.recall !== null) settleTransfer(state, call);
      call.flow = event.run;
      call.stepsTaken = event.stepsTaken;
      state.timers.set({ type: 'flow', id: call.id, due: event.run.due, order: nextOrder(state) });
      return;
    case 'digitsCollected':
      return;
    case 'flowEnded':
      leaveFlow(state, call);
      return;
    case 'authenticationStarted':
      state.timers.set({
        type: 'authentication',
        id: call.id,
        due: event.until,
        order: nextOrder(state),
      });
      return;
    case 'authenticationReleased':
      state.timers.cancel('authentication', call.id);
      if (call.flow?.authentication) {
        call.flow = { ...call.flow, authentication: { sessionId: 0 } };
        call.origin = call.flow.leg;
      }
  }
}

/** The caller is led no more: it ended, or he is gone. */
export function leaveFlow(state: SiteState, call: Call): void {
  if (call.flow === null) return;
  call.flow = null;
  state.timers.cancel('flow', call.id);
  state.timers.cancel('authentication', call.id);
}
