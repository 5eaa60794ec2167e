import { isIP } from 'node:net';
import type { SwitchTrunk } from '../../control/protocol.ts';
import type { Wanted } from '../../sip/locate/locate.ts';
import { ipTarget } from '../../sip/target.ts';
import type { TlsPeer } from '../../sip/transport/flow.ts';
import { hostText, parseHostPort, parseUri, type SipUri } from '../../sip/uri.ts';

/** A peer that only has an address: what the settings file knows. */
export interface Trunk {
  name: string;
  /** IP address */
  address: string;
  /** where it is called, and from where its calls come; 5060 if absent */
  port?: number;
  /** its calls may come from any port */
  anySourcePort?: boolean;
}

export function staticTrunk({ name, address, port, anySourcePort }: Trunk): SwitchTrunk {
  return {
    name,
    uri: `sip:{number}@${hostText(address)}:${port ?? 5060}`,
    addresses: [],
    anySourcePort: anySourcePort === true,
    user: '',
    password: '',
    registerSeconds: 0,
    keepAliveSeconds: 0,
    calledNumber: 'requestUri',
    numbers: [],
    mainNumber: '',
    mainName: '',
    showCallers: true,
    anonymous: false,
  };
}

/** Request-URI of a call to this number. */
export function uriFor(trunk: SwitchTrunk, number: string): string {
  return trunk.uri.replaceAll('{number}', () => userText(number));
}

/** RFC 3261 §25.1: everything in a number but "#" may stand there as it is. */
function userText(number: string): string {
  return encodeURIComponent(number).replaceAll('%2B', '+');
}

/** The URI of the trunk with some number: its host and parameters are those of every call. */
export function outline(trunk: SwitchTrunk): SipUri {
  return parseUri(uriFor(trunk, '0'));
}

export function domainOf(trunk: SwitchTrunk): string {
  return hostText(outline(trunk).host);
}

/** Where a trunk's requests go: a transport or port that is not there is found by its name (RFC 3263). */
export function nextHopOf(trunk: SwitchTrunk): Wanted {
  const { scheme, host, port, parameters } = outline(trunk);
  const said = (parameters.get('transport') ?? '').toLowerCase();
  const protocol =
    scheme === 'sips' || said === 'tls' ? 'TLS' : said === 'tcp' ? 'TCP' : said === 'udp' ? 'UDP' : undefined;
  const place = trunk.proxy === undefined ? { host, port } : parseHostPort(trunk.proxy);
  return {
    host: place.host,
    ...(place.port === undefined ? {} : { port: place.port }),
    ...(protocol === undefined ? {} : { protocol }),
  };
}

/** Whom the trunk's connections have to prove to be at: what the configuration names, not what a name server says (RFC 5922 §4). */
export function tlsPeerOf(trunk: SwitchTrunk): TlsPeer {
  const { name, authorities } = trunk.tls ?? {};
  return { name: name ?? nextHopOf(trunk).host, ...(authorities === undefined ? {} : { authorities }) };
}

export function schemeOf(trunk: SwitchTrunk): 'sip' | 'sips' {
  return outline(trunk).scheme === 'sips' ? 'sips' : 'sip';
}

/** RFC 3261 §8.1.2: through an outbound proxy. */
export function routesOf(trunk: SwitchTrunk): string[] {
  if (trunk.proxy === undefined) return [];
  if (schemeOf(trunk) === 'sips') return [`<sips:${trunk.proxy};lr>`];
  const transport = nextHopOf(trunk).protocol === 'TLS' ? ';transport=tls' : '';
  return [`<sip:${trunk.proxy}${transport};lr>`];
}

/** Can it be used at all? */
export function isUsable(trunk: SwitchTrunk): boolean {
  const target = trunk.uri.includes('{number}');
  try {
    nextHopOf(trunk);
    for (const { pattern } of trunk.numbers) new RegExp(pattern);
    return target && /^sips?$/.test(outline(trunk).scheme);
  } catch {
    return false;
  }
}

export function isAddress(host: string): boolean {
  return isIP(host) !== 0 && ipTarget(`sip:${hostText(host)}`) !== undefined;
}
