import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { value } from '../testing/phone-message.ts';
import { createSwitchBench, dialogHeaders, speech } from '../testing/switch-bench.ts';

const sdpType: [string, string] = ['Content-Type', 'application/sdp'];
const fixtures = new URL('fixtures/rfc4475/', import.meta.url);
const torture = readdirSync(fixtures)
  .filter(name => name.endsWith('.dat'))
  .map(name => readFileSync(new URL(name, fixtures)));

async function ask(method: string, more: [string, string][] = [], uri = 'sip:5000@127.0.0.1', body = '') {
  const bench = await createSwitchBench();
  bench.trunk.request(method, uri, [...dialogHeaders(method, 1), ...more], body);
  await bench.pass();
  const answer = bench.trunk.inbox.find(({ status }) => status !== 100);
  return { ...bench, answer };
}

describe('what is refused before anybody hears of it', () => {
  test('SIP-14 an extension that is not offered gets 420 with its name, reliable provisional responses too', async () => {
    const { answer, reports } = await ask(
      'INVITE',
      [['Require', 'precondition, timer, rocket'], sdpType],
      undefined,
      speech(),
    );
    expect(answer?.status).toBe(420);
    expect(value(answer ?? { headers: [], start: '', status: 0, method: '', body: '' }, 'unsupported')).toBe(
      'precondition, rocket',
    );
    expect(reports).toEqual([]);
  });

  test.each([
    ['FROBNICATE', 501],
    ['MESSAGE', 405],
    ['PUBLISH', 405],
    ['SUBSCRIBE', 489],
    ['BYE', 481],
    ['NOTIFY', 481],
    ['REFER', 481],
    ['OPTIONS', 200],
  ] as const)('SIP-14 %s outside of calls gets %i', async (method, status) => {
    expect((await ask(method)).answer?.status).toBe(status);
  });

  test('SIP-14 a URI of another scheme gets 416 and a body of another type 415', async () => {
    expect((await ask('INVITE', [], 'tel:+4612345')).answer?.status).toBe(416);
    expect((await ask('INVITE', [['Content-Type', 'text/plain']], undefined, 'hello')).answer?.status).toBe(
      415,
    );
  });

  test('a call that has gone round too often gets 483', async () => {
    const bench = await createSwitchBench();
    const headers = dialogHeaders('INVITE', 1).map(([name, text]): [string, string] => [
      name,
      name === 'Max-Forwards' ? '0' : text,
    ]);
    bench.trunk.request('INVITE', 'sip:5000@127.0.0.1', [...headers, sdpType], speech());
    await bench.pass();
    expect(bench.trunk.take(483)).toBeDefined();
  });

  test('SIP-06 a stranger is challenged and not reported', async () => {
    const { network, pass, reports } = await createSwitchBench();
    const stranger = network.peer('198.51.100.66');
    stranger.request('INVITE', 'sip:5000@127.0.0.1', [...dialogHeaders('INVITE', 1), sdpType], speech());
    await pass();
    expect(value(stranger.take(401), 'www-authenticate')).toMatch(/^Digest realm="cordboard", nonce=/);
    expect(reports).toEqual([]);
  });

  test('a response goes to the port that the request came from, or without rport to that of its Via', async () => {
    const { network, pass } = await createSwitchBench();
    const sender = network.peer('198.51.100.7', 33_333);
    const named = network.peer('198.51.100.7', 5_070);
    const via = (tail: string): [string, string] => [
      'Via',
      `SIP/2.0/UDP host.example:5070;branch=z9hG4bK${tail}`,
    ];
    sender.request('OPTIONS', 'sip:127.0.0.1', [via('one;rport'), ...dialogHeaders('OPTIONS', 1)]);
    sender.request('OPTIONS', 'sip:127.0.0.1', [via('two'), ...dialogHeaders('OPTIONS', 2)]);
    await pass();
    expect(value(sender.take(200), 'via')).toContain('received=198.51.100.7');
    expect(value(named.take(200), 'via')).toContain('branch=z9hG4bKtwo');
  });

  test('SIP-08 what is too large or no SIP is dropped and counted', async () => {
    const { trunk, pass, made } = await createSwitchBench();
    const start = 'OPTIONS sip:127.0.0.1 SIP/2.0\r\n';
    trunk.send(Buffer.alloc(70_000, 65));
    trunk.send(`${start}X: ${'y'.repeat(5_000)}\r\n\r\n`);
    trunk.send(`${start}${'X: y\r\n'.repeat(200)}\r\n`);
    trunk.send(`${start}${`X: ${'y'.repeat(1_000)}\r\n`.repeat(20)}\r\n`);
    trunk.send('GET / HTTP/1.1\r\n\r\n');
    trunk.send(Buffer.from([0, 1, 2, 255, 254, 13, 10, 13, 10]));
    await pass();
    expect(made.control.stats()).toMatchObject({ oversized: 4, malformed: 2, legs: 0 });
    expect(trunk.inbox.map(({ status }) => status)).toEqual([]);
  });
});

