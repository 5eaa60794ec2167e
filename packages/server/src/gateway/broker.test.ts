import { deskQueries } from '@cordboard/contract';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { anna, attach, connect, type GatewayBench, openGatewayBench } from './testing/gateway-bench.ts';

let bench: GatewayBench;
beforeEach(async () => {
  bench = await openGatewayBench();
});
afterEach(() => bench.close());

const setReady = (status: boolean) => ({ status });

test('GAT-10 an application attaches, asks, and sees its items in order', async () => {
  const application = await connect(bench);
  const attached = await attach(application, (await bench.grant()).token);
  expect(attached).toMatchObject({ seq: 0, resumed: false, snapshot: { registered: false } });
  const answers = await Promise.all(
    [true, false, true].map(status => application.peer.request('setReadyStatus', setReady(status))),
  );
  expect(answers).toEqual(Array.from({ length: 3 }, () => ({ ok: true, value: true })));
  await expect.poll(() => application.items()).toEqual([1, 2, 3]);
});

test('GAT-11 after a break the stream goes on where it was; the answer to attach comes before the items', async () => {
  const first = await connect(bench);
  const attached = await attach(first, (await bench.grant()).token);
  await first.peer.request('setReadyStatus', setReady(true));
  first.socket.terminate();
  for (const id of ['a', 'b', 'c']) {
    await bench.site.site.request(1, id, { method: 'setReadyStatus', arguments: setReady(true) });
  }
  const second = await connect(bench);
  const frames: string[] = [];
  second.socket.on('message', data => frames.push(String(data).slice(0, 40)));
  const again = await attach(second, attached.token, { stream: attached.stream, after: 1 });
  expect(again).toMatchObject({ resumed: true, snapshot: null, seq: 4 });
  await expect.poll(() => second.items()).toEqual([2, 3, 4]);
  expect(frames.map(each => each.includes('"method":"item"'))).toEqual([false, true, true, true]);
});

test('GAT-11 another stream, or a number that never was, gets a snapshot that says so', async () => {
  const { token } = await bench.grant();
  const first = await attach(await connect(bench), token, { stream: 'another', after: 0 });
  expect(first).toMatchObject({ resumed: false, seq: 0 });
  const second = await attach(await connect(bench), first.token, { stream: first.stream, after: 99 });
  expect(second.resumed).toBe(false);
  expect(second.snapshot).not.toBeNull();
});

test('GAT-12 a request that is repeated with its id acts once', async () => {
  const application = await connect(bench);
  const attached = await attach(application, (await bench.grant()).token);
  await application.peer.request('setReadyStatus', setReady(true), { id: 'once' });
  application.socket.terminate();
  const again = await connect(bench);
  await attach(again, attached.token);
  expect(await again.peer.request('setReadyStatus', setReady(true), { id: 'once' })).toEqual({
    ok: true,
    value: true,
  });
  const named = { ...setReady(true), requestId: 'once' };
  expect((await again.peer.request('setReadyStatus', named)).ok).toBe(true);
  expect(bench.site.state().agents[1]?.seq).toBe(1);
});

test('GAT-13 unknown, malformed and refused are three different answers', async () => {
  const application = await connect(bench);
  const before = await application.peer.request('setReadyStatus', setReady(true));
  expect(before).toEqual({ ok: false, refusal: { reason: 'notLoggedOn' } });
  await attach(application, (await bench.grant()).token);
  const codes: unknown[] = [];
  for (const [method, parameters] of [
    ['setReadyStatus', { status: 'yes' }],
    ['setReadyStatus', { status: true, requestId: 7 }],
    ['setReadyStatus', { status: true, requestId: '' }],
    ['attach', { token: 1 }],
    ['noSuchMethod', {}],
    ['getCalls', {}],
    ['toString', {}],
  ] as const) {
    await application.peer
      .request(method, parameters)
      .catch((error: { kind: string }) => codes.push(error.kind));
  }
  const invalid = ['invalidParameters', 'invalidParameters', 'invalidParameters', 'invalidParameters'];
  expect(codes).toEqual([...invalid, 'unknownMethod', 'unknownMethod', 'unknownMethod']);
  expect(await application.peer.request('attach', { token: 'x', client: 'y' })).toMatchObject({ ok: false });
});

test('GAT-14 a logon elsewhere is refused, or takes over and tells the first application', async () => {
  const first = await connect(bench);
  await attach(first, (await bench.grant()).token);
  const { status, body } = await bench.logOn(anna);
  expect([status, body]).toMatchObject([409, { reason: 'loggedOnElsewhere' }]);
  const grant = await bench.grant({ takeOver: true });
  await first.closed;
  expect(first.heard.at(-1)).toEqual([
    'loggedOff',
    {
      reason: 'takenOver',
      elsewhere: { address: '127.0.0.1', form: 'application', since: expect.any(String) },
    },
  ]);
  const second = await connect(bench);
  await attach(second, grant.token);
  await second.peer.request('setReadyStatus', setReady(true));
  await expect.poll(() => second.items()).toEqual([1]);
});

