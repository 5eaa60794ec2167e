import type { Effect, Step } from './step.ts';
import { timings } from './timings.ts';

/**
 * INVITE client transaction: RFC 3261 §17.1.1.2 with the Accepted state of RFC 6026 §7.2.
 *
 *   calling --1xx--> proceeding --2xx--> accepted --M--> terminated
 *      |  \              |                  | 2xx: deliver
 *      |   \---2xx-------|---> accepted     |
 *      |--300-699--------+--> completed --D--> terminated
 *      |--B, transport error--> terminated     | 300-699: ACK again
 *      A: send again, doubling
 */
export type InviteClientState =
  | { type: 'calling'; interval: number }
  | { type: 'proceeding' }
  | { type: 'accepted' }
  | { type: 'completed' }
  | { type: 'terminated' };

export type InviteClientTimer = 'A' | 'B' | 'D' | 'M';

export type InviteClientEvent =
  | { type: 'response'; status: number }
  | { type: 'timer'; timer: InviteClientTimer };

type InviteClientStep = Step<InviteClientState, InviteClientTimer>;

export function startInviteClient(reliable: boolean): InviteClientStep {
  const effects: Effect<InviteClientTimer>[] = [
    { type: 'send' },
    { type: 'start', timer: 'B', milliseconds: timings.timeout },
  ];
  if (!reliable) effects.push({ type: 'start', timer: 'A', milliseconds: timings.t1 });
  return { state: { type: 'calling', interval: timings.t1 }, effects };
}

export function stepInviteClient(
  state: InviteClientState,
  event: InviteClientEvent,
  reliable: boolean,
): InviteClientStep {
  if (event.type === 'timer') return onTimer(state, event.timer);
  switch (state.type) {
    case 'calling':
    case 'proceeding':
      return onResponse(event.status, reliable);
    case 'accepted':
      // RFC 6026 §7.2: every 2xx goes up (it may be another fork's); nothing else does.
      return { state, effects: isSuccess(event.status) ? [{ type: 'deliver' }] : [] };
    case 'completed':
      return { state, effects: event.status >= 300 ? [{ type: 'sendAck' }] : [] };
    case 'terminated':
      return { state, effects: [] };
  }
}

function onResponse(status: number, reliable: boolean): InviteClientStep {
  const stop: Effect<InviteClientTimer>[] = [
    { type: 'stop', timer: 'A' },
    { type: 'stop', timer: 'B' },
  ];
  if (status < 200) return { state: { type: 'proceeding' }, effects: [...stop, { type: 'deliver' }] };
  if (isSuccess(status)) {
    const wait = { type: 'start', timer: 'M', milliseconds: timings.timeout } as const;
    return { state: { type: 'accepted' }, effects: [...stop, wait, { type: 'deliver' }] };
  }
  // §17.1.1.2: timer D is zero over a reliable transport.
  if (reliable) {
    return { state: { type: 'terminated' }, effects: [...stop, { type: 'sendAck' }, { type: 'deliver' }] };
  }
  const wait = { type: 'start', timer: 'D', milliseconds: timings.d } as const;
  return { state: { type: 'completed' }, effects: [...stop, { type: 'sendAck' }, wait, { type: 'deliver' }] };
}

function onTimer(state: InviteClientState, timer: InviteClientTimer): InviteClientStep {
  if (state.type === 'calling' && timer === 'A') {
    const interval = state.interval * 2;
    const effects: Effect<InviteClientTimer>[] = [
      { type: 'send' },
      { type: 'start', timer: 'A', milliseconds: interval },
    ];
    return { state: { type: 'calling', interval }, effects };
  }
  if (state.type === 'calling' && timer === 'B') {
    return { state: { type: 'terminated' }, effects: [{ type: 'timeout' }] };
  }
  if ((state.type === 'completed' && timer === 'D') || (state.type === 'accepted' && timer === 'M')) {
    return { state: { type: 'terminated' }, effects: [] };
  }
  return { state, effects: [] };
}

function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}
