import type { Clock } from '../clock.ts';
import { createResponse, header, type SipRequest, sequenceOf, setHeader } from '../message.ts';
import type { Outcome } from '../transaction/client.ts';
import type { ServerTransaction } from '../transaction/server.ts';
import { introduce } from './introduce.ts';
import { createReferSubscription, type ReferSubscription } from './refer-subscription.ts';
import { type Referral, readReferral } from './referral.ts';

interface Options {
  clock: Clock;
  localTag: string;
  send(method: string, edit: (request: SipRequest) => void, done: (outcome: Outcome) => void): void;
  /** the peer's request, which the caller has found to be in order: a status refuses it */
  referred(referral: Referral): number | ((subscription: ReferSubscription) => void);
}

/** The requests of one dialog's peer to be transferred: one at a time (RFC 3515 §2.4.2). */
export function createReferReceiver(options: Options): (transaction: ServerTransaction) => void {
  let pending: ReferSubscription | undefined;
  let seen = 0;

  function answer(transaction: ServerTransaction, status: number, silent = false): void {
    const response = createResponse(transaction.request, status, options.localTag);
    if (status < 300) {
      introduce(response, transaction.flow);
      // RFC 4488 §4
      if (silent) setHeader(response, 'refer-sub', 'false');
    }
    transaction.respond(response);
  }

  return transaction => {
    const { request } = transaction;
    const referral = readReferral(request);
    if (typeof referral === 'number') {
      answer(transaction, referral);
      return;
    }
    if (pending?.open === true) {
      answer(transaction, 491);
      return;
    }
    const taken = options.referred(referral);
    if (typeof taken === 'number') {
      answer(transaction, taken);
      return;
    }
    const silent = /^\s*false\s*(;|$)/i.test(header(request, 'refer-sub') ?? '');
    answer(transaction, 202, silent);
    seen++;
    pending = createReferSubscription({
      clock: options.clock,
      tells: !silent,
      id: seen > 1 ? sequenceOf(request) : undefined,
      send: (method, edit, done) =>
        options.send(
          method,
          message => {
            introduce(message, transaction.flow);
            edit(message);
          },
          done,
        ),
    });
    taken(pending);
  };
}
