import { expect, test } from 'vitest';
import { Bool, Int, Type } from '../schema.ts';
import { createManualClock } from '../testing/manual-clock.ts';
import { createLinkedPair } from '../transport/linked-pair.ts';
import { checkOf } from '../validation/validator.ts';
import { type Answer, accepted, refused } from './answer.ts';
import { createPeer, type Route } from './peer.ts';
import { WireError } from './wire-error.ts';

const CallParameters = Type.Object({ callId: Int }, { additionalProperties: false });

const setUp = (routes: Record<string, Route['run']> = {}, maximumInFlight = 256) => {
  const clock = createManualClock();
  const [near, far] = createLinkedPair();
  const ran: string[] = [];
  const failures: unknown[] = [];
  const notifications: unknown[] = [];
  const server = createPeer({
    transport: far,
    clock,
    maximumInFlight,
    onNotification: (method, parameters) => notifications.push([method, parameters]),
    onFailure: (_, error) => failures.push(error),
    route: method => {
      const run = routes[method];
      return (
        run && {
          check: checkOf(CallParameters),
          run: (parameters, request) => {
            ran.push(method);
            return run(parameters, request);
          },
        }
      );
    },
  });
  const client = createPeer({ transport: near, clock, maximumInFlight, route: () => undefined });
  return { clock, near, far, client, server, ran, failures, notifications };
};

const kindOf = async (request: Promise<Answer>): Promise<unknown> => {
  try {
    return await request;
  } catch (error) {
    return error instanceof WireError ? error.kind : error;
  }
};

const never = () => new Promise<Answer>(() => {});

test('a request is answered with its value', async () => {
  const { client } = setUp({ answerCall: () => accepted(true) });
  expect(await client.request('answerCall', { callId: 1 })).toEqual(accepted(true));
});

test('both sides may ask', async () => {
  const [near, far] = createLinkedPair();
  const clock = createManualClock();
  const route: Route = { check: () => null, run: () => accepted('yes') };
  const a = createPeer({ transport: near, clock, route: () => route });
  const b = createPeer({ transport: far, clock, route: () => route });
  expect(await Promise.all([a.request('x', {}), b.request('x', {})])).toEqual([
    accepted('yes'),
    accepted('yes'),
  ]);
});

test('WIR-03 a refusal is an answer with its reason, not an error', async () => {
  const { client } = setUp({ answerCall: () => refused('notRinging', 'state 6') });
  expect(await client.request('answerCall', { callId: 1 })).toEqual({
    ok: false,
    refusal: { reason: 'notRinging', detail: 'state 6' },
  });
});

test('WIR-04 an unknown method, wrong parameters and a failure inside are told apart', async () => {
  const { client, failures } = setUp({
    answerCall: () => {
      throw new Error('the password is secret');
    },
  });
  expect(await kindOf(client.request('nothingLikeThis', {}))).toBe('unknownMethod');
  expect(await kindOf(client.request('answerCall', { callId: 1 }))).toBe('internalError');
  await expect(client.request('answerCall', { callId: 'one' })).rejects.toMatchObject({
    kind: 'invalidParameters',
    fault: { path: '/callId', expected: 'must be integer' },
  });
  await expect(client.request('answerCall', {})).rejects.toMatchObject({ fault: { path: '/callId' } });
  await expect(client.request('answerCall', { callId: 1, call: 2 })).rejects.toMatchObject({
    fault: { path: '/call' },
  });
  expect(failures).toHaveLength(1);
});

test('WIR-05 what a failure says inside does not travel', async () => {
  const { near, client } = setUp({
    answerCall: () => {
      throw new Error('the password is secret');
    },
  });
  const texts: string[] = [];
  near.onMessage(text => texts.push(text));
  void kindOf(client.request('answerCall', { callId: 1 }));
  await expect.poll(() => texts).toHaveLength(1);
  expect(texts[0]).toContain('-32603');
  expect(texts[0]).not.toContain('secret');
});

test('WIR-06 a request without an answer ends at its deadline, once', async () => {
  const { client, clock } = setUp({ answerCall: never });
  const request = kindOf(client.request('answerCall', { callId: 1 }, { deadlineMilliseconds: 500 }));
  clock.advance(499);
  expect(clock.waiting).toBe(1);
  clock.advance(1);
  expect(await request).toBe('deadlineExceeded');
});

