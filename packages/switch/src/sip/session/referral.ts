import { GrammarError } from '../grammar.ts';
import { headerValues, type SipRequest } from '../message.ts';
import { parseNameAddress } from '../name-address.ts';
import { parseReplaces, type Replaces } from '../replaces.ts';
import { parseUri, type SipUri } from '../uri.ts';

/** Where a REFER (RFC 3515) wants a call to go: to an address, or to the far end of another dialog (RFC 3891). */
export type Referral = { type: 'address'; uri: SipUri } | { type: 'dialog'; replaces: Replaces };

/** What the REFER asks for, or the status that refuses it. */
export function readReferral(request: SipRequest): Referral | number {
  const values = headerValues(request, 'refer-to');
  // RFC 3515 §2.4.1: exactly one.
  const [value] = values;
  if (value === undefined || values.length !== 1) return 400;
  const uri = readUri(value);
  if (uri === undefined) return 400;
  if (uri.scheme !== 'sip' && uri.scheme !== 'sips') return 416;
  // A REFER may ask for any request (§2.1); calls are all that is done for a phone.
  const method = uri.parameters.get('method') ?? 'INVITE';
  if (method.toUpperCase() !== 'INVITE') return 603;
  const replaces = headerOfUri(uri, 'replaces');
  if (replaces === undefined) return { type: 'address', uri };
  const dialog = replaces === null ? undefined : parseReplaces(replaces);
  return dialog === undefined ? 400 : { type: 'dialog', replaces: dialog };
}

function readUri(value: string): SipUri | undefined {
  try {
    return parseUri(parseNameAddress(value).uri);
  } catch (error) {
    if (error instanceof GrammarError) return undefined;
    throw error;
  }
}

/** A header that the URI wants in the request (RFC 3261 §19.1.1), unescaped; null where the escapes are broken or it is there twice. */
function headerOfUri(uri: SipUri, name: string): string | null | undefined {
  const found = (uri.headers ?? '').split('&').filter(part => part.toLowerCase().startsWith(`${name}=`));
  const [part] = found;
  if (part === undefined) return undefined;
  if (found.length > 1) return null;
  try {
    return decodeURIComponent(part.slice(name.length + 1));
  } catch {
    return null;
  }
}
