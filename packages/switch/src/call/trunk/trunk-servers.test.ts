import { describe, expect, test } from 'vitest';
import type { SwitchTrunk } from '../../control/protocol.ts';
import { callOutside, provideTrunks, trunkOf } from '../../testing/bench-trunk.ts';
import { createNameServer, type Zone } from '../../testing/name-server.ts';
import { value } from '../../testing/phone-message.ts';
import { createSwitchBench } from '../../testing/switch-bench.ts';

const zone: Zone = {
  srv: {
    '_sip._udp.operator.example': [
      { name: 'one.example', port: 5_071, priority: 1, weight: 0 },
      { name: 'two.example', port: 5_072, priority: 2, weight: 0 },
    ],
  },
  addresses: { 'one.example': ['203.0.113.1'], 'two.example': ['203.0.113.2'] },
};

/** A switch with one trunk that has two servers, and another trunk to fall back to. */
async function withServers(changes: Partial<SwitchTrunk> = {}, records: Zone = zone) {
  const resolver = createNameServer(records);
  const bench = await createSwitchBench({ resolver });
  const first = bench.network.peer('203.0.113.1', 5_071);
  const second = bench.network.peer('203.0.113.2', 5_072);
  const other = bench.network.peer('203.0.113.9');
  provideTrunks(bench, [
    trunkOf({ uri: 'sip:{number}@operator.example', ...changes }),
    trunkOf({ name: 'other', uri: 'sip:{number}@203.0.113.9' }),
  ]);
  await bench.pass();
  await bench.pass();
  async function dial(leg?: string) {
    callOutside(bench, leg);
    await bench.pass();
  }
  const status = () => bench.made.control.stats().trunks[0];
  return { ...bench, resolver, first, second, other, dial, status };
}

describe('a trunk with several servers', () => {
  test('TRK-67 a call that the first does not answer goes to the second; the next call begins there for a minute', async () => {
    const { first, second, dial, pass, perform, status } = await withServers();
    expect(status()).toMatchObject({ up: true });
    await dial();
    expect(first.take('INVITE').start).toBe('INVITE sip:0701@operator.example SIP/2.0');
    expect(second.inbox).toEqual([]);
    await pass(6_000);
    await pass();
    expect(second.take('INVITE').start).toBe('INVITE sip:0701@operator.example SIP/2.0');
    perform({ type: 'clear', leg: 'out', cause: 'normal' });
    first.inbox.length = 0;
    second.inbox.length = 0;
    await dial('again');
    expect(second.take('INVITE')).toBeDefined();
    perform({ type: 'clear', leg: 'again', cause: 'normal' });
    await pass(60_000);
    first.inbox.length = 0;
    await dial('later');
    expect(first.take('INVITE')).toBeDefined();
  });

  test('TRK-67 503 is the word of one server, other failures are those of the trunk', async () => {
    const { first, second, other, dial, pass } = await withServers();
    await dial();
    first.respond(first.take('INVITE'), 503);
    await pass();
    second.respond(second.take('INVITE'), 500);
    await pass();
    expect(other.take('INVITE')).toBeDefined();
  });

  test('TRK-67 a busy number is asked for once', async () => {
    const { first, second, other, dial, pass, report } = await withServers();
    await dial();
    first.respond(first.take('INVITE'), 486);
    await pass();
    expect(report('cleared')).toMatchObject({ cause: 'busy' });
    expect([...second.inbox, ...other.inbox]).toEqual([]);
  });

  test('TRK-67 it registers with the second where the first is silent, and is up', async () => {
    const account = { user: 'acme', password: 'secret', registerSeconds: 600 };
    const { first, second, pass, status } = await withServers(account);
    first.take('REGISTER');
    await pass(32_500);
    await pass();
    const register = second.take('REGISTER');
    second.respond(register, 200, [['To', `${value(register, 'to')};tag=t`]]);
    await pass();
    expect(status()).toMatchObject({ up: true, state: 'registered' });
  });

  test('TRK-67 it is down to OPTIONS only when all are', async () => {
    const { first, second, pass, status } = await withServers({ keepAliveSeconds: 30 });
    await pass(30_000);
    await pass();
    first.take('OPTIONS');
    await pass(8_000);
    await pass();
    second.respond(second.take('OPTIONS'), 200);
    await pass();
    expect(status()).toMatchObject({ up: true });
    await pass(30_000);
    await pass();
    second.respond(second.take('OPTIONS'), 503);
    await pass();
    await pass(8_000);
    expect(status()).toMatchObject({ up: false, state: 'silent' });
  });

  test('TRK-66 its names are asked for again when their time is over, and what was known counts while nobody answers', async () => {
    const records: Zone = { ...zone, seconds: 45 };
    const { resolver, dial, pass, second, status, first } = await withServers({}, records);
    const asked = resolver.asked.length;
    await pass(44_000);
    expect(resolver.asked.length).toBe(asked);
    Object.assign(records, { down: true });
    await pass(1_000);
    await pass();
    expect(resolver.asked.length).toBeGreaterThan(asked);
    expect(status()).toMatchObject({ up: true });
    Object.assign(records, { down: false, addresses: { 'two.example': ['203.0.113.2'] } });
    await pass(30_000);
    await pass();
    await dial();
    expect(first.inbox).toEqual([]);
    expect(second.take('INVITE')).toBeDefined();
  });

  test('TRK-66 where nobody can say what services there are the address is called, until somebody can', async () => {
    const records: Zone = {
      ...zone,
      down: 'services',
      addresses: { ...zone.addresses, 'operator.example': ['203.0.113.3'] },
    };
    const { network, dial, pass, status, first } = await withServers({}, records);
    const direct = network.peer('203.0.113.3');
    expect(status()).toMatchObject({ up: true });
    await dial();
    expect(direct.take('INVITE')).toBeDefined();
    Object.assign(records, { down: false });
    await pass(30_000);
    await pass();
    await dial('again');
    expect(first.take('INVITE')).toBeDefined();
  });

  test('TRK-12 its calls are let in from the ports of its servers', async () => {
    const { second, network, pass } = await withServers();
    const options = (peer: typeof second) =>
      peer.request(
        'INVITE',
        'sip:5000@127.0.0.1',
        [
          ['From', '<sip:1@a>;tag=x'],
          ['To', '<sip:5000@127.0.0.1>'],
          ['Call-ID', `c${peer.port}`],
          ['CSeq', '1 INVITE'],
          ['Contact', '<sip:1@203.0.113.2>'],
        ],
        '',
      );
    options(second);
    await pass(300);
    expect(second.take(100)).toBeDefined();
    const forger = network.peer('203.0.113.2', 4_000);
    options(forger);
    await pass(300);
    expect(forger.take(401)).toBeDefined();
  });
});
