import { CallType, type ICall, SessionState } from '@cordboard/contract';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { type DemoSite, musicHertz, startDemoSite } from '../first-call/demo-site.ts';
import type { Desk } from '../first-call/desk.ts';
import type { Baresip } from '../phones/baresip.ts';
import { describeWithPrograms } from '../phones/programs.ts';
import { until } from '../phones/until.ts';

/** What each says; all tones are sent at 0.24. */
const annaHertz = 440;
const boHertz = 1500;
const customerHertz = 1000;
const heard = 0.1;
const unheard = 0.03;
/** ringback of the switch: ETSI TR 101 041-2 */
const ringbackHertz = 425;
const recallSeconds = 4;

const { Failed, Idle, Dialing, Offered, Calling, Connected, Held, OnHold, Conference, Clearing, Clerical } =
  SessionState;

describeWithPrograms(
  ['baresip'],
  'consultation, transfer and conference of two agents and a customer',
  () => {
    let site: DemoSite;
    let anna: Desk;
    let bo: Desk;
    let annasPhone: Baresip;
    let bosPhone: Baresip;
    let customer: Baresip;

    beforeAll(async () => {
      site = await startDemoSite({ clericalSeconds: 60, sections: { timers: { recallSeconds } } });
      [anna, annasPhone] = await site.agent('anna', '1001', annaHertz);
      [bo, bosPhone] = await site.agent('bo', '1002', boHertz);
      customer = await site.phone('2001', { name: 'Cecilia Customer', toneHertz: customerHertz });
    }, 120_000);
    afterAll(() => site?.close(), 60_000);

    /** anna's call with the customer, and her second call */
    let first = 0;
    let second = 0;
    /** bo's call */
    let other = 0;

    const stateOf = (desk: Desk, id: number) =>
      desk.callEvents.findLast(call => call.ID === id)?.State ?? null;
    const shown = () => [stateOf(anna, first), stateOf(anna, second), stateOf(bo, other)];
    const states = (...wanted: (SessionState | null)[]) =>
      expect.poll(shown, { timeout: 15_000 }).toEqual(wanted);
    const last = (desk: Desk, id: number): ICall => {
      const call = desk.callEvents.findLast(each => each.ID === id);
      if (call === undefined) throw new Error(`${desk.logonId} has no call ${id}`);
      return call;
    };
    const newest = (desk: Desk) => Math.max(0, ...desk.callEvents.map(call => call.ID));
    const abilities = async () => [
      await anna.client.canMakeCall(),
      await anna.client.canConference(),
      await anna.client.canTransfer(),
    ];

    /** What a phone hears of the three voices and the music, settled. */
    async function hears(phone: Baresip, ...hertz: number[]): Promise<void> {
      const all = [annaHertz, boHertz, customerHertz, musicHertz];
      await until(
        `${phone.extension} hears ${hertz}`,
        async () => {
          const sound = await phone.listen(400);
          return all.every(each =>
            hertz.includes(each) ? sound.level(each) > heard : sound.level(each) < unheard,
          );
        },
        15_000,
      );
    }

    /** The customer is connected to anna, with data. */
    async function serviceCall(): Promise<void> {
      first = second = other = 0;
      const after = anna.callEvents.length;
      await customer.dial('700');
      expect(await anna.client.setReadyStatus(true)).toBe(true);
      first = (await anna.call(Offered, after)).ID;
      expect(await anna.client.answerCall(first)).toBe(true);
      await anna.call(Connected, after);
      expect(await anna.client.setIVRData(first, 'Contract', '4711')).toBe(true);
      expect(await anna.client.setPrivateData(first, 'vip')).toBe(true);
    }

    /** And bo's phone rings. */
    async function consult(): Promise<void> {
      const [atAnna, atBo] = [newest(anna), newest(bo)];
      expect(await anna.client.makeCall('1002')).toBe(true);
      second = await until('the second call', () => (newest(anna) > atAnna ? newest(anna) : undefined));
      other = await until('bo is called', () => (newest(bo) > atBo ? newest(bo) : undefined));
      await states(Held, Calling, Offered);
    }

    async function answer(): Promise<void> {
      expect(await bo.client.answerCall(other)).toBe(true);
      await states(Held, Connected, Connected);
    }

    beforeEach(serviceCall);
    afterEach(async () => {
      for (const desk of [anna, bo]) {
        await desk.client.setReadyStatus(false);
        for (const { ID, State } of await desk.client.getCalls()) {
          if (State !== Clerical) await desk.client.hangupCall(ID);
        }
      }
      await customer.hangUp().catch(() => undefined); // it may have no call
      for (const desk of [anna, bo]) {
        await until('no calls are left', async () => {
          const calls = await desk.client.getCalls();
          for (const { ID, State } of calls) if (State === Clerical) await desk.client.cancelClerical(ID);
          return calls.length === 0;
        });
        expect(desk.faults).toEqual([]);
      }
    });

    test('SYS-70 a consultation: the customer hears music, bo sees what it is about, anna what she can do', async () => {
      expect(await abilities()).toEqual([true, false, false]);
      await consult();
      expect(await abilities()).toEqual([false, false, true]);
      expect(last(anna, second)).toMatchObject({ Type: CallType.Consultation, PhoneNumber: '1002' });
      await expect
        .poll(() => last(bo, other))
        .toMatchObject({
          Type: CallType.Incoming,
          PhoneNumber: '1001',
          ConsultingCallInfo: { CallingNumber: '2001', GroupName: 'Sales', IVRData: ['4711'] },
        });
      await answer();
      expect(await abilities()).toEqual([true, true, true]);
      await hears(bosPhone, annaHertz);
      await hears(customer, musicHertz);
      expect(anna.statesOf(second)).toEqual([Dialing, Calling, Connected]);
    });

    test('SYS-71 bo holds and anna is told; anna alternates, and each hears whom she talks to', async () => {
      await consult();
      await answer();
      expect(await bo.client.holdActiveCall()).toBe(true);
      await states(Held, OnHold, Held);
      expect(await bo.client.retrieveCall(other)).toBe(true);
      await states(Held, Connected, Connected);
      // the hold key of bo's phone is the same: a re-INVITE
      await bosPhone.hold();
      await states(Held, OnHold, Held);
      await bosPhone.resume();
      await states(Held, Connected, Connected);
      expect(await anna.client.retrieveCall(first)).toBe(true);
      await states(Connected, Held, OnHold);
      await hears(customer, annaHertz);
      expect(await anna.client.retrieveActiveCall()).toBe(true);
      await states(Held, Connected, Connected);
      await hears(customer, musicHertz);
      // hanging up the consultation leaves the first call held
      expect(await anna.client.hangupCall(second)).toBe(true);
      await states(Held, Idle, Idle);
    });

    test('SYS-72 a conference: each hears both others; anna leaves it, and the two go on', async () => {
      await consult();
      await answer();
      expect(await anna.client.conferenceActiveCall()).toBe(true);
      await states(Conference, Idle, Conference);
      await hears(customer, annaHertz, boHertz);
      await hears(bosPhone, annaHertz, customerHertz);
      expect(await annasPhone.hears()).toBe(true);
      // held by one, it goes on without music
      expect(await anna.client.holdActiveCall()).toBe(true);
      await states(Held, Idle, Conference);
      await hears(customer, boHertz);
      expect(await anna.client.retrieveCall(first)).toBe(true);
      await states(Conference, Idle, Conference);
      await hears(customer, annaHertz, boHertz);
      expect(await anna.client.hangupCall(first)).toBe(true);
      await states(Clerical, Idle, Connected);
      await expect
        .poll(() => last(bo, other))
        .toMatchObject({ PhoneNumber: '2001', PrivateData: 'vip', IVRData: ['4711'] });
      await hears(customer, boHertz);
      await hears(bosPhone, customerHertz);
      expect(anna.statesOf(first).filter(state => state !== Clearing)).toEqual([
        ...[Offered, Connected, Held, Conference, Held, Conference, Clerical],
      ]);
    });

    test('SYS-73 transferred after the answer: bo has the customer with his data, anna her wrap-up', async () => {
      await consult();
      await answer();
      expect(await anna.client.transferCall(first)).toBe(true);
      await states(Clerical, Idle, Connected);
      await hears(customer, boHertz);
      await hears(bosPhone, customerHertz);
      await expect
        .poll(() => last(bo, other))
        .toMatchObject({
          PhoneNumber: '2001',
          CallerName: 'Cecilia Customer',
          IVRData: ['4711'],
          IVRLabels: ['Contract'],
          PrivateData: 'vip',
          ConsultingCallInfo: { CallingNumber: '2001', GroupName: 'Sales' },
        });
      expect(await anna.client.transferCall(first)).toBe(false);
      expect(anna.client.lastRefusal?.reason).toBe('notHeld');
      // the customer's end is bo's end, and bo has no wrap-up
      await customer.hangUp();
      await states(Clerical, Idle, Idle);
      expect(bo.statesOf(other).filter(state => state !== Clearing)).toEqual([Offered, Connected, Idle]);
    });

    test('SYS-74 transferred while it rings: the customer hears ringing, and bo when he answers', async () => {
      await consult();
      expect(await anna.client.transferCall(first)).toBe(true);
      await states(Clerical, Idle, Offered);
      await expect.poll(() => last(bo, other)).toMatchObject({ PhoneNumber: '2001', PrivateData: 'vip' });
      await until('ringing', async () => (await customer.listen(300)).level(ringbackHertz) > heard / 2);
      expect(await bo.client.answerCall(other)).toBe(true);
      await states(Clerical, Idle, Connected);
      await hears(customer, boHertz);
      await hears(bosPhone, customerHertz);
    });

    test('SYS-75 not answered, it comes back to anna as Attendant Recall', async () => {
      await consult();
      expect(await anna.client.transferCall(first)).toBe(true);
      await states(Clerical, Idle, Offered);
      const back = await until(
        'the recall',
        () => anna.callEvents.find(call => call.ID > second && call.State === Offered),
        (recallSeconds + 10) * 1000,
      );
      await states(Clerical, Idle, Idle);
      expect(back).toMatchObject({
        Type: CallType.AttendantRecall,
        Incoming: true,
        PhoneNumber: '2001',
        CallerName: 'Cecilia Customer',
        PrivateData: 'vip',
        IVRData: ['4711'],
      });
      expect(await anna.client.answerCall(back.ID)).toBe(true);
      await until('anna has him again', () => stateOf(anna, back.ID) === Connected);
      await hears(customer, annaHertz);
    });

    test('SYS-76 a transfer by the key of the phone is the same: bo rings with the customer and his data', async () => {
      const before = newest(bo);
      await annasPhone.transfer('1002');
      other = await until('bo is called', () => (newest(bo) > before ? newest(bo) : undefined));
      await states(Clerical, null, Offered);
      await expect
        .poll(() => last(bo, other))
        .toMatchObject({
          PhoneNumber: '2001',
          PrivateData: 'vip',
          ConsultingCallInfo: { GroupName: 'Sales' },
        });
      expect(await bo.client.answerCall(other)).toBe(true);
      await states(Clerical, null, Connected);
      await hears(customer, boHertz);
      await hears(bosPhone, customerHertz);
    });

    test('SYS-77 a third party who cannot be reached leaves the first call held; a customer who hangs up leaves the consultation', async () => {
      const before = newest(anna);
      expect(await anna.client.makeCall('2002')).toBe(true);
      second = await until('the second call', () => (newest(anna) > before ? newest(anna) : undefined));
      await states(Held, Failed, null);
      expect(await anna.client.hangupCall(second)).toBe(true);
      await states(Held, Idle, null);
      await consult();
      await answer();
      await customer.hangUp();
      await states(Clerical, Connected, Connected);
      await hears(bosPhone, annaHertz);
      const rows = await site.query(
        "select type from call_detail where type in ('consult', 'transferred', 'conferenced', 'recalled', 'left')",
      );
      expect(new Set(rows.map(({ type }) => type))).toEqual(
        new Set(['consult', 'transferred', 'conferenced', 'recalled', 'left']),
      );
    });
  },
);
