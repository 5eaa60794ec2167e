import { type Dialog, dialogOfResponse } from '../dialog.ts';
import {
  contactOf,
  createRequest,
  type SipRequest,
  type SipResponse,
  setBody,
  setHeader,
  toTag,
} from '../message.ts';
import { formatNameAddress, type NameAddress } from '../name-address.ts';
import type { ClientTransaction, Outcome } from '../transaction/client.ts';
import { timings } from '../transaction/timings.ts';
import type { Flow } from '../transport/flow.ts';
import { introduce, type SessionContext } from './context.ts';
import type { SessionEnd, SessionHandlers } from './events.ts';
import { minimumExpires, writeOffer } from './session-timer.ts';
import { createInviteUsage, type InviteUsage } from './usage.ts';

export interface OutgoingCall {
  flow: Flow;
  /** Request-URI */
  uri: string;
  from: NameAddress;
  to: NameAddress;
  sdp: string;
  headers: ReadonlyMap<string, string>;
}

export interface OutgoingSession {
  /** from the first 18x on */
  readonly usage: InviteUsage | undefined;
  /** CANCEL, or BYE after the answer; no more events */
  end(): void;
}

/**
 * The calling side of an INVITE (RFC 3261 §13.2).
 *
 *   calling --1xx--> proceeding --2xx--> confirmed --BYE--> over
 *      |                |--300-699, timeout--------------> over
 *      |--end           |--end--> cancelling --final----> over (a 2xx that crossed the CANCEL gets ACK and BYE)
 *      |--end--> cancelling, whose CANCEL waits for the first 1xx (§9.1)
 */
export function placeInvite(
  context: SessionContext,
  call: OutgoingCall,
  handlers: SessionHandlers,
): OutgoingSession {
  const localTag = context.randomId();
  const callId = context.randomId();
  let state: 'calling' | 'proceeding' | 'cancelling' | 'confirmed' | 'over' = 'calling';
  let provisional = false;
  let usage: InviteUsage | undefined;
  let transaction: ClientTransaction | undefined;
  let asked = context.timer.interval;
  let sequence = 1;

  function sendInvite(): void {
    const request = createRequest('INVITE', call.uri);
    setHeader(request, 'max-forwards', '70');
    setHeader(
      request,
      'from',
      formatNameAddress({ ...call.from, parameters: new Map([...call.from.parameters, ['tag', localTag]]) }),
    );
    setHeader(request, 'to', formatNameAddress(call.to));
    setHeader(request, 'call-id', callId);
    setHeader(request, 'cseq', `${sequence} INVITE`);
    introduce(request, call.flow);
    writeOffer(request, context.timer, asked);
    for (const [name, value] of call.headers) setHeader(request, name, value);
    setBody(request, 'application/sdp', call.sdp);
    transaction = context.transactions.send(request, call.flow, outcome => onOutcome(request, outcome));
  }

  function finish(end: SessionEnd): void {
    const silent = state === 'cancelling' || state === 'over';
    state = 'over';
    usage?.end();
    if (!silent) handlers.ended(end);
  }

  function onOutcome(request: SipRequest, outcome: Outcome): void {
    if (outcome.type !== 'response') {
      if (state !== 'confirmed') finish({ type: 'unreachable' });
      return;
    }
    const { response } = outcome;
    if (response.status < 200) onProvisional(request, response);
    else if (response.status < 300) onAnswer(request, response);
    else onFailure(response);
  }

  function onProvisional(request: SipRequest, response: SipResponse): void {
    const first = !provisional;
    provisional = true;
    if (state === 'cancelling') {
      if (first) cancel();
      return;
    }
    if (state === 'calling') state = 'proceeding';
    if (response.status === 100 || state !== 'proceeding') return;
    if (usage === undefined && toTag(response) !== '' && contactOf(response) !== undefined) {
      usage = openUsage(dialogOfResponse(request, response));
    }
    handlers.ringing();
  }

  function openUsage(dialog: Dialog): InviteUsage {
    return createInviteUsage(context, dialog, call.flow, { ...handlers, ended }, true);
  }

  function ended(end: SessionEnd): void {
    const silent = state === 'cancelling' || state === 'over';
    state = 'over';
    if (!silent) handlers.ended(end);
  }

  function onAnswer(request: SipRequest, response: SipResponse): void {
    const known = usage?.dialog.remoteTag === toTag(response);
    if (state === 'calling' || state === 'proceeding') {
      if (!known) replaceUsage(request, response);
      state = 'confirmed';
      usage?.confirm(response, asked);
      handlers.answered(response.body.toString());
      return;
    }
    if (known && state !== 'cancelling') {
      // §13.2.2.4: our ACK was lost.
      usage?.acknowledgeAgain(response);
      return;
    }
    // Another fork answered too, or the 2xx crossed our CANCEL (§13.2.2.4, §9.1): taken and ended.
    if (known && usage !== undefined && state === 'cancelling') {
      state = 'over';
      usage.confirm(response, asked);
      usage.end();
    } else dropFork(request, response);
  }

  /** The dialog of the answering fork takes the place of the early one. */
  function replaceUsage(request: SipRequest, response: SipResponse): void {
    usage?.end();
    usage = openUsage(dialogOfResponse(request, response));
  }

  function dropFork(request: SipRequest, response: SipResponse): void {
    const dialog = dialogOfResponse(request, response);
    const fork = createInviteUsage(context, dialog, call.flow, { ...handlers, ended: () => {} }, true);
    fork.confirm(response, 0);
    fork.end();
    // It was registered under the same Call-ID and tag as the one that counts.
    usage?.register();
  }

  function onFailure(response: SipResponse): void {
    // RFC 4028 §7.3: once more with the interval that the peer wants.
    const minimum = minimumExpires(response);
    if (response.status === 422 && state !== 'cancelling' && minimum > asked) {
      asked = minimum;
      sequence++;
      provisional = false;
      state = 'calling';
      sendInvite();
      return;
    }
    if (state !== 'confirmed') finish({ type: 'failed', status: response.status });
  }

  function cancel(): void {
    const invite = transaction;
    if (invite === undefined) return;
    context.transactions.cancel(invite);
    // §9.1: a peer that never answers the INVITE after its CANCEL is given up.
    context.clock.after(timings.timeout, () => {
      if (state !== 'cancelling') return;
      invite.abandon();
      finish({ type: 'cancelled' });
    });
  }

  sendInvite();
  return {
    get usage() {
      return usage;
    },
    end() {
      if (state === 'confirmed') {
        state = 'over';
        usage?.end();
      } else if (state === 'calling' || state === 'proceeding') {
        state = 'cancelling';
        if (provisional) cancel();
      }
    },
  };
}
