import type { Effect, Step } from './step.ts';
import { timings } from './timings.ts';

/**
 * Non-INVITE client transaction: RFC 3261 §17.1.2.2.
 *
 *   trying --1xx--> proceeding --200-699--> completed --K--> terminated
 *      |  E: send again, doubling to T2  | E: send again each T2
 *      |--200-699--> completed           |
 *      |--F, transport error-------------+--> terminated
 */
export type NonInviteClientState =
  | { type: 'trying'; interval: number }
  | { type: 'proceeding' }
  | { type: 'completed' }
  | { type: 'terminated' };

export type NonInviteClientTimer = 'E' | 'F' | 'K';

export type NonInviteClientEvent =
  | { type: 'response'; status: number }
  | { type: 'timer'; timer: NonInviteClientTimer };

type NonInviteClientStep = Step<NonInviteClientState, NonInviteClientTimer>;

export function startNonInviteClient(reliable: boolean): NonInviteClientStep {
  const effects: Effect<NonInviteClientTimer>[] = [
    { type: 'send' },
    { type: 'start', timer: 'F', milliseconds: timings.timeout },
  ];
  if (!reliable) effects.push({ type: 'start', timer: 'E', milliseconds: timings.t1 });
  return { state: { type: 'trying', interval: timings.t1 }, effects };
}

export function stepNonInviteClient(
  state: NonInviteClientState,
  event: NonInviteClientEvent,
  reliable: boolean,
): NonInviteClientStep {
  if (state.type === 'completed') {
    return {
      state: event.type === 'timer' && event.timer === 'K' ? { type: 'terminated' } : state,
      effects: [],
    };
  }
  if (state.type === 'terminated') return { state, effects: [] };
  if (event.type === 'timer') return onTimer(state, event.timer);
  if (event.status < 200) return { state: { type: 'proceeding' }, effects: [{ type: 'deliver' }] };
  const effects: Effect<NonInviteClientTimer>[] = [
    { type: 'stop', timer: 'E' },
    { type: 'stop', timer: 'F' },
    { type: 'deliver' },
  ];
  // §17.1.2.2: timer K is zero over a reliable transport.
  if (reliable) return { state: { type: 'terminated' }, effects };
  effects.push({ type: 'start', timer: 'K', milliseconds: timings.t4 });
  return { state: { type: 'completed' }, effects };
}

function onTimer(
  state: Extract<NonInviteClientState, { type: 'trying' | 'proceeding' }>,
  timer: NonInviteClientTimer,
): NonInviteClientStep {
  if (timer === 'F') return { state: { type: 'terminated' }, effects: [{ type: 'timeout' }] };
  if (timer !== 'E') return { state, effects: [] };
  const interval = state.type === 'trying' ? Math.min(2 * state.interval, timings.t2) : timings.t2;
  const effects: Effect<NonInviteClientTimer>[] = [
    { type: 'send' },
    { type: 'start', timer: 'E', milliseconds: interval },
  ];
  return { state: state.type === 'trying' ? { type: 'trying', interval } : state, effects };
}
