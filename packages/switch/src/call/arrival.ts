import type { Cause, LegMedia, SwitchTrunk } from '../control/protocol.ts';
import { headerValues, type SipRequest } from '../sip/message.ts';
import { parseReplaces } from '../sip/replaces.ts';
import { parseSdp } from '../sip/sdp/parse-sdp.ts';
import type { SessionContext } from '../sip/session/context.ts';
import { acceptInvite } from '../sip/session/incoming.ts';
import { negotiateAsServer } from '../sip/session/session-timer.ts';
import type { ServerTransaction } from '../sip/transaction/server.ts';
import type { Switchboard } from './board.ts';
import { statusFor } from './causes.ts';
import { createLeg, type Leg } from './leg.ts';
import { mayTakeUp, takeUp } from './take-up.ts';
import { legOfDialog } from './transfer.ts';
import { calledNumber, outsideCaller, phoneCaller } from './trunk/caller.ts';

/** Texts from the network that go into reports are cut at this length. */
const maximumText = 128;

/** Who was let in: an authenticated extension, or a trunk because of where it calls from. */
export type Origin = { type: 'extension'; extension: string } | { type: 'trunk'; trunk: SwitchTrunk };

/** A call: makes its leg and reports it. The status that refuses it. */
export function arrive(
  context: SessionContext,
  board: Switchboard,
  transaction: ServerTransaction,
  origin: Origin,
): number | undefined {
  const { request } = transaction;
  const extension = origin.type === 'extension' ? origin.extension : '';
  if (negotiateAsServer(request, context.timer).type === 'tooSmall') return 422;
  const offer = request.body.length > 0 ? parseSdp(request.body.toString()) : undefined;
  if (request.body.length > 0 && offer === undefined) return 488;
  const replaced = replacedLeg(request, board, extension);
  if (typeof replaced === 'number') return replaced;
  if (replaced !== undefined) return takeUp(replaced, context, board, transaction);
  const leg = createLeg({
    id: context.randomId(),
    direction: 'incoming',
    answering: 'phone',
    outside: extension === '',
    extension,
    browser: offer === undefined ? transaction.flow.protocol === 'WS' : offer.secure !== undefined,
    state: 'arriving',
    remoteAddress: transaction.flow.remoteAddress,
    media: { type: 'none' },
  });
  if (origin.type === 'trunk') leg.trunk = origin.trunk.name;
  if (!board.add(leg, () => whenOpened(leg, board))) return 503;
  leg.session = acceptInvite(context, transaction, board.handlers(leg));
  board.counters.arrived++;
  // An identity that a phone asserts is worth nothing (RFC 3325 §6): its password says who it is.
  const caller =
    origin.type === 'trunk' ? outsideCaller(request) : { ...phoneCaller(request), number: extension };
  const called = calledNumber(request, origin.type === 'trunk' ? origin.trunk.calledNumber : 'requestUri');
  board.report({
    type: 'arrived',
    leg: leg.id,
    extension,
    callerNumber: caller.number.slice(0, maximumText),
    callerName: caller.name.slice(0, maximumText),
    calledNumber: called.slice(0, maximumText),
    remoteAddress: leg.remoteAddress,
  });
  return undefined;
}

/**
 * The leg whose place an INVITE would take (RFC 3891 §3), or the status that refuses it. Which person may take whose call is for the
 * controller to say, who has its own words for it; so a phone that knows such a dialog is declined, as §3 allows, unless it is a page
 * that goes on with its own person's call.
 */
function replacedLeg(request: SipRequest, board: Switchboard, extension: string): Leg | number | undefined {
  const values = headerValues(request, 'replaces');
  const [value] = values;
  if (value === undefined) return undefined;
  const replaces = values.length === 1 ? parseReplaces(value) : undefined;
  if (replaces === undefined) return 400;
  const leg = legOfDialog(replaces, board);
  if (leg === undefined) return 481;
  if (replaces.earlyOnly && leg.state === 'up') return 486;
  return extension !== '' && mayTakeUp(leg, extension) ? leg : 603;
}

/** 180 to an arriving leg. */
export function alert(leg: Leg, board: Switchboard): void {
  if (leg.state !== 'arriving' || leg.session === undefined || !('ring' in leg.session)) return;
  leg.state = 'alerting';
  leg.session.ring();
  board.report({ type: 'alerting', leg: leg.id }, true);
}

/** There is a port now. */
function whenOpened(leg: Leg, board: Switchboard): void {
  progressIfWanted(leg, board);
  answerIfWanted(leg, board);
}

/** 183 with a description to an arriving leg, once; the media change as often as one likes. */
export function progress(leg: Leg, media: LegMedia, board: Switchboard): void {
  leg.wantsProgress = true;
  progressIfWanted(leg, board);
  if (leg.state !== 'gone') board.setMedia(leg, media);
}

function progressIfWanted(leg: Leg, board: Switchboard): void {
  const { session, speech } = leg;
  if (!leg.wantsProgress || leg.early || speech === undefined) return;
  if (session === undefined || !('progress' in session) || !isPending(leg)) return;
  // RFC 3261 §13.2.1: without an offer there is nothing to answer; the caller hears nothing before the call is answered.
  if (session.request.body.length === 0) {
    session.ring();
    return;
  }
  const sdp = speech.answer(session.request.body.toString());
  if (sdp === undefined) {
    refuse(leg, 'incompatible', board);
    return;
  }
  session.progress(sdp);
  leg.early = true;
  board.setMedia(leg, leg.media);
}

function isPending(leg: Leg): boolean {
  return leg.state === 'arriving' || leg.state === 'alerting';
}

export function answer(leg: Leg, board: Switchboard): void {
  leg.wantsAnswer = true;
  answerIfWanted(leg, board);
}

function answerIfWanted(leg: Leg, board: Switchboard): void {
  const { session, speech } = leg;
  if (!leg.wantsAnswer || speech === undefined || session === undefined || !('answer' in session)) return;
  if (!isPending(leg)) return;
  const offer = session.request.body;
  const sdp = offer.length === 0 ? speech.offer() : speech.answer(offer.toString());
  if (sdp === undefined) {
    refuse(leg, 'incompatible', board);
    return;
  }
  session.answer(sdp);
  board.wentUp(leg);
}

/** Clears a leg that was not answered with the response that its cause asks for. */
export function refuse(leg: Leg, cause: Cause, board: Switchboard): void {
  if (leg.session !== undefined && 'reject' in leg.session) leg.session.reject(statusFor(cause));
  board.drop(leg, cause, false);
}
