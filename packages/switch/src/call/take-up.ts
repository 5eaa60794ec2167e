import type { SessionContext } from '../sip/session/context.ts';
import { acceptInvite } from '../sip/session/incoming.ts';
import type { ServerTransaction } from '../sip/transaction/server.ts';
import type { Switchboard } from './board.ts';
import type { Leg } from './leg.ts';

/** A page that was loaded again, or another window of the same person, knows the dialog of a call that is up. */
export function mayTakeUp(leg: Leg, extension: string): boolean {
  return leg.browser && leg.state === 'up' && leg.extension === extension && leg.speech !== undefined;
}

/**
 * The page goes on with the call (INVITE with Replaces, RFC 3891 §3): the leg, and what it hears, stay as they are; its speech takes
 * another way, as with an ICE restart; the old dialog ends with BYE. The status that refuses it, after which all is as it was.
 */
export function takeUp(
  leg: Leg,
  context: SessionContext,
  board: Switchboard,
  transaction: ServerTransaction,
): number | undefined {
  const offer = transaction.request.body;
  const handlers = board.handlers(leg);
  const answer = offer.length === 0 ? undefined : handlers.offered(offer.toString());
  if (answer === undefined) return 488;
  const before = leg.session;
  leg.session = acceptInvite(context, transaction, handlers);
  leg.session.answer(answer);
  leg.remoteAddress = transaction.flow.remoteAddress;
  before?.end();
  return undefined;
}
