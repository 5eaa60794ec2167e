import type { Call } from '../call/call.ts';
import { isRoutable } from '../dispatch/items.ts';
import { addWaiting, removeWaiting } from '../routing/queues.ts';
import type { Time } from '../site.ts';
import { callOf, nextOrder, type SiteState, sessionOf } from '../state.ts';
import type { TimerType } from '../timer/timers.ts';
import type { WaitingEvent } from './waiting.ts';

/** Longer than any announcement takes: a caller who is to be called back is let go then. */
const partingLimit = 60_000;

export function evolveWaiting(state: SiteState, event: WaitingEvent): void {
  const call = callOf(state, event.callId);
  switch (event.type) {
    case 'waitingPlanned':
      if (call.service !== null) call.service.waiting.plannedFor = call.id;
      plan(state, 'announcement', call, event.announceAt);
      plan(state, 'overflow', call, event.overflowAt);
      return;
    case 'waitingAnnounced':
      if (call.service !== null) {
        call.service.waiting.announcement = event.sounds;
        call.service.waiting.play = `announced-${event.nextAt}`;
      }
      plan(state, 'announcement', call, event.nextAt);
      return;
    case 'callOverflowed':
      call.overflows += 1;
      if ('agentGroups' in event.to) widen(state, call);
      return;
    case 'callbackAccepted':
      if (call.service !== null) {
        call.service.waiting.callback = { number: event.number, sounds: event.sounds };
      }
      state.timers.cancel('announcement', call.id);
      plan(state, 'flow', call, state.now + partingLimit);
      return;
    case 'callbackDialled':
      call.origin = sessionOf(state, event.sessionId).legId;
      if (call.service !== null) call.service.waiting.callback = null;
  }
}

function plan(state: SiteState, type: TimerType, call: Call, due: Time | null): void {
  if (due !== null) state.timers.set({ type, id: call.id, due, order: nextOrder(state) });
}

/** The same place, in a queue that more agents serve. */
function widen(state: SiteState, call: Call): void {
  if (call.service?.stage.type !== 'waiting') return;
  removeWaiting(state.queues, call.id);
  call.service.waiting.widened = true;
  addWaiting(state.queues, call, isRoutable(state, call));
  state.step.queued.push(call.id);
}

/** The call is out of the queue, or over. */
export function stopWaiting(state: SiteState, callId: number): void {
  state.timers.cancel('announcement', callId);
  state.timers.cancel('overflow', callId);
}

/** How long those who were answered had waited, the latest counting most: what those who wait now are told. */
export function noteWait(state: SiteState, groupId: number, seconds: number): void {
  const before = state.waits.get(groupId);
  state.waits.set(groupId, before === undefined ? seconds : Math.round(before * 0.8 + seconds * 0.2));
}
