import {
  callIdOf,
  contactOf,
  createRequest,
  fromOf,
  fromTag,
  headerValues,
  type SipRequest,
  type SipResponse,
  sequenceOf,
  setHeader,
  toOf,
  toTag,
} from './message.ts';
import { formatNameAddress, type NameAddress } from './name-address.ts';
import { parseUri } from './uri.ts';

/** The state of a dialog: RFC 3261 §12. Owned by one session, which changes it in place. */
export interface Dialog {
  callId: string;
  localTag: string;
  /** '' for a peer of RFC 2543 that gives none */
  remoteTag: string;
  /** From of our requests, with our tag */
  local: string;
  /** To of our requests, with the peer's tag */
  remote: string;
  localSequence: number;
  /** undefined until the peer has sent a request */
  remoteSequence: number | undefined;
  remoteTarget: string;
  routes: string[];
}

/** Our side of a dialog that a peer's INVITE opens (§12.1.1). */
export function dialogOfRequest(request: SipRequest, localTag: string, firstSequence: number): Dialog {
  return {
    callId: callIdOf(request),
    localTag,
    remoteTag: fromTag(request),
    local: formatNameAddress(withTag(toOf(request), localTag)),
    remote: formatNameAddress(fromOf(request)),
    localSequence: firstSequence,
    remoteSequence: sequenceOf(request),
    remoteTarget: contactOf(request)?.uri ?? fromOf(request).uri,
    routes: [...headerValues(request, 'record-route')],
  };
}

/** Our side of a dialog that an answer to our INVITE opens (§12.1.2). */
export function dialogOfResponse(request: SipRequest, response: SipResponse): Dialog {
  return {
    callId: callIdOf(request),
    localTag: fromTag(request),
    remoteTag: toTag(response),
    local: formatNameAddress(fromOf(request)),
    remote: formatNameAddress(toOf(response)),
    localSequence: sequenceOf(request),
    remoteSequence: undefined,
    remoteTarget: contactOf(response)?.uri ?? request.uri,
    routes: [...headerValues(response, 'record-route')].reverse(),
  };
}

function withTag(address: NameAddress, tag: string): NameAddress {
  return { ...address, parameters: new Map([...address.parameters, ['tag', tag]]) };
}

/** §12.2.1.1; for ACK the sequence number is that of its INVITE (§13.2.2.4). */
export function createDialogRequest(dialog: Dialog, method: string, sequence?: number): SipRequest {
  const { uri, routes } = route(dialog);
  const request = createRequest(method, uri);
  if (sequence === undefined) dialog.localSequence++;
  setHeader(request, 'max-forwards', '70');
  setHeader(request, 'from', dialog.local);
  setHeader(request, 'to', dialog.remote);
  setHeader(request, 'call-id', dialog.callId);
  setHeader(request, 'cseq', `${sequence ?? dialog.localSequence} ${method}`);
  if (routes.length > 0) setHeader(request, 'route', ...routes);
  return request;
}

/** §12.2.1.1: a first route without "lr" is a strict router and takes the place of the Request-URI. */
function route(dialog: Dialog): { uri: string; routes: string[] } {
  const first = dialog.routes[0];
  if (first === undefined) return { uri: dialog.remoteTarget, routes: [] };
  const uri = first.slice(first.indexOf('<') + 1, first.indexOf('>'));
  const loose = parseUri(uri).parameters.has('lr');
  return loose
    ? { uri: dialog.remoteTarget, routes: dialog.routes }
    : { uri, routes: [...dialog.routes.slice(1), `<${dialog.remoteTarget}>`] };
}

/** §12.2.2: false for a request that is older than one already seen. */
export function takeSequence(dialog: Dialog, request: SipRequest): boolean {
  const sequence = sequenceOf(request);
  if (dialog.remoteSequence !== undefined && sequence < dialog.remoteSequence) return false;
  dialog.remoteSequence = sequence;
  return true;
}

/** §12.2.1.2 and §12.2.2: a target refresh request or its 2xx moves the remote target. */
export function refreshTarget(dialog: Dialog, message: SipRequest | SipResponse): void {
  dialog.remoteTarget = contactOf(message)?.uri ?? dialog.remoteTarget;
}

/** What a request of the peer finds our dialog by; the peer's tag is compared afterwards. */
export function dialogKey(callId: string, localTag: string): string {
  return `${callId}|${localTag}`;
}
