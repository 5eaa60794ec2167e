import { isIP } from 'node:net';
import { canonicalAddress } from '../../address-text.ts';
import { parseUri } from '../uri.ts';

/** One entry of a certificate's subjectAltName. */
interface AlternativeName {
  type: string;
  value: string;
}

/**
 * Is the certificate with this subjectAltName one of the SIP domain (RFC 5922 §7.1)? A `sip:` URI of the domain or its DNS name
 * makes it so; the common name does not, and neither does a wildcard (§7.2) unless the wildcard itself is what is asked for.
 */
export function identifies(subjectAltName: string, name: string): boolean {
  const wanted = name.toLowerCase();
  const names = alternativeNames(subjectAltName);
  if (isIP(name) !== 0)
    return names.some(
      ({ type, value }) => type === 'IP Address' && canonicalAddress(value) === canonicalAddress(name),
    );
  const uris = names.flatMap(({ type, value }) => (type === 'URI' ? (domainOfUri(value) ?? []) : []));
  // §7.1 step 2: who names SIP domains means these and no others.
  if (uris.length > 0) return uris.includes(wanted);
  return names.some(({ type, value }) => type === 'DNS' && value.toLowerCase() === wanted);
}

/** As Node prints them: `DNS:a, URI:sip:b`; what could be mistaken for two entries is a JSON text. */
function alternativeNames(text: string): AlternativeName[] {
  const found: AlternativeName[] = [];
  const entry = /([A-Za-z ]+):("(?:[^"\\]|\\.)*"|[^,"]*)(?:, |$)/y;
  for (;;) {
    const [, type, value] = entry.exec(text) ?? [];
    if (type === undefined || value === undefined) return found;
    found.push({ type, value: value.startsWith('"') ? '' : value });
  }
}

/** §7.1: a SIP URI without user names a domain; one with a user a person. */
function domainOfUri(uri: string): string | undefined {
  try {
    const { scheme, user, host } = parseUri(uri);
    return scheme === 'sip' && user === '' ? host : undefined;
  } catch {
    return undefined;
  }
}
