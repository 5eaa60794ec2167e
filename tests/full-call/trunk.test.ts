import { SessionState } from '@cordboard/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DemoSite, startDemoSite } from '../first-call/demo-site.ts';
import type { Desk } from '../first-call/desk.ts';
import type { Baresip } from '../phones/baresip.ts';
import { freePort } from '../phones/free-port.ts';
import { describeWithPrograms } from '../phones/programs.ts';
import { runSipp, type SippRun } from '../phones/sipp.ts';
import { until } from '../phones/until.ts';

const { Dialing, Offered, Connected, Clerical, Failed } = SessionState;

/** SIPp as the operators outside: one where the site has an account and registers, one that knows its address. */
describeWithPrograms(['baresip', 'sipp'], 'calls to and from the outside', () => {
  const password = 'open sesame';
  let site: DemoSite;
  let anna: Desk;
  let phone: Baresip;
  let providerPort: number;
  let registrarPort: number;

  const provider = (scenario: string, more: Partial<SippRun> = {}) =>
    runSipp({
      scenario,
      server: site?.sip ?? { address: '127.0.0.1', port: 5060 },
      extension: 'acme',
      password,
      calls: '701',
      port: providerPort,
      ...more,
    });

  beforeAll(async () => {
    providerPort = await freePort();
    registrarPort = await freePort();
    Object.assign(process.env, { CORDBOARD_TEST_TRUNK: password });
    const account = { user: 'acme', passwordFromEnvironment: 'CORDBOARD_TEST_TRUNK' };
    site = await startDemoSite({
      sections: {
        trunks: [
          {
            name: 'Registered',
            uri: `sip:{number}@127.0.0.1:${registrarPort}`,
            account,
            numbers: [{ pattern: '^09', replacement: '09' }],
            keepAliveSeconds: 0,
          },
          {
            name: 'Provider',
            uri: `sip:{number}@127.0.0.1:${providerPort}`,
            account: { ...account, register: false },
            calledNumber: 'to',
            mainNumber: '+46812345',
            mainName: 'Acme',
            numbers: [{ pattern: '^0(\\d+)$', replacement: '+46$1' }],
            keepAliveSeconds: 0,
          },
        ],
      },
    });
    [anna, phone] = await site.agent('anna', '1001', 440);
  }, 120_000);
  afterAll(() => site?.close(), 60_000);

  test('SYS-113 an agent calls outside: the operator gets the password and the main number, and is heard before it answers', async () => {
    const called = provider('provider-is-called', { echoes: true });
    const before = anna.callEvents.length;
    expect(await anna.client.makeCall('0701234567')).toBe(true);
    const { ID } = await anna.call(Dialing, before);
    // the operator sends back what it hears: Anna hears her own tone, first while it has not answered
    await until('early media', async () => (await phone.listen(200)).level(440) > 0.1);
    expect(await figure('calls', 'Provider')).toBe(1);
    expect(anna.statesOf(ID)).not.toContain(Connected);
    await anna.call(Connected, before);
    expect(await anna.client.hangupCall(ID)).toBe(true);
    const outcome = await called;
    expect(outcome.succeeded, outcome.errors).toBe(true);
  }, 40_000);

  test('SYS-114 a call from the operator lands in the service group of the number that was dialled, with the caller it vouches for', async () => {
    const before = anna.callEvents.length;
    expect(await anna.client.setReadyStatus(true)).toBe(true);
    const calling = provider('provider-calls');
    const offered = await anna.call(Offered, before);
    expect(offered).toMatchObject({
      PhoneNumber: '+46709876543',
      CallerName: 'Cecilia',
      CalledNumber: '701',
      CallInfo: { GroupName: 'Support' },
    });
    expect(await anna.client.answerCall(offered.ID)).toBe(true);
    await anna.call(Connected, before);
    expect(await anna.client.hangupCall(offered.ID)).toBe(true);
    const outcome = await calling;
    expect(outcome.succeeded, outcome.errors).toBe(true);
    await anna.call(Clerical, before);
    expect(await anna.client.cancelClerical(offered.ID)).toBe(true);
    expect(await anna.client.setReadyStatus(false, 1)).toBe(true);
  }, 40_000);

  test('SYS-115 while a trunk is not registered its numbers fail; when it is, the figures say so', async () => {
    const before = anna.callEvents.length;
    // its registrar does not answer; the other one only has an address
    expect(await figure('up', 'Registered')).toBe(0);
    expect(await figure('up', 'Provider')).toBe(1);
    expect(await health()).toMatchObject({
      status: 'working',
      trunks: [
        { name: 'Registered', up: false, reason: expect.stringMatching(/regist/), calls: 0 },
        { name: 'Provider', up: true, state: 'ready', reason: '', calls: 0 },
      ],
    });
    expect(await anna.client.makeCall('0912')).toBe(true);
    await anna.call(Failed, before);
    const { ID } = await anna.call(Dialing, before);
    await anna.client.hangupCall(ID);
    const outcome = await provider('provider-is-registered-with', { port: registrarPort });
    expect(outcome.succeeded, outcome.errors).toBe(true);
    await until('the trunk is up', async () => (await figure('up', 'Registered')) === 1);
    const { status, trunks, text } = await health();
    expect(status).toBe('healthy');
    expect(trunks[0]).toMatchObject({ name: 'Registered', state: 'registered', reason: '' });
    expect(Date.parse(trunks[0]?.since ?? '')).toBeLessThanOrEqual(Date.now());
    expect(await figure('since_seconds', 'Registered')).toBe(Date.parse(trunks[0]?.since ?? '') / 1000);
    // neither the account nor its password
    expect(text).not.toMatch(/acme|open sesame/i);
  }, 60_000);

  async function figure(name: string, trunk: string): Promise<number | undefined> {
    const text = await (await fetch(`${site.gateway}/metrics`)).text();
    expect(text).not.toMatch(/acme|open sesame/i);
    const found = new RegExp(`cordboard_trunk_${name}\\{trunk="${trunk}",state="\\w+"\\} (\\S+)`).exec(text);
    return found === null ? undefined : Number(found[1]);
  }

  async function health(): Promise<{ status: string; trunks: { since: string }[]; text: string }> {
    const text = await (await fetch(`${site.gateway}/health`)).text();
    return { ...(JSON.parse(text) as { status: string; trunks: { since: string }[] }), text };
  }
});
