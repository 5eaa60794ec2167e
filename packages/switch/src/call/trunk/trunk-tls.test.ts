import { describe, expect, test } from 'vitest';
import type { SwitchTrunk } from '../../control/protocol.ts';
import { callExtension } from '../../testing/bench-dialog.ts';
import { callOutside, provideTrunks, trunkOf } from '../../testing/bench-trunk.ts';
import { createNameServer } from '../../testing/name-server.ts';
import { type PhoneMessage, sequence, value } from '../../testing/phone-message.ts';
import { createSwitchBench, dialogHeaders, speech } from '../../testing/switch-bench.ts';

const sdpType: [string, string] = ['Content-Type', 'application/sdp'];

/** A switch with one trunk over TLS; `beforehand` is done before it is known. */
async function withTrunk(
  changes: Partial<SwitchTrunk> = {},
  beforehand: (bench: Awaited<ReturnType<typeof createSwitchBench>>) => void = () => {},
) {
  const addresses = { 'operator.example': ['203.0.113.5'], 'proxy.example': ['203.0.113.5'] };
  const resolver = createNameServer({ addresses });
  const bench = await createSwitchBench({ resolver });
  const operator = bench.network.peer('203.0.113.5', 5_061, 'TLS');
  beforehand(bench);
  provideTrunks(bench, [trunkOf({ uri: 'sip:{number}@operator.example;transport=tls', ...changes })]);
  await bench.pass();
  await bench.pass();
  const dial = (leg?: string) => callOutside(bench, leg);
  const status = () => bench.made.control.stats().trunks[0];
  const answer = async (request: PhoneMessage, code: number, headers: [string, string][] = [], body = '') => {
    operator.respond(request, code, [['To', `${value(request, 'to')};tag=t`], ...headers], body);
    await bench.pass();
  };
  return { ...bench, operator, dial, status, answer };
}

