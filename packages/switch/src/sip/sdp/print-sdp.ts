import type { Direction } from './direction.ts';
import type { MediaLine, PayloadType } from './parse-sdp.ts';
import { type SecureDescription, secureProfile } from './secure.ts';

/** The switch's side of a session. */
export interface LocalDescription {
  /** o= session id: the same for the whole dialog (RFC 3264 §8) */
  session: number;
  /** o= version: one more with each change */
  version: number;
  address: string;
  port: number;
  payloadTypes: readonly PayloadType[];
  telephoneEvent: number | null;
  direction: Direction;
  /** for a browser */
  secure?: SecureDescription;
}

const codecNames: Record<PayloadType, string> = { 0: 'PCMU', 8: 'PCMA' };

/** An offer. */
export function printOffer(local: LocalDescription): string {
  return [...head(local), ...audioLines(local), ''].join('\r\n');
}

/** An answer: one m= line for each of the offer's, all but the speech refused with port 0 (RFC 3264 §6). */
export function printAnswer(local: LocalDescription, offered: readonly MediaLine[], audio: number): string {
  const lines = head(local);
  offered.forEach((line, index) => {
    if (index === audio) lines.push(...audioLines(local));
    else lines.push(`m=${line.media} 0 ${line.protocol} ${line.formats}`);
  });
  return [...lines, ''].join('\r\n');
}

function head(local: LocalDescription): string[] {
  const type = local.address.includes(':') ? 'IP6' : 'IP4';
  return [
    'v=0',
    `o=- ${local.session} ${local.version} IN ${type} ${local.address}`,
    's=-',
    `c=IN ${type} ${local.address}`,
    't=0 0',
    ...(local.secure === undefined
      ? []
      : [`a=group:BUNDLE ${local.secure.mid}`, 'a=msid-semantic: WMS cordboard']),
  ];
}

function audioLines(local: LocalDescription): string[] {
  const formats: number[] = [...local.payloadTypes];
  if (local.telephoneEvent !== null) formats.push(local.telephoneEvent);
  const protocol = local.secure === undefined ? 'RTP/AVP' : secureProfile;
  const lines = [`m=audio ${local.port} ${protocol} ${formats.join(' ')}`];
  for (const type of local.payloadTypes) lines.push(`a=rtpmap:${type} ${codecNames[type]}/8000`);
  if (local.telephoneEvent !== null) {
    lines.push(
      `a=rtpmap:${local.telephoneEvent} telephone-event/8000`,
      `a=fmtp:${local.telephoneEvent} 0-15`,
    );
  }
  lines.push('a=ptime:20', `a=${local.direction}`);
  if (local.secure !== undefined) lines.push(...secureLines(local.secure));
  return lines;
}

function secureLines(secure: SecureDescription): string[] {
  return [
    ...(secure.mid === '' ? [] : [`a=mid:${secure.mid}`]),
    'a=msid:cordboard speech',
    'a=rtcp-mux',
    `a=setup:${secure.setup}`,
    `a=ice-ufrag:${secure.userFragment}`,
    `a=ice-pwd:${secure.password}`,
    `a=fingerprint:sha-256 ${secure.fingerprint}`,
    ...secure.candidates.map(candidate => `a=candidate:${candidate}`),
    'a=end-of-candidates',
  ];
}
