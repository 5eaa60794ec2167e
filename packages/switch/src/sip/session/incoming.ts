import { dialogOfRequest } from '../dialog.ts';
import { createResponse, type SipRequest, type SipResponse, setBody, setHeader } from '../message.ts';
import type { ServerTransaction } from '../transaction/server.ts';
import { introduce, type SessionContext } from './context.ts';
import type { SessionHandlers } from './events.ts';
import { createInviteUsage, type InviteUsage } from './usage.ts';

export interface IncomingSession {
  readonly request: SipRequest;
  readonly usage: InviteUsage;
  /** 180 */
  ring(): void;
  /** 200 with our answer, or with our offer if the INVITE had none */
  answer(sdp: string): void;
  /** the final response that refuses the call, with further headers */
  reject(status: number, headers?: Record<string, string>): void;
  /** BYE after the answer, 480 before it; no more events */
  end(): void;
}

/**
 * The called side of an INVITE (RFC 3261 §13.3).
 *
 *   arrived --ring--> ringing --answer--> answered --BYE--> over
 *      |--answer, reject------|--reject, CANCEL------------> over
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
  const usage = createInviteUsage(context, dialog, transaction.flow, { ...handlers, ended }, false);

  function ended(end: Parameters<SessionHandlers['ended']>[0]): void {
    // §15.1.2: a BYE in an early dialog ends the INVITE with 487.
    if (state === 'arrived' || state === 'ringing') respond(487);
    state = 'over';
    handlers.ended(end);
  }

  function respond(status: number): SipResponse {
    const response = createResponse(request, status, localTag);
    transaction.respond(response);
    return response;
  }

  transaction.onCancel = () => {
    if (state !== 'arrived' && state !== 'ringing') return;
    // §9.2
    respond(487);
    state = 'over';
    usage.end();
    handlers.ended({ type: 'cancelled' });
  };
  // §13.3.1.1: more than 200 ms may pass until somebody decides.
  transaction.respond(createResponse(request, 100, localTag));

  function reject(status: number, headers: Record<string, string> = {}): void {
    if (state !== 'arrived' && state !== 'ringing') return;
    state = 'over';
    const response = createResponse(request, status, localTag);
    for (const [name, value] of Object.entries(headers)) setHeader(response, name, value);
    transaction.respond(response);
    usage.end();
  }

  return {
    request,
    usage,
    ring() {
      if (state !== 'arrived') return;
      state = 'ringing';
      const response = createResponse(request, 180, localTag);
      introduce(response, transaction.flow);
      transaction.respond(response);
    },
    answer(sdp) {
      if (state !== 'arrived' && state !== 'ringing') return;
      state = 'answered';
      const response = createResponse(request, 200, localTag);
      introduce(response, transaction.flow);
      setBody(response, 'application/sdp', sdp);
      usage.answer(transaction, response);
    },
    reject,
    end() {
      if (state === 'answered') usage.end();
      else reject(480);
      state = 'over';
    },
  };
}
