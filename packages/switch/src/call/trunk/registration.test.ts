import { describe, expect, test } from 'vitest';
import type { SwitchTrunk } from '../../control/protocol.ts';
import { callOutside, provideTrunks, trunkOf } from '../../testing/bench-trunk.ts';
import { createNameServer } from '../../testing/name-server.ts';
import { type PhoneMessage, sequence, value } from '../../testing/phone-message.ts';
import { createSwitchBench } from '../../testing/switch-bench.ts';

const account = { user: 'acme', password: 'secret', registerSeconds: 600 };

async function withTrunk(
  changes: Partial<SwitchTrunk> = {},
  options: Parameters<typeof createSwitchBench>[0] = {},
) {
  const seen: string[] = [];
  const bench = await createSwitchBench({ trunkChanged: ({ state }) => seen.push(state), ...options });
  const operator = bench.network.peer('203.0.113.5');
  seen.length = 0;
  provideTrunks(bench, [trunkOf({ ...account, ...changes })]);
  await bench.pass();
  const answer = async (request: PhoneMessage, status: number, headers: [string, string][] = []) => {
    operator.respond(request, status, [['To', `${value(request, 'to')};tag=t`], ...headers]);
    await bench.pass();
  };
  const status = () => bench.made.control.stats().trunks[0];
  const dial = () => callOutside(bench);
  return { ...bench, operator, answer, status, seen, dial };
}

const nonce = (text: string): [string, string][] => [
  ['WWW-Authenticate', `Digest realm="operator", nonce="${text}", qop="auth"`],
];

describe('registration with an operator', () => {
  test('TRK-20 it registers with its credentials, and again before the time is over', async () => {
    const { operator, answer, status, seen, pass, clock } = await withTrunk();
    const first = operator.take('REGISTER');
    expect(first.start).toBe('REGISTER sip:203.0.113.5 SIP/2.0');
    expect(value(first, 'to')).toBe('<sip:acme@203.0.113.5>');
    expect(value(first, 'contact')).toBe('<sip:acme@127.0.0.1:5060>');
    expect(value(first, 'expires')).toBe('600');
    expect(status()).toMatchObject({ up: false, state: 'registering' });
    await answer(first, 401, nonce('n1'));
    const second = operator.take('REGISTER');
    expect(value(second, 'authorization')).toContain('username="acme"');
    expect(sequence(second)).toBe(sequence(first) + 1);
    const before = clock.now();
    await answer(second, 200, [['Contact', '<sip:acme@127.0.0.1:5060>;expires=300']]);
    const { since = 0 } = status() ?? {};
    expect(status()).toEqual({ name: 'operator', up: true, state: 'registered', since, calls: 0 });
    expect([since >= before, since <= clock.now()]).toEqual([true, true]);
    await pass(239_000);
    expect(operator.inbox).toEqual([]);
    await pass(1_000);
    await pass();
    const refresh = operator.take('REGISTER');
    expect(value(refresh, 'call-id')).toBe(value(first, 'call-id'));
    expect(value(refresh, 'authorization')).toContain('nonce="n1"');
    expect(value(refresh, 'authorization')).toContain('nc=00000002');
    expect(seen).toEqual(['registering', 'registered']);
    await answer(refresh, 200);
    expect(status()).toMatchObject({ state: 'registered', since });
  });

  test('TRK-20 it asks for the time that the registrar wants at least', async () => {
    const { operator, answer } = await withTrunk();
    await answer(operator.take('REGISTER'), 423, [['Min-Expires', '1800']]);
    expect(value(operator.take('REGISTER'), 'expires')).toBe('1800');
  });

  test('TRK-21 a refusal is shown and tried again with growing pauses; meanwhile no call is tried there', async () => {
    const { operator, answer, status, pass, dial, report } = await withTrunk();
    await answer(operator.take('REGISTER'), 403);
    expect(status()).toMatchObject({ name: 'operator', up: false, state: 'registrationFailed', status: 403 });
    dial();
    expect(report('cleared')).toMatchObject({ leg: 'out', cause: 'unreachable' });
    const pauses: number[] = [];
    for (let i = 0; i < 8; i++) {
      let waited = 0;
      while (!operator.inbox.some(({ method }) => method === 'REGISTER')) {
        await pass(250);
        waited += 250;
      }
      pauses.push(waited);
      await answer(operator.take('REGISTER'), 403);
    }
    expect(pauses.every((pause, i) => i === 0 || pause >= (pauses[i - 1] ?? 0))).toBe(true);
    expect(pauses.at(-1)).toBeLessThanOrEqual(300_000);
    expect(pauses.at(-1)).toBeGreaterThan(150_000);
  });

  test('TRK-21 a wrong password is asked for three times and no more', async () => {
    const { operator, answer, status } = await withTrunk();
    for (let i = 0; i < 4; i++) await answer(operator.take('REGISTER'), 401, nonce(`n${i}`));
    expect(status()).toMatchObject({ state: 'registrationFailed', status: 401 });
    expect(operator.inbox).toEqual([]);
  });

  test('TRK-21 a registrar that is silent makes it fail, and when it is back it is up again', async () => {
    const { operator, status, pass, answer } = await withTrunk();
    await pass(33_000);
    expect(status()).toMatchObject({ name: 'operator', up: false, state: 'registrationFailed' });
    operator.inbox.length = 0;
    await pass(5_000);
    await pass();
    await answer(operator.take('REGISTER'), 200);
    expect(status()).toMatchObject({ up: true });
  });

  test('TRK-25 over a connection that closes it registers anew', async () => {
    const bench = await createSwitchBench();
    const connection = bench.network.peer('203.0.113.5', 5_060, 'TCP');
    provideTrunks(bench, [trunkOf({ ...account, uri: 'sip:{number}@203.0.113.5;transport=tcp' })]);
    const states: (string | undefined)[] = [];
    const accept = async () => {
      await bench.pass();
      connection.respond(connection.take('REGISTER'), 200);
      await bench.pass();
      states.push(bench.made.control.stats().trunks[0]?.state);
    };
    await accept();
    connection.disconnect();
    states.push(bench.made.control.stats().trunks[0]?.state);
    await bench.pass(5_000);
    await accept();
    expect(states).toEqual(['registered', 'registrationFailed', 'registered']);
  });

  test('TRK-22 a changed trunk registers anew and takes the old registration back; an unchanged one keeps it', async () => {
    const { operator, answer, pass, ...bench } = await withTrunk();
    await answer(operator.take('REGISTER'), 200);
    const unchanged = trunkOf(account);
    provideTrunks({ ...bench, pass } as never, [unchanged]);
    await pass();
    expect(operator.inbox).toEqual([]);
    provideTrunks({ ...bench, pass } as never, [trunkOf({ ...account, mainNumber: '1' })]);
    await pass();
    expect(operator.inbox.map(message => value(message, 'expires'))).toEqual(['0', '600']);
  });
});

