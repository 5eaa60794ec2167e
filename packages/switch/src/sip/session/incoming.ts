import type { Timer } from '../clock.ts';
import { dialogOfRequest } from '../dialog.ts';
import { createResponse, lists, type SipRequest, type SipResponse, setBody, setHeader } from '../message.ts';
import type { ServerTransaction } from '../transaction/server.ts';
import type { SessionContext } from './context.ts';
import type { SessionHandlers } from './events.ts';
import { introduce } from './introduce.ts';
import { createReliableProvisional } from './reliable-provisional.ts';
import { createInviteUsage, type InviteUsage } from './usage.ts';

export interface IncomingSession {
  readonly request: SipRequest;
  readonly usage: InviteUsage;
  /** 180 */
  ring(): void;
  /** 183 with our answer, for sound before the call is answered (RFC 3960) */
  progress(sdp: string): void;
  /** 200 with our answer, or with our offer if the INVITE had none */
  answer(sdp: string): void;
  /** the final response that refuses the call, with further headers */
  reject(status: number, headers?: Record<string, string>): void;
  /** BYE after the answer, 480 before it; no more events */
  end(): void;
}

/** §13.3.1: a proxy on the way gives a call up of which it hears nothing for three minutes (§16.8). */
const reminderPause = 60_000;

/**
 * The called side of an INVITE (RFC 3261 §13.3).
 *
 *   arrived --ring, progress--> ringing --answer--> answered --BYE--> over
 *      |--answer, reject-----------|--reject, CANCEL----------------> over
 */
export function acceptInvite(
  context: SessionContext,
  transaction: ServerTransaction,
  handlers: SessionHandlers,
): IncomingSession {
  const { request } = transaction;
  const localTag = context.randomId();
  const dialog = dialogOfRequest(request, localTag, 0);
  let state: 'arrived' | 'ringing' | 'answered' | 'over' = 'arrived';
  let progressed = false;
  let rang = false;
  let reminder: Timer | undefined;
  /** waits for the PRACK of a description that it must not overtake (RFC 3262 §3) */
  let answerAfterwards: (() => void) | undefined;
  const usage = createInviteUsage(context, dialog, transaction.flow, { ...handlers, ended }, false);
  const reliable = lists(request, 'require', '100rel')
    ? createReliableProvisional(context.clock, transaction, 1 + Math.floor(context.random() * 2 ** 30), {
        settled() {
          if (progressed) usage.agreeEarly();
          answerAfterwards?.();
          answerAfterwards = undefined;
        },
        gaveUp() {
          // §3: "SHOULD reject the original request with a 5xx response".
          respond(504);
          over();
          usage.end();
          handlers.ended({ type: 'unreachable' });
        },
      })
    : undefined;
  usage.onAcknowledged = rack => reliable?.acknowledge(rack) === true;

  function isPending(): boolean {
    return state === 'arrived' || state === 'ringing';
  }

  function over(): void {
    state = 'over';
    reminder?.cancel();
    reliable?.stop();
  }

  function ended(end: Parameters<SessionHandlers['ended']>[0]): void {
    // §15.1.2: a BYE in an early dialog ends the INVITE with 487.
    if (isPending() || answerAfterwards !== undefined) respond(487);
    over();
    handlers.ended(end);
  }

  function respond(status: number): SipResponse {
    const response = createResponse(request, status, localTag);
    transaction.respond(response);
    return response;
  }

  transaction.onCancel = () => {
    if (!isPending() && answerAfterwards === undefined) return;
    // §9.2
    respond(487);
    over();
    usage.end();
    handlers.ended({ type: 'cancelled' });
  };
  function provisional(status: number, sdp?: string): void {
    state = 'ringing';
    const response = createResponse(request, status, localTag);
    introduce(response, transaction.flow);
    if (sdp !== undefined) setBody(response, 'application/sdp', sdp);
    if (reliable === undefined) transaction.respond(response);
    else reliable.send(response);
    remind(response);
  }

  function remind(response: SipResponse): void {
    reminder?.cancel();
    reminder = context.clock.after(reminderPause, () => {
      if (state !== 'ringing') return;
      if (reliable === undefined) transaction.respond(response);
      else respond(100);
      remind(response);
    });
  }

  function reject(status: number, headers: Record<string, string> = {}): void {
    if (!isPending() && answerAfterwards === undefined) return;
    over();
    const response = createResponse(request, status, localTag);
    for (const [name, value] of Object.entries(headers)) setHeader(response, name, value);
    transaction.respond(response);
    usage.end();
  }

  function sendAnswer(sdp: string): void {
    const response = createResponse(request, 200, localTag);
    introduce(response, transaction.flow);
    setBody(response, 'application/sdp', sdp);
    usage.answer(transaction, response);
  }

  return {
    request,
    usage,
    ring() {
      if (!isPending() || rang) return;
      rang = true;
      provisional(180);
    },
    progress(sdp) {
      if (!isPending() || progressed) return;
      progressed = true;
      provisional(183, sdp);
    },
    answer(sdp) {
      if (!isPending()) return;
      state = 'answered';
      reminder?.cancel();
      if (reliable?.idle === false) answerAfterwards = () => sendAnswer(sdp);
      else sendAnswer(sdp);
    },
    reject,
    end() {
      if (state === 'answered' && answerAfterwards === undefined) usage.end();
      else reject(480);
      over();
    },
  };
}
