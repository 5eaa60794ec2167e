import { GrammarError, isDigits, isToken, type Parameters, parseParameters } from './grammar.ts';

/** A SIP or SIPS URI (RFC 3261 §19.1), or the outline of another scheme's. */
export interface SipUri {
  /** lower case */
  scheme: string;
  /** as written, with its escapes; see `userOf` */
  user: string;
  /** lower case; an IPv6 address without brackets */
  host: string;
  port: number | undefined;
  parameters: Parameters;
  /** the part after `?`, or undefined without one */
  headers: string | undefined;
}

const hostPattern = /^(?:\[([0-9a-f:.]+)\]|([a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_.])?))(?::(\d{1,5}))?$/i;

export function parseHostPort(text: string): { host: string; port: number | undefined } {
  const match = hostPattern.exec(text);
  if (match === null) throw new GrammarError('bad host');
  const port = match[3] === undefined ? undefined : Number(match[3]);
  if (port !== undefined && (port > 65535 || port === 0)) throw new GrammarError('bad port');
  return { host: (match[1] ?? match[2] ?? '').toLowerCase(), port };
}

function assertNoSpaces(text: string): void {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code <= 32 || code === 60 || code === 62 || code === 34)
      throw new GrammarError('bad character in URI');
  }
}

/** @throws GrammarError */
export function parseUri(text: string): SipUri {
  assertNoSpaces(text);
  const colon = text.indexOf(':');
  const scheme = text.slice(0, Math.max(colon, 0)).toLowerCase();
  if (!isToken(scheme)) throw new GrammarError('URI without scheme');
  const rest = text.slice(colon + 1);
  if (scheme !== 'sip' && scheme !== 'sips') {
    return { scheme, user: '', host: rest, port: undefined, parameters: new Map(), headers: undefined };
  }
  // The user part may hold ";" and "?" (RFC 4475 §3.1.1.9), so it is cut off first.
  const at = rest.lastIndexOf('@', rest.includes('?') ? atBeforeHeaders(rest) : undefined);
  const userInfo = at < 0 ? '' : rest.slice(0, at);
  if (at === 0) throw new GrammarError('empty user');
  const password = userInfo.indexOf(':');
  let place = rest.slice(at + 1);
  const question = place.indexOf('?');
  const headers = question < 0 ? undefined : place.slice(question + 1);
  if (question >= 0) place = place.slice(0, question);
  const semicolon = place.indexOf(';');
  const { host, port } = parseHostPort(semicolon < 0 ? place : place.slice(0, semicolon));
  return {
    scheme,
    user: password < 0 ? userInfo : userInfo.slice(0, password),
    host,
    port,
    parameters: semicolon < 0 ? new Map() : parseParameters(place.slice(semicolon)),
    headers,
  };
}

/** An "@" among the headers of a URI is no user separator: the last one before a "?" that follows it is. */
function atBeforeHeaders(rest: string): number {
  const first = rest.indexOf('@');
  if (first < 0) return -1;
  const question = rest.indexOf('?', first);
  return question < 0 ? rest.length : question;
}

/** The user part without its %-escapes (RFC 3261 §19.1.2); a broken escape stays as it is. */
export function userOf(uri: SipUri): string {
  if (!uri.user.includes('%')) return uri.user;
  try {
    return decodeURIComponent(uri.user);
  } catch {
    return uri.user;
  }
}

/** Characters that a user part may hold unescaped: unreserved and user-unreserved of §25.1. */
export function escapeUser(user: string): string {
  return encodeURIComponent(user).replace(/%(?:26|3D|2B|24|2C|3B|3F|2F)/g, escaped =>
    decodeURIComponent(escaped),
  );
}

/** An address as it stands in a URI or Via: IPv6 in brackets. */
export function hostText(address: string): string {
  return address.includes(':') ? `[${address}]` : address;
}

export function isPort(text: string): boolean {
  return isDigits(text) && text.length <= 5 && Number(text) > 0 && Number(text) <= 65535;
}