describe('a trunk over TLS', () => {
  test('TRK-60 is connected to as its own name, and called over that connection', async () => {
    const { network, operator, dial, status, pass } = await withTrunk();
    expect(network.tlsPeers).toEqual([{ name: 'operator.example' }]);
    expect(status()).toMatchObject({ up: true, state: 'ready' });
    dial();
    await pass();
    const invite = operator.take('INVITE');
    expect(invite.start).toBe('INVITE sip:0701@operator.example;transport=tls SIP/2.0');
    expect(value(invite, 'via')).toMatch(/^SIP\/2\.0\/TLS /);
    expect(value(invite, 'contact')).toBe('<sip:switch@127.0.0.1:5060;transport=tls>');
    expect(network.tlsPeers).toHaveLength(1);
  });

  test('TRK-60 by a SIPS URI every URI of ours is one', async () => {
    const { operator, dial, pass } = await withTrunk({
      uri: 'sips:{number}@operator.example',
      proxy: 'proxy.example',
      mainNumber: '+468',
    });
    dial();
    await pass();
    const invite = operator.take('INVITE');
    expect(invite.start).toBe('INVITE sips:0701@operator.example SIP/2.0');
    expect(value(invite, 'contact')).toBe('<sips:switch@127.0.0.1:5060>');
    expect(value(invite, 'from')).toMatch(/^<sips:\+468@/);
    expect(value(invite, 'route')).toBe('<sips:proxy.example;lr>');
  });

  test('TRK-60 the name that the configuration says, of its outbound proxy or by itself, has to be proved', async () => {
    const proxied = await withTrunk({ proxy: 'proxy.example:5071' });
    proxied.network.peer('203.0.113.5', 5_071, 'TLS');
    expect(proxied.network.tlsPeers).toEqual([{ name: 'proxy.example' }]);
    const tls = { name: '*.operator.example', authorities: 'PEM' };
    const named = await withTrunk({ tls });
    expect(named.network.tlsPeers).toEqual([tls]);
  });

  test('TRK-61 one that does not prove its name is down with the reason, gets no call, and is tried again', async () => {
    const { network, operator, dial, status, report, pass } = await withTrunk({}, ({ network: early }) => {
      early.tlsProblem = 'wrongName';
    });
    expect(status()).toMatchObject({ up: false, state: 'notConnected', problem: 'wrongName' });
    dial();
    await pass();
    expect(report('cleared')).toMatchObject({ cause: 'unreachable' });
    expect(operator.inbox).toEqual([]);
    await pass(1_000);
    await pass(2_000);
    await pass(4_000);
    expect(network.tlsPeers.length).toBeGreaterThanOrEqual(3);
    const tried = network.tlsPeers.length;
    network.tlsProblem = undefined;
    await pass(300_000);
    await pass();
    expect(network.tlsPeers.length).toBe(tried + 1);
    expect(status()).toMatchObject({ up: true, state: 'ready' });
  });

  test('TRK-61 a connection that is closed is opened again, and counts as there until that fails', async () => {
    const { network, operator, status, pass } = await withTrunk();
    operator.disconnect();
    await pass();
    expect(status()).toMatchObject({ up: true });
    await pass(1_000);
    await pass();
    expect(network.tlsPeers).toHaveLength(2);
    expect(status()).toMatchObject({ up: true, state: 'ready' });
    network.tlsProblem = 'refused';
    operator.disconnect();
    await pass(1_000);
    await pass();
    expect(status()).toMatchObject({ up: false, state: 'notConnected', problem: 'refused' });
  });

  test('TRK-62 a call goes on over a new connection, whose peer has proved its name again', async () => {
    const { network, operator, dial, pass, answer, perform } = await withTrunk();
    dial();
    await pass();
    const contact: [string, string] = ['Contact', '<sip:gateway@203.0.113.77:5061;transport=tls>'];
    await answer(operator.take('INVITE'), 200, [contact, sdpType], speech());
    operator.take('ACK');
    operator.disconnect();
    perform({ type: 'clear', leg: 'out', cause: 'normal' });
    await pass();
    expect(operator.take('BYE').start).toBe('BYE sip:gateway@203.0.113.77:5061;transport=tls SIP/2.0');
    expect(network.tlsPeers.at(-1)).toEqual({ name: 'operator.example' });
  });

  test('TRK-63 its calls are let in over TLS, and not as datagrams or plain connections from its address', async () => {
    const { network, operator, pass, report, reports } = await withTrunk();
    const invite = (peer: typeof operator) =>
      peer.request('INVITE', 'sip:5000@127.0.0.1', [...dialogHeaders('INVITE', 1), sdpType], speech());
    for (const protocol of ['UDP', 'TCP'] as const) {
      const forger = network.peer('203.0.113.5', 5_061, protocol);
      invite(forger);
      await pass();
      expect(forger.take(401)).toBeDefined();
    }
    expect(reports).toEqual([]);
    invite(operator);
    await pass();
    expect(report('arrived')).toMatchObject({ extension: '', calledNumber: '5000' });
  });

  test('TRK-64 one that is silent to OPTIONS gets a new connection', async () => {
    const { network, operator, pass, status } = await withTrunk({ keepAliveSeconds: 30 });
    await pass(30_000);
    operator.take('OPTIONS');
    let ended = 0;
    const flow = (await network.openTransport({ received() {}, closed() {}, dropped() {} })).secureFlowTo(
      '203.0.113.5',
      5_061,
      { name: 'operator.example' },
    );
    Object.assign(flow, { abandon: () => void ended++ });
    await pass(8_000);
    expect(status()).toMatchObject({ up: false, state: 'silent' });
    expect(ended).toBe(1);
  });

  test('TRK-60 it registers over its connection, by SIPS where it is called so', async () => {
    const account = { user: 'acme', password: 'secret', registerSeconds: 600 };
    const { operator, answer, status } = await withTrunk({
      uri: 'sips:{number}@operator.example',
      ...account,
    });
    const register = operator.take('REGISTER');
    expect(register.start).toBe('REGISTER sips:operator.example SIP/2.0');
    expect(value(register, 'to')).toBe('<sips:acme@operator.example>');
    expect(value(register, 'contact')).toBe('<sips:acme@127.0.0.1:5060>');
    expect(sequence(register)).toBe(1);
    await answer(register, 200);
    expect(status()).toMatchObject({ up: true, state: 'registered' });
  });
});

test('SIP-85 a phone may be called by SIPS where it came over TLS, and nowhere else', async () => {
  const bench = await createSwitchBench();
  const phone = bench.network.peer('192.0.2.20', 40_000, 'TLS');
  const contact = '<sips:1001@192.0.2.20:40000>';
  expect((await bench.register(phone, '1001', [contact])).status).toBe(200);
  callExtension(bench, '1001', 'in', { callerNumber: '1002', ringSeconds: 60 });
  await bench.pass();
  const invite = phone.take('INVITE');
  expect(invite.start).toBe('INVITE sips:1001@192.0.2.20:40000 SIP/2.0');
  expect(value(invite, 'contact')).toBe('<sips:switch@127.0.0.1:5060>');
  const plain = bench.network.peer('192.0.2.21');
  expect((await bench.register(plain, '1002', ['<sips:1002@192.0.2.21>'])).status).toBe(400);
});
