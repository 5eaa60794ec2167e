import type { Effect, Step } from './step.ts';
import { timings } from './timings.ts';

/**
 * INVITE server transaction: RFC 3261 §17.2.1 with the Accepted state of RFC 6026 §7.1.
 *
 *   proceeding --2xx--> accepted --L--> terminated
 *      |  INVITE: send again  | 2xx from the user: send again; INVITE: nothing
 *      |--300-699--> completed --ACK--> confirmed --I--> terminated
 *                       | INVITE, G: send again
 *                       |--H--> terminated
 */
export type InviteServerState =
  /** `answered`: some response was given, so the 100 is not needed */
  | { type: 'proceeding'; answered: boolean }
  | { type: 'accepted' }
  | { type: 'completed'; interval: number }
  | { type: 'confirmed' }
  | { type: 'terminated' };

export type InviteServerTimer = 'trying' | 'G' | 'H' | 'I' | 'L';

export type InviteServerEvent =
  /** the user gave this response; 'send' then means it */
  | { type: 'respond'; status: number }
  | { type: 'retransmission' }
  | { type: 'ack' }
  | { type: 'timer'; timer: InviteServerTimer };

type InviteServerStep = Step<InviteServerState, InviteServerTimer>;

export function startInviteServer(): InviteServerStep {
  return {
    state: { type: 'proceeding', answered: false },
    effects: [{ type: 'start', timer: 'trying', milliseconds: timings.trying }],
  };
}

export function stepInviteServer(
  state: InviteServerState,
  event: InviteServerEvent,
  reliable: boolean,
): InviteServerStep {
  switch (state.type) {
    case 'proceeding':
      return inProceeding(state, event, reliable);
    case 'accepted':
      return inAccepted(state, event);
    case 'completed':
      return inCompleted(state, event, reliable);
    case 'confirmed':
      return {
        state: event.type === 'timer' && event.timer === 'I' ? { type: 'terminated' } : state,
        effects: [],
      };
    case 'terminated':
      return { state, effects: [] };
  }
}

function inProceeding(
  state: Extract<InviteServerState, { type: 'proceeding' }>,
  event: InviteServerEvent,
  reliable: boolean,
): InviteServerStep {
  if (event.type === 'retransmission') return { state, effects: state.answered ? [{ type: 'send' }] : [] };
  if (event.type !== 'respond') return { state, effects: [] };
  const effects: Effect<InviteServerTimer>[] = [{ type: 'stop', timer: 'trying' }, { type: 'send' }];
  if (event.status < 200) return { state: { type: 'proceeding', answered: true }, effects };
  if (event.status < 300) {
    effects.push({ type: 'start', timer: 'L', milliseconds: timings.timeout });
    return { state: { type: 'accepted' }, effects };
  }
  if (!reliable) effects.push({ type: 'start', timer: 'G', milliseconds: timings.t1 });
  effects.push({ type: 'start', timer: 'H', milliseconds: timings.timeout });
  return { state: { type: 'completed', interval: timings.t1 }, effects };
}

function inAccepted(state: InviteServerState, event: InviteServerEvent): InviteServerStep {
  if (event.type === 'timer' && event.timer === 'L') return { state: { type: 'terminated' }, effects: [] };
  // RFC 6026 §7.1: the user sends its 2xx again until the ACK; the transaction absorbs the INVITEs.
  const again = event.type === 'respond' && event.status >= 200 && event.status < 300;
  return { state, effects: again ? [{ type: 'send' }] : [] };
}

function inCompleted(
  state: Extract<InviteServerState, { type: 'completed' }>,
  event: InviteServerEvent,
  reliable: boolean,
): InviteServerStep {
  if (event.type === 'retransmission') return { state, effects: [{ type: 'send' }] };
  if (event.type === 'ack') {
    const effects: Effect<InviteServerTimer>[] = [
      { type: 'stop', timer: 'G' },
      { type: 'stop', timer: 'H' },
    ];
    if (reliable) return { state: { type: 'terminated' }, effects };
    effects.push({ type: 'start', timer: 'I', milliseconds: timings.t4 });
    return { state: { type: 'confirmed' }, effects };
  }
  if (event.type === 'timer' && event.timer === 'G') {
    const interval = Math.min(2 * state.interval, timings.t2);
    return {
      state: { type: 'completed', interval },
      effects: [{ type: 'send' }, { type: 'start', timer: 'G', milliseconds: interval }],
    };
  }
  if (event.type === 'timer' && event.timer === 'H') {
    return { state: { type: 'terminated' }, effects: [{ type: 'timeout' }] };
  }
  return { state, effects: [] };
}