test('an answer after the deadline is dropped', async () => {
  const { promise, resolve } = Promise.withResolvers<Answer>();
  const { client, clock, ran } = setUp({ answerCall: () => promise });
  const request = kindOf(client.request('answerCall', { callId: 1 }));
  await expect.poll(() => ran).toHaveLength(1);
  clock.advance(10_000);
  resolve(accepted(true));
  expect(await request).toBe('deadlineExceeded');
  expect(clock.waiting).toBe(0);
});

test('WIR-07 closing ends every pending request with one error, and later ones at once', async () => {
  const { client, server, clock } = setUp({ answerCall: never });
  const requests = [1, 2, 3].map(callId => kindOf(client.request('answerCall', { callId })));
  server.close();
  expect(await Promise.all(requests)).toEqual(['closed', 'closed', 'closed']);
  expect(await kindOf(client.request('answerCall', { callId: 4 }))).toBe('closed');
  expect(client.notify('hello', {})).toBe(false);
  expect(clock.waiting).toBe(0);
});

test('WIR-08 more requests at once than allowed are refused as overloaded, on either side', async () => {
  const { client } = setUp({ answerCall: never }, 2);
  void client.request('answerCall', { callId: 1 });
  void client.request('answerCall', { callId: 2 });
  expect(await client.request('answerCall', { callId: 3 })).toEqual(refused('overloaded'));

  const far = setUp({ answerCall: never }, 2);
  const texts: string[] = [];
  far.near.onMessage(text => texts.push(text));
  for (const id of [1, 2, 3])
    far.near.send(`{"jsonrpc":"2.0","id":${id},"method":"answerCall","params":{"callId":1}}`);
  await expect.poll(() => texts).toEqual([expect.stringContaining('"reason":"overloaded"')]);
  expect(far.ran).toHaveLength(2);
});

test('the same id while the first is under way is refused and runs nothing', async () => {
  const { near, ran } = setUp({ answerCall: never });
  const texts: string[] = [];
  near.onMessage(text => texts.push(text));
  near.send('{"jsonrpc":"2.0","id":1,"method":"answerCall","params":{"callId":1}}');
  near.send('{"jsonrpc":"2.0","id":1,"method":"answerCall","params":{"callId":1}}');
  await expect.poll(() => texts).toEqual([expect.stringContaining('-32600')]);
  expect(ran).toHaveLength(1);
});

test('WIR-09 malformed messages are answered and the connection goes on', async () => {
  const { near, client } = setUp({ answerCall: () => accepted(true) });
  const first = client.request('answerCall', { callId: 1 });
  near.send('{"half":');
  near.send('{"jsonrpc":"2.0","id":77,"method":5}');
  expect(await first).toEqual(accepted(true));
  expect(await client.request('answerCall', { callId: 2 })).toEqual(accepted(true));
});

test('a message over the frame bound is not sent, and the request says so', async () => {
  const { client } = setUp({ answerCall: () => accepted(true) });
  expect(await kindOf(client.request('answerCall', { callId: 'x'.repeat(1_100_000) }))).toBe('tooLarge');
  expect(await client.request('answerCall', { callId: 2 })).toEqual(accepted(true));
});

test('an answer over the frame bound becomes an error inside', async () => {
  const { client } = setUp({ answerCall: () => accepted('x'.repeat(1_100_000)) });
  expect(await kindOf(client.request('answerCall', { callId: 1 }))).toBe('internalError');
});

test('notifications arrive in the order sent, with their parameters', async () => {
  const { client, notifications } = setUp();
  expect(client.notify('a', { n: 1 })).toBe(true);
  expect(client.notify('b', {})).toBe(true);
  await expect
    .poll(() => notifications)
    .toEqual([
      ['a', { n: 1 }],
      ['b', {}],
    ]);
});

test('an answer to nothing that was asked is dropped', async () => {
  const { far, client } = setUp({ answerCall: () => accepted(true) });
  far.send('{"jsonrpc":"2.0","id":999,"result":true}');
  far.send('{"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":""}}');
  expect(await client.request('answerCall', { callId: 1 })).toEqual(accepted(true));
});

test('a caller may name a request, and the other side sees that name', async () => {
  const seen: unknown[] = [];
  const { client } = setUp({
    answerCall: (_, request) => {
      seen.push(request);
      return accepted(Bool.type);
    },
  });
  await client.request('answerCall', { callId: 1 }, { id: 'run:one:1' });
  expect(seen).toEqual([expect.objectContaining({ id: 'run:one:1', method: 'answerCall' })]);
});
