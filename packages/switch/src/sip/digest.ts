import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { Clock } from './clock.ts';
import { isToken, splitList, unquote } from './grammar.ts';
import { headerValues, type SipRequest } from './message.ts';
import { parseUri } from './uri.ts';

/** What became of the credentials of a request. */
export type Verdict =
  | { type: 'authenticated'; user: string }
  /** none for our realm, or right ones with a nonce that is too old or used: ask (again) */
  | { type: 'challenge'; stale: boolean }
  | { type: 'refused' };

export interface DigestVerifier {
  verify(request: SipRequest): Verdict;
  /** value of WWW-Authenticate */
  challenge(stale: boolean): string;
}

interface Options {
  clock: Clock;
  realm: string;
  /** key of the nonces' MAC: at least 32 random bytes, new at each start */
  secret: Buffer;
  randomId(): string;
  /** MD5(user:realm:password) in lower-case hex, or undefined for an unknown user */
  ha1(user: string): string | undefined;
}

const nonceLifetime = 300_000;
const rememberedNonces = 50_000;

/**
 * Digest authentication (RFC 7616, MD5 as in RFC 2617 because phones have nothing else) with qop=auth only. A nonce is a
 * time and a MAC, so that none is stored before it was used; a used one keeps its highest count against replay.
 */
export function createDigestVerifier(options: Options): DigestVerifier {
  const counts = new Map<string, number>();
  /** nonces made up to then are stale: their counts were forgotten to stay within bounds */
  let forgottenUntil = 0;

  function sign(text: string): string {
    return createHmac('sha256', options.secret).update(text).digest('base64url').slice(0, 24);
  }

  /** Milliseconds at which we made this nonce, or undefined if we did not. */
  function nonceTime(nonce: string): number | undefined {
    const dot = nonce.lastIndexOf('.');
    const text = nonce.slice(0, Math.max(dot, 0));
    if (dot < 0 || !equal(nonce.slice(dot + 1), sign(text))) return undefined;
    return Number.parseInt(text, 36);
  }

  /** RFC 7616 §3.4.5 and §5.12: a count that was seen with this nonce is a replay. */
  function isFresh(nonce: string, made: number, count: number): boolean {
    if (options.clock.now() - made > nonceLifetime || made <= forgottenUntil) return false;
    if (count <= (counts.get(nonce) ?? 0)) return false;
    counts.set(nonce, count);
    if (counts.size > rememberedNonces) forgetOldest();
    return true;
  }

  function forgetOldest(): void {
    for (const nonce of counts.keys()) {
      counts.delete(nonce);
      forgottenUntil = Math.max(forgottenUntil, nonceTime(nonce) ?? 0);
      return;
    }
  }

  return {
    verify(request) {
      const credentials = findCredentials(request, options.realm);
      const made = credentials === undefined ? undefined : nonceTime(credentials.nonce);
      if (credentials === undefined || made === undefined) return { type: 'challenge', stale: false };
      const ha1 = options.ha1(credentials.username);
      if (
        ha1 === undefined ||
        !equal(credentials.response, expectedResponse(ha1, credentials, request.method))
      ) {
        return { type: 'refused' };
      }
      if (!isForThis(credentials.uri, request.uri)) return { type: 'refused' };
      const fresh = isFresh(credentials.nonce, made, Number.parseInt(credentials.nc, 16));
      return fresh
        ? { type: 'authenticated', user: credentials.username }
        : { type: 'challenge', stale: true };
    },
    challenge(stale) {
      const text = `${options.clock.now().toString(36)}.${options.randomId()}`;
      const nonce = `${text}.${sign(text)}`;
      const tail = stale ? ', stale=true' : '';
      return `Digest realm="${options.realm}", nonce="${nonce}", algorithm=MD5, qop="auth"${tail}`;
    },
  };
}

interface Credentials {
  username: string;
  nonce: string;
  uri: string;
  response: string;
  nc: string;
  cnonce: string;
}

function findCredentials(request: SipRequest, realm: string): Credentials | undefined {
  for (const name of ['authorization', 'proxy-authorization']) {
    for (const value of headerValues(request, name)) {
      const fields = parseAuthentication(value);
      if (fields === undefined || fields.get('realm') !== realm) continue;
      const algorithm = fields.get('algorithm') ?? 'MD5';
      if (algorithm.toUpperCase() !== 'MD5' || fields.get('qop') !== 'auth') continue;
      const nc = fields.get('nc') ?? '';
      if (!/^[0-9a-f]{8}$/i.test(nc)) continue;
      const take = (field: string) => fields.get(field) ?? '';
      return {
        username: take('username'),
        nonce: take('nonce'),
        uri: take('uri'),
        response: take('response').toLowerCase(),
        nc,
        cnonce: take('cnonce'),
      };
    }
  }
  return undefined;
}

/** The fields of a Digest challenge or of credentials, unquoted; undefined for another scheme or what cannot be read. */
export function parseAuthentication(value: string): Map<string, string> | undefined {
  const space = value.indexOf(' ');
  if (value.slice(0, Math.max(space, 0)).toLowerCase() !== 'digest') return undefined;
  const fields = new Map<string, string>();
  // A quote that never closes makes the list unreadable; the whole header is then not understood.
  if ((value.replace(/\\./g, '').split('"').length - 1) % 2 !== 0) return undefined;
  for (const field of splitList(value.slice(space + 1))) {
    const equals = field.indexOf('=');
    const name = field.slice(0, Math.max(equals, 0)).trim().toLowerCase();
    const text = field.slice(equals + 1).trim();
    if (isToken(name)) fields.set(name, text.startsWith('"') ? unquote(text, 0, text.length - 1) : text);
  }
  return fields;
}

function md5(text: string): string {
  return createHash('md5').update(text).digest('hex');
}

/** RFC 7616 §3.4.1 with qop=auth. */
export function digestResponse(
  ha1: string,
  fields: { nonce: string; nc: string; cnonce: string; uri: string },
  method: string,
): string {
  return md5(`${ha1}:${fields.nonce}:${fields.nc}:${fields.cnonce}:auth:${md5(`${method}:${fields.uri}`)}`);
}

function expectedResponse(ha1: string, credentials: Credentials, method: string): string {
  return digestResponse(ha1, credentials, method);
}

function equal(given: string, expected: string): boolean {
  const left = Buffer.from(given);
  const right = Buffer.from(expected);
  return left.length === right.length && timingSafeEqual(left, right);
}

/**
 * RFC 7616 §3.4.6: credentials are for one URI. Host and port may have been written in another way; the user, which is the
 * number that is called, may not.
 */
function isForThis(signed: string, requested: string): boolean {
  if (signed === requested) return true;
  if (!/^sips?:[^\s<>"]+$/i.test(signed)) return false;
  const at = signed.lastIndexOf('@');
  const user = at < 0 ? '' : signed.slice(signed.indexOf(':') + 1, at);
  return user === '' || user === parseUri(requested).user;
}
