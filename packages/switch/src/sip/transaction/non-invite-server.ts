import type { Effect, Step } from './step.ts';
import { timings } from './timings.ts';

/**
 * Non-INVITE server transaction: RFC 3261 §17.2.2.
 *
 *   trying --1xx--> proceeding --200-699--> completed --J--> terminated
 *      |--200-699--> completed      | request: send again
 *      request: nothing
 */
export type NonInviteServerState =
  | { type: 'trying' }
  | { type: 'proceeding' }
  | { type: 'completed' }
  | { type: 'terminated' };

export type NonInviteServerTimer = 'J';

export type NonInviteServerEvent =
  | { type: 'respond'; status: number }
  | { type: 'retransmission' }
  | { type: 'timer'; timer: NonInviteServerTimer };

type NonInviteServerStep = Step<NonInviteServerState, NonInviteServerTimer>;

export function startNonInviteServer(): NonInviteServerStep {
  return { state: { type: 'trying' }, effects: [] };
}

export function stepNonInviteServer(
  state: NonInviteServerState,
  event: NonInviteServerEvent,
  reliable: boolean,
): NonInviteServerStep {
  switch (event.type) {
    case 'timer':
      return { state: state.type === 'completed' ? { type: 'terminated' } : state, effects: [] };
    case 'retransmission': {
      const known = state.type === 'proceeding' || state.type === 'completed';
      return { state, effects: known ? [{ type: 'send' }] : [] };
    }
    case 'respond':
      // §17.2.2: any other final response than the first is thrown away.
      if (state.type !== 'trying' && state.type !== 'proceeding') return { state, effects: [] };
      if (event.status < 200) return { state: { type: 'proceeding' }, effects: [{ type: 'send' }] };
      return completed(reliable);
  }
}

function completed(reliable: boolean): NonInviteServerStep {
  const effects: Effect<NonInviteServerTimer>[] = [{ type: 'send' }];
  // §17.2.2: timer J is zero over a reliable transport.
  if (reliable) return { state: { type: 'terminated' }, effects };
  effects.push({ type: 'start', timer: 'J', milliseconds: timings.timeout });
  return { state: { type: 'completed' }, effects };
}
