import { describe, expect, test } from 'vitest';
import { type PhoneMessage, value } from '../../testing/phone-message.ts';
import { createSwitchBench, ha1Of, realm } from '../../testing/switch-bench.ts';

function contactsOf(response: PhoneMessage): string[] {
  return response.headers.filter(([name]) => name === 'contact').map(([, contact]) => contact);
}

async function create() {
  const bench = await createSwitchBench();
  const phone = bench.network.peer('192.0.2.20');
  const kinds = () => bench.reports.map(report => report.type);
  const registrations = () => bench.made.control.inventory().registrations;
  return { ...bench, phone, kinds, registrations };
}

describe('the registrar', () => {
  test('SIP-27 the first binding is reported with the address of the phone, a refresh is not', async () => {
    const { register, phone, reports, registrations } = await create();
    const response = await register(phone, '1001');
    expect(contactsOf(response)).toEqual(['<sip:1001@192.0.2.20:5060>;expires=120']);
    await register(phone, '1001');
    expect(reports).toEqual([{ type: 'registered', extension: '1001', address: '192.0.2.20' }]);
    expect(registrations()).toEqual([{ extension: '1001', address: '192.0.2.20' }]);
  });

  test('SIP-27 a registration that is not refreshed ends after its time', async () => {
    const { register, phone, report, pass, kinds } = await create();
    await register(phone, '1001', ['<sip:1001@192.0.2.20>;expires=60']);
    report('registered');
    await pass(59_000);
    expect(kinds()).toEqual([]);
    await pass(1_000);
    expect(report('unregistered')).toEqual({ type: 'unregistered', extension: '1001' });
  });

  test('SIP-27 with two phones only the loss of the last is reported', async () => {
    const { register, phone, network, kinds } = await create();
    const second = network.peer('192.0.2.21');
    await register(phone, '1001');
    await register(second, '1001');
    await register(phone, '1001', ['<sip:1001@192.0.2.20:5060>;expires=0']);
    expect(kinds()).toEqual(['registered']);
    const response = await register(second, '1001', ['<sip:1001@192.0.2.21:5060>;expires=0']);
    expect(contactsOf(response)).toEqual([]);
    expect(kinds()).toEqual(['registered', 'unregistered']);
  });

  test('the newest phone is the one that is made to answer by itself', async () => {
    const { register, phone, network, perform, pass } = await create();
    const second = network.peer('192.0.2.21');
    await register(second, '1001');
    await register(phone, '1001');
    await register(second, '1001');
    perform({
      type: 'originate',
      leg: 'x',
      to: { extension: '1001' },
      callerNumber: '1',
      callerName: '',
      answering: 'immediately',
      ringSeconds: 10,
      media: { type: 'none' },
    });
    await pass();
    expect(second.take('INVITE')).toBeDefined();
    expect(phone.inbox).toEqual([]);
  });

  test('SIP-36 a phone that registers before anybody has provisioned waits, and is then let in or refused', async () => {
    const { network, made, pass } = await createSwitchBench({ provisioned: false });
    const phone = network.peer('192.0.2.20');
    const headers: [string, string][] = [
      ['From', '<sip:1001@127.0.0.1>;tag=x'],
      ['To', '<sip:1001@127.0.0.1>'],
      ['Call-ID', 'early'],
      ['CSeq', '1 REGISTER'],
    ];
    phone.request('REGISTER', 'sip:127.0.0.1', headers);
    await pass(10_000);
    expect(phone.inbox).toEqual([]);
    made.control.provision({ realm, extensions: [] });
    await pass();
    expect(phone.take(401)).toBeDefined();
  });

  test('SIP-36 if nobody provisions in time it gets 503', async () => {
    const { network, pass } = await createSwitchBench({ provisioned: false });
    const phone = network.peer('192.0.2.20');
    const headers: [string, string][] = [
      ['From', '<sip:1001@127.0.0.1>;tag=x'],
      ['To', '<sip:1001@127.0.0.1>'],
      ['Call-ID', 'early'],
      ['CSeq', '1 REGISTER'],
    ];
    phone.request('REGISTER', 'sip:127.0.0.1', headers);
    await pass(25_000);
    expect(phone.take(503)).toBeDefined();
  });

  test('SIP-28 a connection that closes takes its registration with it', async () => {
    const { register, network, kinds } = await create();
    const phone = network.peer('192.0.2.30', 40_000, 'TCP');
    await register(phone, '1001');
    phone.disconnect();
    expect(kinds()).toEqual(['registered', 'unregistered']);
  });

  test('WRT-05 a browser whose connection closes is registered for a few seconds more, but cannot be called', async () => {
    const { register, network, kinds, pass, perform } = await create();
    const page = network.peer('127.0.0.1', 40_000, 'WS');
    await register(page, '1001', ['<sip:a@a.invalid;transport=ws>']);
    page.disconnect();
    const call = {
      type: 'originate',
      leg: 'x',
      to: { extension: '1001' },
      callerNumber: '1',
      callerName: '',
      answering: 'phone',
      ringSeconds: 20,
      media: { type: 'none' },
    } as const;
    expect(perform(call)).toBe('notRegistered');
    await pass(7_000);
    expect(kinds()).toEqual(['registered']);
    await pass(1_000);
    expect(kinds()).toEqual(['registered', 'unregistered']);
  });

  test('WRT-05 a page that is loaded again was never away, and its old contact is forgotten', async () => {
    const { register, network, kinds, pass } = await create();
    for (let load = 0; load < 20; load++) {
      const page = network.peer('127.0.0.1', 40_000 + load, 'WS');
      const response = await register(page, '1001', [`<sip:a${load}@a.invalid;transport=ws>`]);
      expect(contactsOf(response)).toEqual([`<sip:a${load}@a.invalid;transport=ws>;expires=120`]);
      if (load < 19) page.disconnect();
    }
    await pass(10_000);
    expect(kinds()).toEqual(['registered']);
  });

  test('"*" with Expires: 0 removes everything, otherwise it is refused', async () => {
    const { register, phone, kinds } = await create();
    await register(phone, '1001');
    expect((await register(phone, '1001', ['*'])).status).toBe(400);
    expect((await register(phone, '1001', ['*'], [['Expires', '0']])).status).toBe(200);
    expect(kinds()).toEqual(['registered', 'unregistered']);
  });

  test('too short a time is refused with the shortest that is allowed', async () => {
    const { register, phone } = await create();
    const response = await register(phone, '1001', ['<sip:1001@192.0.2.20>;expires=5']);
    expect(response.status).toBe(423);
    expect(value(response, 'min-expires')).toBe('30');
  });

  test('SIP-29 one contact that cannot be called refuses all of them', async () => {
    const { register, phone, registrations } = await create();
    const contacts = ['<sip:1001@192.0.2.20>', '<mailto:somebody@example.com>'];
    expect((await register(phone, '1001', contacts)).status).toBe(400);
    expect((await register(phone, '1001', ['<sip:a@b.example?Route=%3Csip:evil%3E>'])).status).toBe(400);
    expect(registrations()).toEqual([]);
  });

  test('SIP-29 more phones than an extension may have are refused', async () => {
    const { register, phone } = await create();
    const contacts = Array.from({ length: 9 }, (_, i) => `<sip:1001@192.0.2.20:${6000 + i}>`);
    expect((await register(phone, '1001', contacts)).status).toBe(400);
  });

  test('SIP-29 an extension registers itself only', async () => {
    const { register, phone, registrations } = await create();
    expect((await register(phone, '1001', undefined, [], '1002')).status).toBe(403);
    expect(registrations()).toEqual([]);
  });

  test('an extension that is provisioned no more, or with another password, is unregistered', async () => {
    const { register, phone, network, made, kinds, registrations } = await create();
    await register(phone, '1001');
    await register(network.peer('192.0.2.21'), '1002');
    made.control.provision({ realm, extensions: [{ extension: '1002', ha1: ha1Of('1002') }] });
    expect(registrations().map(({ extension }) => extension)).toEqual(['1002']);
    made.control.provision({ realm, extensions: [{ extension: '1002', ha1: ha1Of('other') }] });
    expect(kinds()).toEqual(['registered', 'registered', 'unregistered', 'unregistered']);
  });
});
