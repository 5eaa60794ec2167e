import { CallType, SessionState } from '@cordboard/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DemoSite, musicHertz, startDemoSite } from '../first-call/demo-site.ts';
import type { Desk } from '../first-call/desk.ts';
import type { Baresip } from '../phones/baresip.ts';
import { describeWithPrograms } from '../phones/programs.ts';
import { runSipp } from '../phones/sipp.ts';
import { until } from '../phones/until.ts';

const { Offered, Connected, OnHold, Clearing, Idle } = SessionState;
const menuHertz = 1300;
const positionHertz = 1500;
const oneHertz = 1700;
const invalidHertz = 2300;
const acceptedHertz = 1900;
const closedHertz = 2100;
const annaHertz = 700;
const heard = 0.1;

/** What callers meet before an agent: a menu, announcements, a call-back, a closed door. */
describeWithPrograms(['baresip', 'sipp'], 'callers who are led', () => {
  let site: DemoSite;
  let anna: Desk;
  let customer: Baresip;

  beforeAll(async () => {
    site = await startDemoSite({
      clericalSeconds: 0,
      tones: {
        'menu-main': { hertz: menuHertz, seconds: 1 },
        'invalid-choice': { hertz: invalidHertz, seconds: 1 },
        'you-are-number': { hertz: positionHertz, seconds: 1 },
        'number-1': { hertz: oneHertz, seconds: 1 },
        'callback-offer': { hertz: 1600, seconds: 0.5 },
        'callback-accepted': { hertz: acceptedHertz, seconds: 1 },
        'closed-support': { hertz: closedHertz, seconds: 1 },
      },
      change(section) {
        const [sales, support] = section.serviceGroups;
        if (sales === undefined || support === undefined) throw new Error('the demo has two groups');
        sales.waiting = {
          announceSeconds: 4,
          announceWaitingTime: false,
          callback: {
            digit: '1',
            prompt: ['callback-offer'],
            accepted: ['callback-accepted'],
            retrySeconds: 1,
          },
        };
        section.authentication = {
          number: '790',
          flow: 'customer-code',
          timeoutSeconds: 1,
          afterwards: 'requeue',
        };
        section.openingHours = [{ name: 'support', timeZone: 'UTC', weekly: [] }];
      },
    });
    [anna] = await site.agent('anna', '1001', annaHertz);
    customer = await site.phone('2001', { name: 'Cecilia Customer', toneHertz: 1000 });
  }, 120_000);
  afterAll(() => site?.close(), 60_000);

  const hears = (what: string, hertz: number) => until(what, () => customer.loudest(hertz) > heard);

  test('SYS-85 a digit on the phone is a choice in the menu: the caller comes to the service group, and the agent sees it', async () => {
    await customer.dial('702');
    await customer.next('CALL_ESTABLISHED');
    await hears('the menu', menuHertz);
    // no choice: told so, and asked again
    await customer.sendDigits('7');
    await hears('that it is none', invalidHertz);
    await customer.sendDigits('1');
    await hears('music', musicHertz);
    expect(await anna.client.setReadyStatus(true)).toBe(true);
    const call = await anna.call(Offered);
    expect(call).toMatchObject({
      CalledNumber: '702',
      CallInfo: { GroupName: 'Sales', IVRLabels: ['Menu'], IVRData: ['1'] },
    });
    expect(await anna.client.answerCall(call.ID)).toBe(true);
    await hears('Anna', annaHertz);
    expect(await anna.client.setReadyStatus(false)).toBe(true);
    await customer.hangUp();
    await until('it is over', () => anna.statesOf(call.ID).at(-1) === Idle);
  });

  test('SYS-147 a digit by INFO, from a phone that knows no telephone-event, is the same choice', async () => {
    const before = anna.callEvents.length;
    const calling = runSipp({
      scenario: 'calls-and-presses-by-info',
      server: site.sip,
      extension: '2003',
      password: site.passwordOf('2003'),
      calls: '702',
    });
    expect(await anna.client.setReadyStatus(true)).toBe(true);
    const call = await anna.call(Offered, before);
    expect(call).toMatchObject({
      PhoneNumber: '2003',
      CallInfo: { GroupName: 'Sales', IVRLabels: ['Menu'], IVRData: ['1'] },
    });
    expect(await anna.client.setReadyStatus(false)).toBe(true);
    expect(await anna.client.answerCall(call.ID)).toBe(true);
    await anna.call(Connected, before);
    expect(await anna.client.hangupCall(call.ID)).toBe(true);
    const outcome = await calling;
    expect(outcome.succeeded, outcome.errors).toBe(true);
    await until('it is over', () => anna.statesOf(call.ID).at(-1) === Idle);
  });

  test('SYS-86 who waits hears which place he has, takes the call-back, and is called when it is his turn, and again when he did not take it', async () => {
    const before = anna.callEvents.length;
    await customer.dial('700');
    await customer.next('CALL_ESTABLISHED');
    await hears('you are number', positionHertz);
    await hears('one', oneHertz);
    await customer.sendDigits('1');
    await hears('accepted', acceptedHertz);
    await customer.next('CALL_CLOSED');
    expect(await anna.client.setReadyStatus(true)).toBe(true);
    const call = await anna.call(Offered, before);
    expect(call).toMatchObject({ Type: CallType.Callback, PhoneNumber: '2001', Incoming: true });
    expect(await anna.client.answerCall(call.ID)).toBe(true);
    await customer.next('CALL_INCOMING');
    const tried = anna.callEvents.length;
    await customer.hangUp();
    const again = await anna.call(Offered, tried);
    expect(anna.statesOf(call.ID)).toEqual([Offered, Connected, Clearing, Idle]);
    expect(again).toMatchObject({ Type: CallType.Callback, PhoneNumber: '2001' });
    expect(await anna.client.answerCall(again.ID)).toBe(true);
    await customer.next('CALL_INCOMING');
    await customer.answer();
    await hears('Anna', annaHertz);
    expect(anna.statesOf(again.ID)).toEqual([Offered, Connected]);
    expect(await anna.client.hangupCall(again.ID)).toBe(true);
  });

  test('SYS-150 a customer who enters nothing frees his agent when the time is over, and waits again', async () => {
    const before = anna.callEvents.length;
    await customer.dial('700');
    const { ID } = await anna.call(Offered, before);
    expect(await anna.client.answerCall(ID)).toBe(true);
    await anna.call(Connected, before);
    expect(await anna.client.deflectCall(ID, '790')).toBe(true);
    await until('Anna is free', () => anna.statesOf(ID).at(-1) === Idle);
    expect(anna.statesOf(ID)).toEqual([Offered, Connected, OnHold, Clearing, Idle]);
    await customer.hangUp();
  });

  test('SYS-87 a closed service group says so and hangs up', async () => {
    await customer.dial('701');
    await hears('closed', closedHertz);
    await customer.next('CALL_CLOSED');
    const rows = await until('the record is written', async () => {
      const found = await site.query(
        "select type from call_detail where type in ('diverted', 'digits', 'callbackDialled')",
      );
      return found.some(each => each['type'] === 'diverted') ? found : undefined;
    });
    expect(new Set(rows.map(each => each['type']))).toEqual(
      new Set(['diverted', 'digits', 'callbackDialled']),
    );
  });
});
