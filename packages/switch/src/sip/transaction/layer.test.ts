import { describe, expect, test } from 'vitest';
import { createVirtualClock } from '../../testing/virtual-clock.ts';
import { createRequest, createResponse, type SipRequest, setHeader } from '../message.ts';
import { parseMessage } from '../parse.ts';
import type { Flow } from '../transport/flow.ts';
import type { Outcome } from './client.ts';
import { createTransactionLayer } from './layer.ts';
import type { ServerTransaction } from './server.ts';

function create(reliable = false, maximumServers = 100) {
  const clock = createVirtualClock();
  const sent: string[] = [];
  const requests: ServerTransaction[] = [];
  let overloaded = 0;
  let ids = 0;
  const flow: Flow = {
    protocol: reliable ? 'TCP' : 'UDP',
    reliable,
    remoteAddress: '192.0.2.1',
    remotePort: 5060,
    localAddress: '127.0.0.1',
    localPort: 5060,
    open: true,
    send: bytes => void sent.push(bytes.toString().split('\r\n')[0] ?? ''),
  };
  const layer = createTransactionLayer({
    clock,
    maximumServers,
    randomId: () => `id${++ids}`,
    sendResponse: bytes => void sent.push(bytes.toString().split('\r\n')[0] ?? ''),
    user: {
      request: transaction => void requests.push(transaction),
      ack() {},
      strayAnswer() {},
      overloaded: () => void overloaded++,
    },
  });
  return { clock, sent, requests, layer, flow, overloaded: () => overloaded };
}

function request(method: string, branch = 'z9hG4bKone'): SipRequest {
  const made = createRequest(method, 'sip:a@192.0.2.1');
  setHeader(made, 'via', `SIP/2.0/UDP 192.0.2.1:5060;branch=${branch}`);
  setHeader(made, 'from', '<sip:a@x>;tag=1');
  setHeader(made, 'to', '<sip:b@x>');
  setHeader(made, 'call-id', 'c');
  setHeader(made, 'cseq', `1 ${method}`);
  return made;
}

describe('the transaction layer', () => {
  test('SIP-03 when its connection closes a request fails at once, and nothing is kept', () => {
    const { layer, flow, clock } = create(true);
    const outcomes: Outcome[] = [];
    layer.send(request('INVITE'), flow, outcome => outcomes.push(outcome));
    layer.send(request('OPTIONS'), flow, outcome => outcomes.push(outcome));
    layer.flowClosed(flow);
    expect(outcomes).toEqual([{ type: 'transportError' }, { type: 'transportError' }]);
    expect(layer.size.clients).toBe(0);
    expect(clock.pending).toBe(0);
  });

  test('a response for somebody else, with a second Via, is not delivered', () => {
    const { layer, flow } = create();
    const outcomes: Outcome[] = [];
    const sent = request('OPTIONS');
    layer.send(sent, flow, outcome => outcomes.push(outcome));
    const response = createResponse(sent, 200, 't');
    const foreign = { ...response, headers: new Map(response.headers), read: {} };
    setHeader(foreign, 'via', ...(response.headers.get('via') ?? []), 'SIP/2.0/UDP 255.255.255.255;branch=z');
    layer.receive(foreign, flow);
    expect(outcomes).toEqual([]);
    layer.receive(response, flow);
    expect(outcomes).toHaveLength(1);
  });

  test.each(['z9hG4bK', 'old', ''])(
    'a peer of RFC 2543 (branch %j) is matched by what its requests have in common',
    branch => {
      const { layer, flow, requests } = create();
      layer.receive(request('INVITE', branch), flow);
      layer.receive(request('INVITE', branch), flow);
      const other = request('INVITE', branch);
      setHeader(other, 'call-id', 'another');
      layer.receive(other, flow);
      expect(requests).toHaveLength(2);
    },
  );

  test('a CANCEL reaches the INVITE of its branch while that is pending', () => {
    const { layer, flow, requests, sent } = create();
    layer.receive(request('INVITE'), flow);
    let cancelled = 0;
    const [invite] = requests;
    if (invite !== undefined) invite.onCancel = () => void cancelled++;
    layer.receive(request('CANCEL'), flow);
    layer.receive(request('CANCEL'), flow);
    expect(cancelled).toBe(1);
    expect(sent).toEqual(['SIP/2.0 200 OK', 'SIP/2.0 200 OK']);
  });

  test('a 100 is sent for an INVITE that nobody has answered after 200 ms', () => {
    const { layer, flow, sent, clock } = create();
    layer.receive(request('INVITE'), flow);
    clock.advance(199);
    expect(sent).toEqual([]);
    clock.advance(1);
    expect(sent).toEqual(['SIP/2.0 100 Trying']);
  });

  test('SIP-08 past the bound of what is remembered, requests are dropped and counted until there is room', () => {
    const { layer, flow, requests, overloaded, clock } = create(false, 2);
    for (const branch of ['z9hG4bKa', 'z9hG4bKb', 'z9hG4bKc'])
      layer.receive(request('OPTIONS', branch), flow);
    expect([requests.length, overloaded()]).toEqual([2, 1]);
    for (const { request: asked, respond } of requests) respond(createResponse(asked, 200, 't'));
    clock.advance(32_000);
    layer.receive(request('OPTIONS', 'z9hG4bKc'), flow);
    expect(requests).toHaveLength(3);
  });

  test('what it sends can be read back, Via first', () => {
    const { layer, flow } = create();
    const sent = request('OPTIONS');
    let bytes = Buffer.alloc(0);
    const keep = (given: Buffer) => {
      bytes = Buffer.from(given);
    };
    layer.send(sent, { ...flow, send: keep }, () => {});
    expect(bytes.toString().split('\r\n')[1]).toMatch(
      /^Via: SIP\/2\.0\/UDP 127\.0\.0\.1:5060;branch=z9hG4bKid1;rport$/,
    );
    expect(parseMessage(bytes, 'datagram').type).toBe('message');
  });
});
