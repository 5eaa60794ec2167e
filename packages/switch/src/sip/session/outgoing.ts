import { type Authorizer, type Credentials, createAuthorizer, isChallenge } from '../authorizer.ts';
import { type Dialog, dialogOfResponse } from '../dialog.ts';
import { createRequest, type SipRequest, type SipResponse, setBody, setHeader, toTag } from '../message.ts';
import { formatNameAddress, type NameAddress } from '../name-address.ts';
import type { ClientTransaction, Outcome } from '../transaction/client.ts';
import { timings } from '../transaction/timings.ts';
import type { Flow } from '../transport/flow.ts';
import type { SessionContext } from './context.ts';
import { createEarlyDialogs } from './early-dialogs.ts';
import type { SessionEnd, SessionHandlers } from './events.ts';
import { introduce, support } from './introduce.ts';
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
  /** what a challenge is answered with */
  credentials?: Credentials;
  /** provisional responses may ask for PRACK (RFC 3262) */
  reliable?: boolean;
  /** milliseconds without any response after which nobody is there; absent: 32 seconds */
  patience?: number;
}

export interface OutgoingSession {
  /** from the first 18x on */
  readonly usage: InviteUsage | undefined;
  /** the way of the peer that answered, or that is being called */
  readonly flow: Flow;
  /** CANCEL, with a Reason (RFC 3326) if one is given, or BYE after the answer; no more events */
  end(reason?: string): void;
}

/** Each with another nonce: somebody who keeps asking does not believe us. */
const maximumChallenges = 3;

/**
 * The calling side of an INVITE (RFC 3261 §13.2).
 *
 *   calling --1xx--> proceeding --2xx--> confirmed --BYE--> over
 *      |                |--300-699, timeout--------------> over
 *      |--401, 407, 422--> calling again
 *      |--end           |--end--> cancelling --final----> over (a 2xx that crossed the CANCEL gets ACK and BYE)
 *      |--end, patience over--> cancelling, whose CANCEL waits for the first 1xx (§9.1)
 */
export function placeInvite(
  context: SessionContext,
  call: OutgoingCall,
  handlers: SessionHandlers,
): OutgoingSession {
  const localTag = context.randomId();
  const callId = context.randomId();
  const authorizer: Authorizer | undefined =
    call.credentials === undefined ? undefined : createAuthorizer(call.credentials, context.randomId);
  const early = createEarlyDialogs(prack => {
    authorizer?.sign(prack);
    context.transactions.send(prack, call.flow, () => {});
  });
  let state: 'calling' | 'proceeding' | 'cancelling' | 'confirmed' | 'over' = 'calling';
  let provisional = false;
  let usage: InviteUsage | undefined;
  let transaction: ClientTransaction | undefined;
  let asked = context.timer.interval;
  let sequence = 1;
  let challenges = 0;
  let cancelReason: string | undefined;

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
    if (call.reliable === true) support(request, '100rel');
    writeOffer(request, context.timer, asked);
    for (const [name, value] of call.headers) setHeader(request, name, value);
    authorizer?.sign(request);
    setBody(request, 'application/sdp', call.sdp);
    transaction = context.transactions.send(request, call.flow, outcome => onOutcome(request, outcome));
  }

  function sendAgain(): void {
    sequence++;
    provisional = false;
    state = 'calling';
    sendInvite();
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
    const news = early.take(request, response);
    if (news === undefined) return;
    if (usage === undefined && news.dialog !== undefined) usage = openUsage(news.dialog);
    handlers.ringing();
    if (news.sdp === undefined) return;
    handlers.early(news.sdp);
    // RFC 3311 §5.1: offer and answer are over, so that an UPDATE may bring the next offer.
    if (news.reliable && usage?.dialog === news.dialog) usage?.agreeEarly();
  }

  function openUsage(dialog: Dialog): InviteUsage {
    return createInviteUsage(context, dialog, call.flow, { ...handlers, ended }, true, authorizer);
  }

  function ended(end: SessionEnd): void {
    const silent = state === 'cancelling' || state === 'over';
    state = 'over';
    if (!silent) handlers.ended(end);
  }

  function onAnswer(request: SipRequest, response: SipResponse): void {
    const known = usage?.dialog.remoteTag === toTag(response);
    if (state === 'calling' || state === 'proceeding') {
      const dialog = early.confirmed(request, response);
      // The dialog of the answering fork takes the place of the early one.
      if (!known) {
        usage?.end();
        usage = openUsage(dialog);
      }
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

  function dropFork(request: SipRequest, response: SipResponse): void {
    const dialog = dialogOfResponse(request, response);
    const fork = createInviteUsage(
      context,
      dialog,
      call.flow,
      { ...handlers, ended: () => {} },
      true,
      authorizer,
    );
    fork.confirm(response, 0);
    fork.end();
    // It was registered under the same Call-ID and tag as the one that counts.
    usage?.register();
  }

  function onFailure(response: SipResponse): void {
    if (state !== 'cancelling' && state !== 'over' && answersRefusal(response)) {
      sendAgain();
      return;
    }
    if (state !== 'confirmed') finish({ type: 'failed', status: response.status });
  }

  /** The peer would have the call in another way. */
  function answersRefusal(response: SipResponse): boolean {
    if (response.status === 422) {
      // RFC 4028 §7.3: once more with the interval that the peer wants.
      const minimum = minimumExpires(response);
      if (minimum <= asked) return false;
      asked = minimum;
      return true;
    }
    if (!isChallenge(response) || challenges >= maximumChallenges) return false;
    challenges++;
    return authorizer?.take(response) === true;
  }

  function cancel(): void {
    const invite = transaction;
    if (invite === undefined) return;
    context.transactions.cancel(invite, cancelReason);
    // §9.1: a peer that never answers the INVITE after its CANCEL is given up.
    context.clock.after(timings.timeout, () => {
      if (state !== 'cancelling') return;
      invite.abandon();
      finish({ type: 'cancelled' });
    });
  }

  sendInvite();
  if (call.patience !== undefined) {
    context.clock.after(call.patience, () => {
      if (state !== 'calling' || provisional) return;
      state = 'cancelling';
      handlers.ended({ type: 'unreachable' });
    });
  }
  return {
    flow: call.flow,
    get usage() {
      return usage;
    },
    end(reason) {
      if (state === 'confirmed') {
        state = 'over';
        usage?.end();
      } else if (state === 'calling' || state === 'proceeding') {
        state = 'cancelling';
        cancelReason = reason;
        if (provisional) cancel();
      }
    },
  };
}
