import {
  createRequest,
  header,
  headerValues,
  type SipRequest,
  type SipResponse,
  sequenceOf,
  setHeader,
} from '../message.ts';

/** The ACK of a final response other than 2xx: RFC 3261 §17.1.1.3. */
export function ackOfFailure(invite: SipRequest, response: SipResponse): SipRequest {
  const ack = sameTransaction('ACK', invite);
  setHeader(ack, 'to', header(response, 'to') ?? '');
  return ack;
}

/** RFC 3261 §9.1: the same in everything that matches, so that it takes the same way. */
export function cancelOf(invite: SipRequest): SipRequest {
  return sameTransaction('CANCEL', invite);
}

function sameTransaction(method: 'ACK' | 'CANCEL', invite: SipRequest): SipRequest {
  const request = createRequest(method, invite.uri);
  setHeader(request, 'via', header(invite, 'via') ?? '');
  setHeader(request, 'max-forwards', '70');
  for (const name of ['from', 'to', 'call-id']) setHeader(request, name, header(invite, name) ?? '');
  setHeader(request, 'cseq', `${sequenceOf(invite)} ${method}`);
  const routes = headerValues(invite, 'route');
  if (routes.length > 0) setHeader(request, 'route', ...routes);
  return request;
}
