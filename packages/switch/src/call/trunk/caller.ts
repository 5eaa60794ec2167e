import { GrammarError } from '../../sip/grammar.ts';
import { fromOf, header, headerValues, type SipRequest, toOf } from '../../sip/message.ts';
import { type NameAddress, parseNameAddress } from '../../sip/name-address.ts';
import { parseUri, userOf } from '../../sip/uri.ts';

export interface Caller {
  /** '' for one who does not want it to be known */
  number: string;
  name: string;
}

const anonymous: Caller = { number: '', name: 'Anonymous' };

/**
 * Who calls by a trunk: the identity that the operator vouches for (P-Asserted-Identity, RFC 3325; before it Remote-Party-ID),
 * else From. One that is to be kept private is not shown (§7).
 */
export function outsideCaller(request: SipRequest): Caller {
  const from = fromOf(request);
  const remoteParty = read(header(request, 'remote-party-id'));
  if (isPrivate(request, from, remoteParty)) return anonymous;
  const asserted = headerValues(request, 'p-asserted-identity')
    .map(read)
    .find(known => known !== undefined);
  const identity = asserted ?? remoteParty ?? from;
  return {
    number: numberOf(identity),
    name: identity.displayName === '' ? from.displayName : identity.displayName,
  };
}

/** What a phone calls itself. */
export function phoneCaller(request: SipRequest): Caller {
  const from = fromOf(request);
  return { number: numberOf(from), name: from.displayName };
}

/** The number that is called: from the Request-URI, or, for peers that have their own account there, from To. */
export function calledNumber(request: SipRequest, where: 'requestUri' | 'to'): string {
  const uri = where === 'to' ? toOf(request).uri : request.uri;
  return numberOf({ displayName: '', uri, parameters: new Map() });
}

function isPrivate(request: SipRequest, from: NameAddress, remoteParty: NameAddress | undefined): boolean {
  const wishes = headerValues(request, 'privacy').flatMap(value => value.toLowerCase().split(/[;,\s]+/));
  if (wishes.some(wish => wish === 'id' || wish === 'user' || wish === 'header')) return true;
  if (remoteParty?.parameters.get('privacy') === 'full') return true;
  return /^sips?:(anonymous@|[^@]*@anonymous\.invalid)/i.test(from.uri);
}

function read(value: string | undefined): NameAddress | undefined {
  if (value === undefined) return undefined;
  try {
    const address = parseNameAddress(value);
    return numberOf(address) === '' ? undefined : address;
  } catch (error) {
    if (error instanceof GrammarError) return undefined;
    throw error;
  }
}

/** The user of a SIP URI, or the number of a tel URI (RFC 3966) without its parameters. */
function numberOf({ uri }: NameAddress): string {
  if (/^tel:/i.test(uri))
    return (
      uri
        .slice(4)
        .split(';')[0]
        ?.replace(/[-.()\s]/g, '') ?? ''
    );
  return /^sips?:/i.test(uri) ? userOf(parseUri(uri)) : uri;
}
