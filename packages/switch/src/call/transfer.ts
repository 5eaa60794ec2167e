import type { Command, ReportBody } from '../control/protocol.ts';
import type { Replaces } from '../sip/replaces.ts';
import type { ReferSubscription } from '../sip/session/refer-subscription.ts';
import type { Referral } from '../sip/session/referral.ts';
import { type SipUri, userOf } from '../sip/uri.ts';
import type { Switchboard } from './board.ts';
import { type Leg, usageOf } from './leg.ts';

type Target = Extract<ReportBody, { type: 'transferRequested' }>['to'];

/** Longer numbers are nobody's. */
const maximumNumber = 128;

/** A REFER from the phone of this leg: the status that refuses it, or what is done when it was accepted. */
export function referred(
  leg: Leg,
  referral: Referral,
  board: Switchboard,
): number | ((subscription: ReferSubscription) => void) {
  // Somebody outside has no say in where our calls go, and what they cost.
  if (leg.state !== 'up' || leg.outside) return 403;
  const to =
    referral.type === 'dialog' ? partyOf(leg, referral.replaces, board) : numberOf(leg, referral.uri, board);
  if (typeof to === 'number') return to;
  return subscription => {
    board.transfers.set(leg.id, subscription);
    subscription.over = () => forget(leg.id, subscription, board);
    board.report({ type: 'transferRequested', leg: leg.id, to });
  };
}

function forget(leg: string, subscription: ReferSubscription, { transfers }: Switchboard): void {
  if (transfers.get(leg) === subscription) transfers.delete(leg);
}

function partyOf(leg: Leg, replaces: Replaces, board: Switchboard): Target | number {
  const other = legOfDialog(replaces, board);
  if (other === undefined) return 481;
  // a call cannot take its own place
  if (other === leg) return 400;
  // RFC 3891 §7.1
  if (replaces.earlyOnly && other.state === 'up') return 486;
  return { leg: other.id };
}

/** The leg whose dialog this is: Call-ID and both tags must match (RFC 3891 §3). */
export function legOfDialog({ callId, toTag, fromTag }: Replaces, board: Switchboard): Leg | undefined {
  for (const leg of board.legs.values()) {
    const dialog = usageOf(leg)?.dialog;
    if (dialog?.callId === callId && dialog.localTag === toTag && dialog.remoteTag === fromTag) return leg;
  }
  return undefined;
}

function numberOf(leg: Leg, uri: SipUri, board: Switchboard): Target | number {
  const number = userOf(uri);
  if (number === '' || number.length > maximumNumber || hasControls(number)) return 404;
  const ours = uri.host === usageOf(leg)?.localAddress || board.setup.isOurHost(uri.host);
  return ours ? { number } : 404;
}

function hasControls(text: string): boolean {
  for (let i = 0; i < text.length; i++)
    if (text.charCodeAt(i) < 32 || text.charCodeAt(i) === 127) return true;
  return false;
}

/** How the transfer went. False: none was asked for, or its time is over. */
export function answerTransfer(
  command: Extract<Command, { type: 'answerTransfer' }>,
  board: Switchboard,
): boolean {
  const subscription = board.transfers.get(command.leg);
  if (subscription === undefined) return false;
  board.transfers.delete(command.leg);
  subscription.finish(command.done ? 200 : 503);
  return true;
}

/** Our own side ends the leg: what was not answered has failed. */
export function abandonTransfer(leg: Leg, board: Switchboard): void {
  const subscription = board.transfers.get(leg.id);
  board.transfers.delete(leg.id);
  subscription?.finish(503);
}
