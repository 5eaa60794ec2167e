import type { Clock } from '../clock.ts';
import { formatMessage, type SipRequest, type SipResponse } from '../message.ts';
import type { Flow } from '../transport/flow.ts';
import { createDriver } from './driver.ts';
import { ackOfFailure } from './follow-ups.ts';
import {
  type InviteClientEvent,
  type InviteClientState,
  type InviteClientTimer,
  startInviteClient,
  stepInviteClient,
} from './invite-client.ts';
import {
  type NonInviteClientEvent,
  type NonInviteClientState,
  type NonInviteClientTimer,
  startNonInviteClient,
  stepNonInviteClient,
} from './non-invite-client.ts';

/** What became of a request: a response, or none (RFC 3261 §8.1.3.1 treats them as 408 and 503). */
export type Outcome =
  | { type: 'response'; response: SipResponse }
  | { type: 'timeout' }
  | { type: 'transportError' };

export interface ClientTransaction {
  readonly request: SipRequest;
  readonly flow: Flow;
  /** forgets it: whatever still comes is a stray */
  abandon(): void;
}

export interface ClientTransactionInput {
  begin(): void;
  response(response: SipResponse): void;
  transportError(): void;
}

interface Options {
  request: SipRequest;
  flow: Flow;
  clock: Clock;
  outcome(outcome: Outcome): void;
  ended(): void;
}

export function createClientTransaction(options: Options): ClientTransaction & ClientTransactionInput {
  const { request, flow, clock } = options;
  const bytes = formatMessage(request);
  let received: SipResponse | undefined;
  let over = false;
  const actions = {
    send: () => flow.send(bytes),
    sendAck() {
      if (received !== undefined) flow.send(formatMessage(ackOfFailure(request, received)));
    },
    deliver() {
      if (received !== undefined) options.outcome({ type: 'response', response: received });
    },
    timeout: () => options.outcome({ type: 'timeout' }),
    ended() {
      over = true;
      options.ended();
    },
  };
  const machine =
    request.method === 'INVITE'
      ? createDriver<InviteClientTimer, InviteClientState, InviteClientEvent>(
          clock,
          actions,
          startInviteClient(flow.reliable),
          (state, event) => stepInviteClient(state, event, flow.reliable),
          timer => ({ type: 'timer', timer }),
        )
      : createDriver<NonInviteClientTimer, NonInviteClientState, NonInviteClientEvent>(
          clock,
          actions,
          startNonInviteClient(flow.reliable),
          (state, event) => stepNonInviteClient(state, event, flow.reliable),
          timer => ({ type: 'timer', timer }),
        );
  return {
    request,
    flow,
    begin: () => machine.begin(),
    abandon: () => machine.end(),
    response(response) {
      received = response;
      machine.take({ type: 'response', status: response.status });
    },
    transportError() {
      if (over) return;
      const waiting = machine.state.type !== 'completed' && machine.state.type !== 'accepted';
      machine.end();
      if (waiting) options.outcome({ type: 'transportError' });
    },
  };
}