describe('hostile messages', () => {
  test('SIP-09 the torture messages neither throw nor leave anything behind', async () => {
    const { network, pass, made, clock } = await createSwitchBench();
    const peer = network.peer('192.0.2.9', 5_061);
    for (const bytes of torture) peer.send(bytes);
    await pass(200_000);
    for (const leg of made.control.inventory().legs)
      made.control.perform({ type: 'clear', leg: leg.leg, cause: 'busy' });
    await pass(200_000);
    expect(made.control.stats()).toMatchObject({
      currentLegs: 0,
      currentServerTransactions: 0,
      currentDialogs: 0,
    });
    expect(clock.pending).toBe(0);
  });

  test('SIP-09 mutated messages in the middle of calls neither throw nor keep the next call from being served', async () => {
    const seeds = [...torture, Buffer.from(speech())];
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            seed: fc.nat(seeds.length - 1),
            edits: fc.array(fc.record({ at: fc.nat(1_000), byte: fc.nat(255), cut: fc.boolean() }), {
              maxLength: 6,
            }),
            swap: fc.constantFrom(
              '',
              'INVITE',
              'ACK',
              'BYE',
              'CANCEL',
              'UPDATE',
              'REGISTER',
              'PRACK',
              'REFER',
            ),
          }),
          { maxLength: 12 },
        ),
        fc.constantFrom('UDP' as const, 'TCP' as const),
        async (messages, protocol) => {
          const { network, pass, made, callIn, perform, report } = await createSwitchBench({
            trunks: [{ name: 'operator', address: '192.0.2.9', anySourcePort: true }],
          });
          const first = await callIn();
          perform({ type: 'answer', leg: first, media: { type: 'none' } });
          const peer = network.peer('192.0.2.9', 5_062, protocol);
          for (const { seed, edits, swap } of messages)
            peer.send(mutate(seeds[seed] ?? Buffer.alloc(0), edits, swap));
          await pass(100);
          for (const { leg } of made.control.inventory().legs) perform({ type: 'clear', leg, cause: 'busy' });
          await pass(100_000);
          expect(made.control.stats()).toMatchObject({ currentLegs: 0, currentServerTransactions: 0 });
          const next = network.peer('192.0.2.9', 5_063);
          next.request('INVITE', 'sip:5000@127.0.0.1', [...dialogHeaders('INVITE', 77), sdpType], speech());
          await pass(200);
          expect(next.take(100)).toBeDefined();
          expect(report('arrived')).toBeDefined();
        },
      ),
      { numRuns: 300 },
    );
  });
});

function mutate(bytes: Buffer, edits: { at: number; byte: number; cut: boolean }[], method: string): Buffer {
  let result: Buffer = Buffer.from(bytes);
  if (method !== '') {
    const text = result.toString('latin1');
    const named = text.replace(/^\S+/, method).replace(/(CSeq\s*:\s*\d+\s+)\S+/i, `$1${method}`);
    result = Buffer.from(named, 'latin1');
  }
  for (const { at, byte, cut } of edits) {
    const index = at % Math.max(1, result.length);
    if (cut) result = Buffer.concat([result.subarray(0, index), result.subarray(index + 1 + (byte % 40))]);
    else result[index] = byte;
  }
  return result;
}
