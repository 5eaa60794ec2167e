import { SessionState } from '@cordboard/contract';
import { freePort } from '@cordboard/switch/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DemoSite, startDemoSite } from '../first-call/demo-site.ts';
import type { Desk } from '../first-call/desk.ts';
import type { Baresip } from '../phones/baresip.ts';
import { describeWithPrograms } from '../phones/programs.ts';
import { awaitCallWithSipp, runSipp, type SippOutcome, type SippRun } from '../phones/sipp.ts';
import { until } from '../phones/until.ts';
import { heard } from './voices.ts';

const { Dialing, Offered, Connected, Calling, Clearing, Clerical, Failed, Idle } = SessionState;
const annaHertz = 440;
const customerHertz = 1000;

/** SIPp as the operators outside: one where the site has an account and registers, one that knows its address. */
describeWithPrograms(['baresip', 'sipp'], 'calls to and from the outside', () => {
  const password = 'open sesame';
  let site: DemoSite;
  let anna: Desk;
  let phone: Baresip;
  let customer: Baresip;
  let providerPort: number;
  let registrarPort: number;
  let registrar: Promise<SippOutcome> | undefined;

  const run = (scenario: string, more: Partial<SippRun> = {}) => ({
    scenario,
    server: site?.sip ?? { address: '127.0.0.1', port: 5060 },
    extension: 'acme',
    password,
    calls: '701',
    port: providerPort,
    ...more,
  });
  const provider = (scenario: string, more: Partial<SippRun> = {}) => runSipp(run(scenario, more));
  /** one that is going to be called */
  const waiting = (scenario: string, more: Partial<SippRun> = {}) => awaitCallWithSipp(run(scenario, more));

  /** A customer talks with anna, whose program has asked for nothing else. */
  async function talk(): Promise<number> {
    const before = anna.callEvents.length;
    expect(await anna.client.setReadyStatus(true)).toBe(true);
    await customer.dial('701');
    const { ID } = await anna.call(Offered, before);
    expect(await anna.client.answerCall(ID)).toBe(true);
    await anna.call(Connected, before);
    expect(await anna.client.setReadyStatus(false, 1)).toBe(true);
    await until('they talk', async () => (await customer.listen(200)).level(annaHertz) > heard);
    return ID;
  }

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
            numbers: [{ pattern: '^8', replacement: '8' }],
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
        anonymousCallPrefix: '#31#',
      },
    });
    [anna, phone] = await site.agent('anna', '1001', annaHertz);
    customer = await site.phone('2001', { name: 'Cecilia Customer', toneHertz: customerHertz });
  }, 120_000);
  afterAll(() => site?.close(), 60_000);

  test('SYS-115 while a trunk is not registered its numbers fail, and health page and metrics say why', async () => {
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
    expect(await anna.client.makeCall('8912')).toBe(true);
    const failed = await anna.call(Failed, before);
    expect(failed.StateDescription).toBe('Unreachable');
    await anna.client.hangupCall(failed.ID);
    await until('it is over', () => anna.statesOf(failed.ID).at(-1) === Idle);
    // It tries again after a while, and is answered while other things are looked at.
    registrar = (await waiting('provider-is-registered-with', { port: registrarPort, seconds: 60 })).outcome;
  }, 60_000);

  test('SYS-113 an agent calls outside, the number translated: the operator gets the password and the main number, and is heard before it answers', async () => {
    const called = await waiting('provider-is-called', { echoes: true });
    const before = anna.callEvents.length;
    // national by the site's number translation, international again as the trunk wants it
    expect(await anna.client.makeCall('+46 70-123 45 67', 'The customer', true)).toBe(true);
    const { ID } = await anna.call(Dialing, before);
    // the operator sends back what it hears: Anna hears her own tone, first while it has not answered
    await until('early media', async () => (await phone.listen(200)).level(annaHertz) > heard);
    expect(await figure('calls', 'Provider')).toBe(1);
    expect(anna.statesOf(ID)).not.toContain(Connected);
    await anna.call(Connected, before);
    expect(await anna.client.hangupCall(ID)).toBe(true);
    const outcome = await called.outcome;
    expect(outcome.succeeded, outcome.errors).toBe(true);
  }, 40_000);

  test('SYS-114 a call from the operator lands in the service group of the number that was dialled, with the caller it vouches for', async () => {
    const before = anna.callEvents.length;
    expect(await anna.client.setReadyStatus(true)).toBe(true);
    const calling = provider('provider-calls', { keys: { privacy: 'none' } });
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

  test('SYS-141 a caller from outside who keeps his number private is not shown', async () => {
    const before = anna.callEvents.length;
    expect(await anna.client.setReadyStatus(true)).toBe(true);
    const calling = provider('provider-calls', { keys: { privacy: 'id' } });
    const offered = await anna.call(Offered, before);
    expect(offered).toMatchObject({ PhoneNumber: '', CallerName: 'Anonymous' });
    expect(JSON.stringify(offered)).not.toMatch(/46709876543|Cecilia/);
    expect(await anna.client.answerCall(offered.ID)).toBe(true);
    await anna.call(Connected, before);
    expect(await anna.client.setReadyStatus(false, 1)).toBe(true);
    expect(await anna.client.hangupCall(offered.ID)).toBe(true);
    const outcome = await calling;
    expect(outcome.succeeded, outcome.errors).toBe(true);
    await anna.call(Clerical, before);
    expect(await anna.client.cancelClerical(offered.ID)).toBe(true);
  }, 40_000);

  test.each([
    { dialled: '0701234567', status: '486', state: 'Busy' },
    { dialled: '#31#0701234567', anonymous: 'yes', status: '404', state: 'Unknown number' },
    { dialled: '0701234567', status: '480', state: 'No answer' },
    { dialled: '0701234567', status: '603', state: 'Rejected' },
  ])('SYS-142 the operator refuses $dialled with $status: the call is Failed, $state', async each => {
    const { dialled, status, state, anonymous = 'no' } = each;
    const before = anna.callEvents.length;
    const called = await waiting('provider-refuses', { keys: { anonymous, status } });
    expect(await anna.client.makeCall(dialled)).toBe(true);
    const failed = await anna.call(Failed, before);
    expect(failed.StateDescription).toBe(state);
    const outcome = await called.outcome;
    expect(outcome.succeeded, outcome.errors).toBe(true);
    expect(await anna.client.hangupCall(failed.ID)).toBe(true);
    await until('it is over', () => anna.statesOf(failed.ID).at(-1) === Idle);
  });

  test('SYS-143 a customer is deflected to an outside number: refused the call is as it was, accepted the two speak', async () => {
    const id = await talk();
    const faults = anna.faults.length;
    const refusing = await waiting('provider-refuses', { keys: { anonymous: 'no', status: '486' } });
    expect(await anna.client.deflectCall(id, '0701234567')).toBe(true);
    await until('the failure is told', () => anna.faults.length > faults);
    expect(anna.faults.at(-1)).toMatchObject({ reason: 'destinationNotReached', detail: 'busy' });
    expect((await refusing.outcome).errors).toBe('');
    expect(anna.statesOf(id)).toEqual([Offered, Connected]);
    await until('they talk', async () => (await customer.listen(200)).level(annaHertz) > heard);
    await until('they talk', async () => (await phone.listen(200)).level(customerHertz) > heard);
    const called = await waiting('provider-answers', { echoes: true });
    expect(await anna.client.deflectCall(id, '0701234567')).toBe(true);
    await until('anna is out of it', () => anna.statesOf(id).at(-1) === Clerical);
    // the operator sends back what it hears
    await until('the customer is heard there', async () => {
      const sound = await customer.listen(200);
      return sound.level(customerHertz) > heard && sound.level(annaHertz) < heard / 2;
    });
    await customer.hangUp();
    const outcome = await called.outcome;
    expect(outcome.succeeded, outcome.errors).toBe(true);
    expect(await anna.client.cancelClerical(id)).toBe(true);
  }, 40_000);

  test('SYS-148 a call is refreshed for as long as its other end knows of it, and then over', async () => {
    const called = await waiting('provider-is-refreshed', { echoes: true });
    const before = anna.callEvents.length;
    expect(await anna.client.makeCall('0701234567')).toBe(true);
    const { ID } = await anna.call(Connected, before);
    await until('the echo', async () => (await phone.listen(200)).level(annaHertz) > heard);
    const outcome = await called.outcome;
    expect(outcome.succeeded, outcome.errors).toBe(true);
    await until('it is over', () => anna.statesOf(ID).at(-1) === Idle);
    expect(anna.statesOf(ID).filter(state => state !== Calling)).toEqual([
      Dialing,
      Connected,
      Clearing,
      Idle,
    ]);
    const text = await (await fetch(`${site.gateway}/metrics`)).text();
    expect(text).toContain('cordboard_call_manager{figure="sessionsExpired"} 1\n');
  }, 40_000);

  test('SYS-115 registered the trunk is up, since when both pages say, and nothing of its account', async () => {
    const outcome = await registrar;
    expect(outcome?.succeeded, outcome?.errors).toBe(true);
    await until('the trunk is up', async () => (await figure('up', 'Registered')) === 1);
    const { status, trunks, text } = await health();
    expect(status).toBe('healthy');
    expect(trunks[0]).toMatchObject({ name: 'Registered', state: 'registered', reason: '' });
    expect(await figure('since_seconds', 'Registered')).toBe(Date.parse(trunks[0]?.since ?? '') / 1000);
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
