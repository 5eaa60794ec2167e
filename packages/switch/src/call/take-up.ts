import type { SessionContext } from '../sip/session/context.ts';
import { acceptInvite } from '../sip/session/incoming.ts';
import type { ServerTransaction } from '../sip/transaction/server.ts';
import type { Switchboard } from './board.ts';
import { type Leg, usageOf } from './leg.ts';

/** A page that was loaded again, or another window of the same person, knows the dialog of a call that is up. */
export function mayTakeUp(leg: Leg, extension: string): boolean {
  return leg.browser && leg.state === 'up' && leg.extension === extension && leg.speech !== undefined;
}

/**
 * What a page must say in Replaces to go on with the calls that are up at its extension: another browser, to which the person has
 * moved, cannot know them otherwise. Looked for when a page registers, which is seldom.
 */
export function toTakeUp(extension: string, board: Switchboard): string[] {
  return [...board.legs.values()].flatMap(leg => {
    const dialog = mayTakeUp(leg, extension) ? usageOf(leg)?.dialog : undefined;
    return dialog ? [`${dialog.callId};to-tag=${dialog.localTag};from-tag=${dialog.remoteTag}`] : [];
  });
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