describe('a trunk that may be away', () => {
  test('TRK-23 it is asked by OPTIONS; silence or 503 makes it down, any other answer up', async () => {
    const { operator, answer, status, pass, seen } = await withTrunk({
      registerSeconds: 0,
      keepAliveSeconds: 30,
    });
    await answer(operator.take('OPTIONS'), 405);
    expect(status()).toMatchObject({ up: true });
    await pass(30_000);
    await pass(8_000);
    expect(status()).toMatchObject({ name: 'operator', up: false, state: 'silent' });
    operator.inbox.length = 0;
    await pass(22_000);
    await pass();
    await answer(operator.take('OPTIONS'), 200);
    expect(status()).toMatchObject({ up: true });
    await pass(30_000);
    await pass();
    await answer(operator.take('OPTIONS'), 503);
    expect(seen).toEqual(['ready', 'silent', 'ready', 'silent']);
  });

  test('TRK-24 a host name is looked up, again when it fails, and keeps its address when it cannot be looked up later', async () => {
    const answers: string[][] = [[], ['203.0.113.5'], [], ['203.0.113.6']];
    const asked: string[] = [];
    const { status, pass, dial, operator, network, perform } = await withTrunk(
      { uri: 'sip:{number}@sip.operator.example:5060', registerSeconds: 0 },
      {
        resolver: {
          ...createNameServer({}),
          async addresses(host) {
            asked.push(host);
            return { records: answers.shift() ?? ['203.0.113.6'], seconds: 300 };
          },
        },
      },
    );
    expect(status()).toMatchObject({ up: false, state: 'unresolved' });
    await pass(10_000);
    await pass();
    expect(status()).toMatchObject({ up: true });
    dial();
    await pass();
    expect(operator.take('INVITE').start).toBe('INVITE sip:0701@sip.operator.example:5060 SIP/2.0');
    perform({ type: 'clear', leg: 'out', cause: 'normal' });
    await pass(300_000);
    await pass();
    expect(status()).toMatchObject({ up: true });
    await pass(10_000);
    await pass();
    const moved = network.peer('203.0.113.6');
    dial();
    await pass();
    expect(moved.take('INVITE')).toBeDefined();
    expect(new Set(asked)).toEqual(new Set(['sip.operator.example']));
  });

  test('a trunk that makes no sense is left out', async () => {
    const { made, ...bench } = await withTrunk();
    provideTrunks({ ...bench, made } as never, [
      trunkOf({ uri: 'nonsense' }),
      trunkOf({ uri: 'sip:x@203.0.113.5' }),
      trunkOf({ numbers: [{ pattern: '(', replacement: '' }] }),
      trunkOf({ name: 'right' }),
    ]);
    expect(made.control.stats().trunks.map(({ name }) => name)).toEqual(['right']);
  });
});
