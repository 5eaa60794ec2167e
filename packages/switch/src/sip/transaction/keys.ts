import {
  callIdOf,
  fromTag,
  type SipRequest,
  type SipResponse,
  sequenceMethod,
  sequenceOf,
  viaOf,
} from '../message.ts';
import { branchOf } from '../via.ts';

const cookie = 'z9hG4bK';

/** RFC 3261 §17.2.3; ACK matches its INVITE. A branch without (or with nothing but) the cookie is RFC 2543's way. */
export function serverKey(request: SipRequest, method: string = request.method): string {
  const via = viaOf(request);
  const branch = branchOf(via);
  const matched = method === 'ACK' ? 'INVITE' : method;
  if (branch.startsWith(cookie) && branch.length > cookie.length) {
    return `${branch}|${via.host}:${via.port ?? ''}|${matched}`;
  }
  const sentBy = `${via.host}:${via.port ?? ''};${branch}`;
  return `${callIdOf(request)}|${fromTag(request)}|${sequenceOf(request)}|${sentBy}|${matched}`;
}

/** §17.1.3 */
export function clientKey(response: SipResponse): string {
  return `${branchOf(viaOf(response))}|${sequenceMethod(response)}`;
}
