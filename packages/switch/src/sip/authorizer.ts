import { createHash } from 'node:crypto';
import { parseAuthentication } from './digest.ts';
import { splitList } from './grammar.ts';
import { headerValues, type SipRequest, type SipResponse, setHeader } from './message.ts';

export interface Credentials {
  user: string;
  password: string;
}

/** Proves to somebody else who we are (RFC 3261 §22.2): the other side of `createDigestVerifier`. */
export interface Authorizer {
  /** takes what a 401 or 407 asks for; false: it cannot be answered */
  take(response: SipResponse): boolean;
  /** adds the credentials that were asked for last, if any were */
  sign(request: SipRequest): void;
}

interface Challenge {
  header: 'authorization' | 'proxy-authorization';
  realm: string;
  nonce: string;
  opaque: string | undefined;
  algorithm: 'MD5' | 'SHA-256';
  /** as the challenge has it */
  algorithmText: string | undefined;
  qop: boolean;
  count: number;
}

/** RFC 7616 §3.4 with MD5 or SHA-256 (RFC 8760), and without qop as RFC 2069 had it. */
export function createAuthorizer(credentials: Credentials, randomId: () => string): Authorizer {
  const challenges = new Map<Challenge['header'], Challenge>();

  function credentialsFor(challenge: Challenge, request: SipRequest): string {
    const { realm, nonce, opaque, algorithm, algorithmText, qop } = challenge;
    const digest = (text: string) =>
      createHash(algorithm === 'MD5' ? 'md5' : 'sha256')
        .update(text)
        .digest('hex');
    const first = digest(`${credentials.user}:${realm}:${credentials.password}`);
    const second = digest(`${request.method}:${request.uri}`);
    const nc = (++challenge.count).toString(16).padStart(8, '0');
    const cnonce = randomId();
    const middle = qop ? `${nonce}:${nc}:${cnonce}:auth` : nonce;
    const fields = [
      `username="${escapeQuotes(credentials.user)}"`,
      `realm="${escapeQuotes(realm)}"`,
      `nonce="${escapeQuotes(nonce)}"`,
      `uri="${request.uri}"`,
      `response="${digest(`${first}:${middle}:${second}`)}"`,
    ];
    if (algorithmText !== undefined) fields.push(`algorithm=${algorithm}`);
    if (qop) fields.push('qop=auth', `nc=${nc}`, `cnonce="${cnonce}"`);
    if (opaque !== undefined) fields.push(`opaque="${escapeQuotes(opaque)}"`);
    return `Digest ${fields.join(', ')}`;
  }

  return {
    take(response) {
      const proxy = response.status === 407;
      const asked = headerValues(response, proxy ? 'proxy-authenticate' : 'www-authenticate');
      const header = proxy ? 'proxy-authorization' : 'authorization';
      for (const value of asked) {
        const challenge = readChallenge(value, header);
        if (challenge === undefined) continue;
        challenges.set(header, challenge);
        return true;
      }
      return false;
    },
    sign(request) {
      for (const challenge of challenges.values())
        setHeader(request, challenge.header, credentialsFor(challenge, request));
    },
  };
}

function readChallenge(value: string, header: Challenge['header']): Challenge | undefined {
  const fields = parseAuthentication(value);
  const realm = fields?.get('realm');
  const nonce = fields?.get('nonce');
  if (fields === undefined || realm === undefined || nonce === undefined) return undefined;
  const algorithmText = fields.get('algorithm');
  const algorithm = (algorithmText ?? 'MD5').toUpperCase();
  if (algorithm !== 'MD5' && algorithm !== 'SHA-256') return undefined;
  const qop = fields.get('qop');
  // Integrity of the body (auth-int) is not offered.
  if (qop !== undefined && !splitList(qop).some(option => option.trim().toLowerCase() === 'auth'))
    return undefined;
  return {
    header,
    realm,
    nonce,
    opaque: fields.get('opaque'),
    algorithm,
    algorithmText,
    qop: qop !== undefined,
    count: 0,
  };
}

function escapeQuotes(text: string): string {
  return text.replace(/["\\]/g, '\\$&');
}

export function isChallenge(response: SipResponse): boolean {
  return response.status === 401 || response.status === 407;
}