test.each(['', 'x', '1.2.3.4', `1.${'a'.repeat(32)}.1.${'b'.repeat(43)}`, 'x'.repeat(4000)])(
  'GAT-15 a token that is not ours opens nothing (%#)',
  async token => {
    await bench.grant();
    const application = await connect(bench);
    await expect(attach(application, token)).rejects.toThrow('notLoggedOn');
    await application.closed;
  },
);

test('GAT-15 a token of an earlier logon, of a log-off, or long replaced opens nothing', async () => {
  const earlier = (await bench.grant()).token;
  const current = await bench.grant();
  await expect(attach(await connect(bench), earlier)).rejects.toThrow('notLoggedOn');
  const first = await attach(await connect(bench), current.token);
  const second = await attach(await connect(bench), first.token);
  await expect(attach(await connect(bench), current.token)).rejects.toThrow('notLoggedOn');
  const application = await connect(bench);
  await attach(application, second.token);
  expect(await application.peer.request('logOff', {})).toEqual({ ok: true, value: true });
  await application.closed;
  expect(application.heard.at(-1)).toEqual(['loggedOff', { reason: 'loggedOff' }]);
  await expect(attach(await connect(bench), second.token)).rejects.toThrow('notLoggedOn');
});

test('GAT-16 an application keeps its logon over a restart of the server', async () => {
  const application = await connect(bench);
  const attached = await attach(application, (await bench.grant()).token);
  await application.peer.request('setReadyStatus', setReady(true));
  await bench.close();
  await application.closed;
  bench = await openGatewayBench({}, bench.site);
  const again = await attach(await connect(bench), attached.token, { stream: attached.stream, after: 0 });
  expect(again).toMatchObject({ resumed: true, seq: 1 });
});

test('GAT-17 a page of another origin cannot connect', async () => {
  await expect(connect(bench, { origin: 'https://evil.example' })).rejects.toThrow('403');
  await expect(connect(bench, { origin: 'null' })).rejects.toThrow('403');
  (await connect(bench, { origin: bench.url })).socket.terminate();
  const elsewhere = new WebSocket(`${bench.url.replace('http', 'ws')}/other`);
  await expect(new Promise((_, reject) => elsewhere.once('error', reject))).rejects.toThrow('404');
});

test('GAT-18 an oversized frame, a binary frame and garbage end or answer their own connection only', async () => {
  const good = await connect(bench);
  await attach(good, (await bench.grant()).token);
  const large = await connect(bench);
  large.socket.send('x'.repeat(1_100_000));
  await large.closed;
  const binary = await connect(bench);
  binary.socket.send(Buffer.from([1, 2, 3]));
  await binary.closed;
  const garbage = await connect(bench);
  const replies: string[] = [];
  garbage.socket.on('message', data => replies.push(String(data)));
  for (const text of ['', '{', '[]', 'null', '{"jsonrpc":"2.0"}', '{"jsonrpc":"2.0","id":1,"method":5}']) {
    garbage.socket.send(text);
  }
  await expect.poll(() => replies.length).toBe(6);
  expect(replies.every(each => each.includes('"error"'))).toBe(true);
  expect((await good.peer.request('setReadyStatus', setReady(true))).ok).toBe(true);
});

test('GAT-19 an application that is gone is lost to the site; one that came again is not', async () => {
  const first = await connect(bench);
  const attached = await attach(first, (await bench.grant()).token);
  const second = await connect(bench);
  await attach(second, attached.token);
  await first.closed;
  await second.peer.request('setReadyStatus', setReady(true));
  expect(bench.site.state().agents[1]?.attached).toBe(true);
  second.socket.terminate();
  await expect.poll(() => bench.site.state().agents[1]?.attached).toBe(false);
});

test('WIN-51 what windows ask is answered to who is attached, for himself', async () => {
  await bench.close();
  const asked: unknown[] = [];
  bench = await openGatewayBench({
    reads: {
      callerHistory: async (...of) => ({ ok: true, value: asked.push(of) }),
      directory: (...of) => ({ ok: true, value: asked.push(of) }),
      queueFigures: async (...of) => ({ ok: true, value: asked.push(of) }),
    },
  });
  const application = await connect(bench);
  const { callerHistory, directory, queueFigures } = deskQueries;
  const early = await application.peer.request(directory, { text: '' });
  expect(early).toEqual({ ok: false, refusal: { reason: 'notLoggedOn' } });
  await attach(application, (await bench.grant()).token);
  await expect(application.peer.request(directory, { text: 'x'.repeat(65) })).rejects.toThrow();
  await expect(application.peer.request(callerHistory, { callId: 'one' })).rejects.toThrow();
  await application.peer.request(directory, { text: 'an' });
  await application.peer.request(callerHistory, { callId: 3 });
  await application.peer.request(queueFigures, {});
  expect(asked).toEqual([
    [1, { text: 'an' }],
    [1, { callId: 3 }],
    [1, {}],
  ]);
});
