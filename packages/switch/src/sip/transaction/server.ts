import type { Clock } from '../clock.ts';
import { formatMessage, type SipRequest, type SipResponse } from '../message.ts';
import type { Flow } from '../transport/flow.ts';
import { createDriver } from './driver.ts';
import {
  type InviteServerEvent,
  type InviteServerState,
  type InviteServerTimer,
  startInviteServer,
  stepInviteServer,
} from './invite-server.ts';
import {
  type NonInviteServerEvent,
  type NonInviteServerState,
  type NonInviteServerTimer,
  startNonInviteServer,
  stepNonInviteServer,
} from './non-invite-server.ts';

/** A request that came in and the answers to it. */
export interface ServerTransaction {
  readonly request: SipRequest;
  readonly flow: Flow;
  /** no final response has been given yet */
  readonly pending: boolean;
  respond(response: SipResponse): void;
  /** a CANCEL came for this INVITE while it was pending (RFC 3261 §9.2) */
  onCancel: () => void;
}

/** What the layer gives to a transaction on its way in. */
export interface ServerTransactionInput {
  begin(): void;
  retransmission(): void;
  ack(): void;
  end(): void;
}

interface Options {
  request: SipRequest;
  flow: Flow;
  clock: Clock;
  sendResponse(bytes: Buffer, response: SipResponse): void;
  /** a 100 for an INVITE that nobody answered within 200 ms */
  trying(): SipResponse;
  ended(): void;
}

export type Created = ServerTransaction & ServerTransactionInput;

export function createServerTransaction(options: Options): Created {
  let last: { response: SipResponse; bytes: Buffer } | undefined;
  const invite = options.request.method === 'INVITE';
  const reliable = options.flow.reliable;
  const actions = {
    send() {
      if (last !== undefined) options.sendResponse(last.bytes, last.response);
    },
    sendAck() {},
    deliver() {},
    timeout() {},
    ended: options.ended,
  };
  const machine = invite
    ? createDriver<InviteServerTimer, InviteServerState, InviteServerEvent>(
        options.clock,
        actions,
        startInviteServer(),
        (state, event) => {
          // §17.2.1: the machine asks for a 100 by its timer; giving it is a response like any other.
          if (event.type === 'timer' && event.timer === 'trying') {
            keep(options.trying());
            return stepInviteServer(state, { type: 'respond', status: 100 }, reliable);
          }
          return stepInviteServer(state, event, reliable);
        },
        timer => ({ type: 'timer', timer }),
      )
    : createDriver<NonInviteServerTimer, NonInviteServerState, NonInviteServerEvent | { type: 'ack' }>(
        options.clock,
        actions,
        startNonInviteServer(),
        (state, event) =>
          event.type === 'ack' ? { state, effects: [] } : stepNonInviteServer(state, event, reliable),
        timer => ({ type: 'timer', timer }),
      );

  function keep(response: SipResponse): void {
    last = { response, bytes: formatMessage(response) };
  }

  function isPending(): boolean {
    return machine.state.type === 'trying' || machine.state.type === 'proceeding';
  }

  return {
    request: options.request,
    flow: options.flow,
    onCancel: () => {},
    get pending() {
      return isPending();
    },
    respond(response) {
      const again = machine.state.type === 'accepted' && response.status >= 200 && response.status < 300;
      if (!isPending() && !again) return;
      if (last?.response !== response) keep(response);
      machine.take({ type: 'respond', status: response.status });
    },
    begin: () => machine.begin(),
    retransmission: () => machine.take({ type: 'retransmission' }),
    ack: () => machine.take({ type: 'ack' }),
    end: () => machine.end(),
  };
}
