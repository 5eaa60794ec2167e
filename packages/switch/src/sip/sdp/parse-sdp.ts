import { isIP } from 'node:net';
import { canonicalAddress } from '../../address-text.ts';
import { type Direction, direction, receives, sends } from './direction.ts';
import { readSecure, type SecureDescription, secureProfile } from './secure.ts';

/** PCMU and PCMA (RFC 3551): the static payload types that every phone has. */
export type PayloadType = 0 | 8;

/** One m= line, kept because an answer has as many as its offer (RFC 3264 §6). */
export interface MediaLine {
  media: string;
  protocol: string;
  formats: string;
}

/** What a peer's session description (RFC 8866) says about speech. */
export interface RemoteDescription {
  address: string;
  port: number;
  /** in the peer's order of preference; at least one */
  payloadTypes: PayloadType[];
  /** payload type of telephone-event/8000 (RFC 4733), if offered */
  telephoneEvent: number | null;
  /** as the peer said it */
  direction: Direction;
  lines: MediaLine[];
  /** index in `lines` of the speech */
  audio: number;
  /** of a browser; then address and port mean nothing */
  secure?: SecureDescription;
}

/** Descriptions of more lines are refused. */
const maximumLines = 500;

interface Section extends MediaLine {
  port: number;
  address: string;
  direction: Direction | undefined;
  maps: Map<number, string>;
  attributes: string[];
}

interface Session {
  address: string;
  direction: Direction;
  attributes: string[];
}

/** Undefined: no speech that the switch understands (it is answered with 488, RFC 3261 §13.3.1.3). */
export function parseSdp(text: string): RemoteDescription | undefined {
  const lines = text.split(/\r?\n/);
  if (lines.length > maximumLines || lines[0] !== 'v=0') return undefined;
  const session: Session = { address: '', direction: 'sendrecv', attributes: [] };
  const sections: Section[] = [];
  for (const line of lines) {
    if (line.startsWith('m=')) {
      const section = readMediaLine(line);
      if (section === undefined) return undefined;
      sections.push(section);
    } else readLine(line, session, sections.at(-1));
  }
  const audio = sections.findIndex(isSpeech);
  const section = sections[audio];
  if (section === undefined) return undefined;
  return describe(section, audio, session, sections);
}

function readMediaLine(line: string): Section | undefined {
  const match = /^m=(\S+) (\d{1,5})(?:\/\d+)? (\S+) ([\x21-\x7e ]+)$/.exec(line.trimEnd());
  if (match === null) return undefined;
  const [, media = '', port = '', protocol = '', formats = ''] = match;
  if (Number(port) > 65535) return undefined;
  return {
    media,
    protocol,
    formats,
    port: Number(port),
    address: '',
    direction: undefined,
    maps: new Map(),
    attributes: [],
  };
}

function readLine(line: string, session: Session, section: Section | undefined) {
  if (line.startsWith('c=')) {
    const address = /^c=IN IP[46] ([^\s/]+)/.exec(line)?.[1] ?? '';
    if (isIP(address) !== 0) (section ?? session).address = canonicalAddress(address);
    return;
  }
  if (!line.startsWith('a=')) return;
  const name = line.slice(2).trim();
  if (name === 'sendrecv' || name === 'sendonly' || name === 'recvonly' || name === 'inactive') {
    (section ?? session).direction = name;
    return;
  }
  (section ?? session).attributes.push(name);
  const map = /^rtpmap:(\d{1,3}) (\S+)/.exec(name);
  if (map !== null) section?.maps.set(Number(map[1]), (map[2] ?? '').toLowerCase());
}

function isSpeech(section: Section): boolean {
  return (
    section.media === 'audio' &&
    (section.protocol === 'RTP/AVP' || section.protocol === secureProfile) &&
    section.port > 0 &&
    codecs(section).length > 0
  );
}

function codecs(section: Section): PayloadType[] {
  const known: PayloadType[] = [];
  for (const format of section.formats.split(' ')) {
    const map = section.maps.get(Number(format));
    if (format === '0' && (map === undefined || map.startsWith('pcmu/8000'))) known.push(0);
    if (format === '8' && (map === undefined || map.startsWith('pcma/8000'))) known.push(8);
  }
  return known;
}

function telephoneEvent(section: Section): number | null {
  for (const format of section.formats.split(' ')) {
    if (section.maps.get(Number(format))?.startsWith('telephone-event/8000') === true) return Number(format);
  }
  return null;
}

function describe(
  section: Section,
  audio: number,
  session: Session,
  sections: Section[],
): RemoteDescription | undefined {
  const address = section.address === '' ? session.address : section.address;
  if (address === '') return undefined;
  const secure =
    section.protocol === secureProfile ? readSecure(session.attributes, section.attributes) : undefined;
  if (section.protocol === secureProfile && secure === undefined) return undefined;
  const said = section.direction ?? session.direction;
  // RFC 3264 §8.4: the old way of hold is an address of zeros: nothing may be sent there.
  // A browser whose candidates are not found yet says the same and means nothing by it (RFC 8840 §4.1.3).
  const unreachable = secure === undefined && (address === '0.0.0.0' || address === '::');
  return {
    address,
    port: section.port,
    payloadTypes: codecs(section),
    telephoneEvent: telephoneEvent(section),
    direction: unreachable ? direction(sends(said), false) : direction(sends(said), receives(said)),
    lines: sections.map(({ media, protocol, formats }) => ({ media, protocol, formats })),
    audio,
    ...(secure === undefined ? {} : { secure }),
  };
}
