import type { Call } from '../call/call.ts';
import { isRoutable } from '../dispatch/items.ts';
import { addWaiting, removeWaiting } from '../routing/queues.ts';
import type { Time } from '../site.ts';
import { callOf, nextOrder, type SiteState, sessionOf } from '../state.ts';
import type { TimerType } from '../timer/timers.ts';
import type { Callback, WaitingEvent } from './waiting.ts';

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
    case 'callbackAccepted': {
      const { number, sounds, until } = event;
      state.timers.cancel('announcement', call.id);
      plan(state, 'flow', call, state.now + partingLimit);
      setCallback(state, call, { number, sounds, ...(until !== undefined && { until }) });
      return;
    }
    case 'callbackDialled': {
      call.origin = sessionOf(state, event.sessionId).legId;
      const attempts = event.attempt ?? 1;
      changeCallback(state, call, ({ retryAt: _over, ...rest }) => ({ ...rest, attempts, dialled: true }));
      return;
    }
    case 'callbackFailed': {
      const rests = event.retryAt === null ? {} : { retryAt: event.retryAt };
      changeCallback(state, call, ({ dialled: _over, ...rest }) => ({ ...rest, ...rests }));
      return;
    }
    case 'callbackDue':
      changeCallback(state, call, ({ retryAt: _over, ...rest }) => rest);
      queueAgain(state, call);
      return;
    case 'callbackEnded':
      dropCallback(state, call);
  }
}

const changeCallback = (state: SiteState, call: Call, change: (now: Callback) => Callback): void => {
  const now = call.service?.waiting.callback ?? null;
  if (now !== null) setCallback(state, call, change(now));
};

/** With its timers, which are set anew wherever it comes to wait. */
export function setCallback(state: SiteState, call: Call, callback: Callback): void {
  if (call.service === null) return;
  call.service.waiting.callback = callback;
  const { retryAt, until } = callback;
  plan(state, 'callbackExpiry', call, until ?? null);
  if (retryAt === undefined) state.timers.cancel('callbackRetry', call.id);
  else plan(state, 'callbackRetry', call, retryAt);
}

/** Whoever is on the line now, nobody is to be called back. */
export function dropCallback(state: SiteState, call: Call): void {
  stopCallback(state, call.id);
  if (call.service !== null) call.service.waiting.callback = null;
}

/** The call is over, or in nobody's queue. */
export function stopCallback(state: SiteState, callId: number): void {
  state.timers.cancel('callbackExpiry', callId);
  state.timers.cancel('callbackRetry', callId);
  // that of the parting words: nobody hears them any more
  if (!state.calls.get(callId)?.flow) state.timers.cancel('flow', callId);
}

function plan(state: SiteState, type: TimerType, call: Call, due: Time | null): void {
  if (due !== null) state.timers.set({ type, id: call.id, due, order: nextOrder(state) });
}

/** The same place, in a queue that more agents serve. */
function widen(state: SiteState, call: Call): void {
  if (call.service?.stage.type !== 'waiting') return;
  call.service.waiting.widened = true;
  queueAgain(state, call);
}

/** The same place, for whoever may have it now. */
function queueAgain(state: SiteState, call: Call): void {
  if (call.service?.stage.type !== 'waiting') return;
  removeWaiting(state.queues, call.id);
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
