import { SessionState } from '@cordboard/contract';
import { createPhone, freePort, type PhoneCall, type TestPhone } from '@cordboard/switch/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DemoSite, startDemoSite } from '../first-call/demo-site.ts';
import type { Desk } from '../first-call/desk.ts';
import type { Baresip } from '../phones/baresip.ts';
import { describeWithPrograms } from '../phones/programs.ts';
import { awaitCallWithSipp, runSipp } from '../phones/sipp.ts';
import { until } from '../phones/until.ts';

/** What each says. */
const annaHertz = 440;
const boHertz = 1_500;
const customerHertz = 1_000;
const heard = 0.1;

const { Offered, Connected, Dialing, Calling, Held, Clearing, Clerical, Idle } = SessionState;

/** Agents who transfer with the keys of their phones, and programs that see it. */
describeWithPrograms(['baresip', 'sipp'], 'a transfer from the phone', () => {
  let site: DemoSite;
  let anna: Desk;
  let bo: Desk;
  let bosPhone: Baresip;
  let customer: Baresip;

  beforeAll(async () => {
    site = await startDemoSite();
    anna = await site.desk('anna');
    bo = await site.desk('bo');
    bosPhone = await site.phone('1002', { answersItself: true, toneHertz: boHertz });
    customer = await site.phone('2001', { name: 'Cecilia Customer', toneHertz: customerHertz });
    await until("Bo's phone is registered", () => bo.registrations.at(-1));
  }, 120_000);
  afterAll(() => site?.close(), 60_000);

  /** Anna gets a call from the customer and answers it: its id. */
  async function annaTalks(): Promise<number> {
    await until("Anna's phone is registered", () => anna.registrations.at(-1));
    const before = anna.callEvents.length;
    expect(await anna.client.setReadyStatus(true)).toBe(true);
    await customer.dial('700');
    const { ID } = await anna.call(Offered, before);
    expect(await anna.client.answerCall(ID)).toBe(true);
    await anna.call(Connected, before);
    expect(await anna.client.setReadyStatus(false, 1)).toBe(true);
    expect(await anna.client.setPrivateData(ID, 'a good customer')).toBe(true);
    return ID;
  }

  /** Bo has the customer: what his program sees, and what both hear. */
  async function boTalks(eventsBefore: number): Promise<void> {
    const { ID } = await bo.call(Connected, eventsBefore);
    await expect
      .poll(() => bo.callEvents.findLast(call => call.ID === ID))
      .toMatchObject({
        State: Connected,
        PhoneNumber: '2001',
        CallerName: 'Cecilia Customer',
        PrivateData: 'a good customer',
        ConsultingCallInfo: { GroupName: 'Sales' },
      });
    await until('the customer hears Bo', async () => (await customer.listen(200)).level(boHertz) > heard);
    await until(
      'Bo hears the customer',
      async () => (await bosPhone.listen(200)).level(customerHertz) > heard,
    );
  }

  /** Anna's program has seen these states of a call, or will at once; Calling and Clearing may have come between them. */
  const shows = (id: number, ...states: SessionState[]) =>
    expect
      .poll(() => anna.statesOf(id).filter(state => state !== Clearing && state !== Calling))
      .toEqual(states);

  async function ends(id: number, eventsBefore: number): Promise<void> {
    await customer.hangUp();
    const { ID } = await bo.call(Connected, eventsBefore);
    const states: SessionState[] = [Clerical, Idle];
    await until("Bo's call has ended", () => states.includes(bo.statesOf(ID).at(-1) ?? Connected));
    for (const [desk, call] of [
      [anna, id],
      [bo, ID],
    ] as const) {
      if (desk.statesOf(call).at(-1) === Clerical) await desk.client.cancelClerical(call);
      await until('it is over', () => desk.statesOf(call).at(-1) === Idle);
    }
  }

  test('SYS-110 blind, with the key of a phone that is not ours: the programs see what TransferCall does', async () => {
    const phone = await site.phone('1001', { answersItself: true, toneHertz: annaHertz });
    const id = await annaTalks();
    const before = bo.callEvents.length;
    await phone.next('CALL_ESTABLISHED');
    await phone.transfer('sip:1002@127.0.0.1');
    const offered = await bo.call(Offered, before);
    expect(offered).toMatchObject({ PhoneNumber: '2001', PrivateData: 'a good customer' });
    await phone.next('CALL_CLOSED');
    await shows(id, Offered, Connected, Clerical);
    expect(await bo.client.answerCall(offered.ID)).toBe(true);
    await boTalks(before);
    await ends(id, before);
    await phone.close();
    await until("Anna's phone is gone", () => anna.registrations.at(-1) === false);
  }, 60_000);

  test('SYS-111 attended, from a phone with two lines: the consultation from the phone is put together with the customer', async () => {
    const phone = await annasOwnPhone();
    const id = await annaTalks();
    const customersCall = phone.calls[0];
    if (customersCall === undefined) throw new Error('no call at the phone');
    const before = bo.callEvents.length;
    await customersCall.hold();
    await until('the customer is held', () => anna.statesOf(id).at(-1) === Held);
    const consultation = await phone.call('1002');
    const offered = await bo.call(Offered, before);
    expect(offered.PhoneNumber).toBe('1001');
    expect(await bo.client.answerCall(offered.ID)).toBe(true);
    await consultation.waitFor('up');
    await until('Anna hears Bo', async () => (await consultation.level(boHertz)) > heard);
    expect(await customersCall.transfer(consultation)).toBe(202);
    await told(customersCall, 'SIP/2.0 200 OK');
    await boTalks(before);
    await Promise.all([customersCall.waitFor('ended'), consultation.waitFor('ended')]);
    const consulting = anna.callEvents.find(call => call.ID > id && call.State === Connected)?.ID ?? 0;
    await shows(id, Offered, Connected, Held, Clerical);
    await shows(consulting, Dialing, Connected, Idle);
    await ends(id, before);
    phone.close();
  }, 60_000);

  test('SYS-140 attended, by SIPp as a phone that nobody here wrote: two dialogs, REFER with Replaces, and the programs see what TransferCall does', async () => {
    const port = await freePort();
    const phone = (scenario: string) => ({
      scenario,
      server: site.sip,
      extension: '1001',
      password: site.passwordOf('1001'),
      calls: '1002',
      port,
      echoes: true,
    });
    const registered = await runSipp(phone('registers'));
    expect(registered.succeeded, registered.errors).toBe(true);
    const talking = await awaitCallWithSipp(phone('transfers-attended'));
    const id = await annaTalks();
    const before = bo.callEvents.length;
    // its own hold key, and its second line
    await until('the customer is held', () => anna.statesOf(id).at(-1) === Held);
    const offered = await bo.call(Offered, before);
    expect(offered).toMatchObject({ PhoneNumber: '1001', ConsultingCallInfo: { GroupName: 'Sales' } });
    expect(await bo.client.answerCall(offered.ID)).toBe(true);
    // the phone sends back what it hears: Bo hears himself through it
    await until('Bo hears the phone', async () => (await bosPhone.listen(200)).level(boHertz) > heard);
    const outcome = await talking.outcome;
    expect(outcome.succeeded, outcome.errors).toBe(true);
    await boTalks(before);
    expect((await bosPhone.listen(200)).level(boHertz)).toBeLessThan(heard / 2);
    const consulting = anna.callEvents.find(call => call.ID > id && call.State === Connected)?.ID ?? 0;
    await shows(id, Offered, Connected, Held, Clerical);
    await shows(consulting, Dialing, Connected, Idle);
    await ends(id, before);
  }, 60_000);

  test('SYS-112 one that cannot be done is told to the phone, and the call goes on', async () => {
    const phone = await annasOwnPhone();
    const id = await annaTalks();
    const [call] = phone.calls;
    if (call === undefined) throw new Error('no call at the phone');
    expect(await call.transfer('1003')).toBe(202);
    await told(call, 'SIP/2.0 503 Service Unavailable');
    expect(await call.request('REFER', [['Refer-To', '<sip:1002@203.0.113.1>']])).toBe(404);
    expect(anna.statesOf(id).at(-1)).toBe(Connected);
    await until('Anna is heard', async () => (await customer.listen(200)).level(annaHertz) > heard);
    phone.close();
  }, 60_000);

  async function told(call: PhoneCall, line: string): Promise<void> {
    await until(`NOTIFY ${line}`, () => call.transferStatuses.includes(line));
    expect(call.transferStatuses).toEqual(['SIP/2.0 100 Trying', line]);
  }

  async function annasOwnPhone(): Promise<TestPhone> {
    const phone = await createPhone({
      extension: '1001',
      password: site.passwordOf('1001'),
      server: site.sip,
      tone: annaHertz,
    });
    expect(await phone.register()).toBe(200);
    return phone;
  }
});
