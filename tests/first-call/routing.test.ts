import { CallType, SessionState } from '@cordboard/contract';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Baresip } from '../phones/baresip.ts';
import { describeWithPrograms } from '../phones/programs.ts';
import { runSipp } from '../phones/sipp.ts';
import { until } from '../phones/until.ts';
import { type DemoSite, startDemoSite } from './demo-site.ts';
import type { Desk } from './desk.ts';

const ringSeconds = 3;
const heard = 0.1;
/** busy, congestion and ringback of the switch: ETSI TR 101 041-2 */
const toneHertz = 425;

describeWithPrograms(['baresip', 'sipp'], 'two agents', () => {
  let site: DemoSite;
  let anna: Desk;
  let bo: Desk;
  let desks: Desk[];
  let phoneOf: Map<Desk, Baresip>;
  let customer: Baresip;

  beforeAll(async () => {
    site = await startDemoSite({ ringSeconds });
    anna = await site.desk('anna');
    bo = await site.desk('bo');
    desks = [anna, bo];
    const phone = (extension: string) => site.phone(extension, { answersItself: true, toneHertz: 600 });
    phoneOf = new Map([
      [anna, await phone('1001')],
      [bo, await phone('1002')],
    ]);
    customer = await site.phone('2001', { toneHertz: 1000 });
    for (const desk of desks) await until('phones are registered', () => desk.registrations.at(-1));
  }, 120_000);
  afterAll(() => site?.close(), 60_000);

  /** events before the test's own */
  let before: Map<Desk, number>;
  beforeEach(() => {
    before = new Map(desks.map(desk => [desk, desk.callEvents.length]));
  });
  afterEach(async () => {
    await customer.hangUp().catch(() => undefined); // it may have no call
    for (const desk of desks) {
      for (const { ID, State } of await desk.client.getCalls())
        if (State === SessionState.Clerical) await desk.client.cancelClerical(ID);
      await desk.client.setReadyStatus(false);
      await until('no calls are left', async () => (await desk.client.getCalls()).length === 0);
    }
  });

  /** Whoever is offered a call, in whichever order they come. */
  const offered = (among = desks, after = before) =>
    until('somebody is offered the call', () => {
      for (const desk of among) {
        const isNew = (_: unknown, index: number) => index >= (after.get(desk) ?? 0);
        const call = desk.callEvents.filter(isNew).find(each => each.State === SessionState.Offered);
        if (call !== undefined) return { desk, call };
      }
      return undefined;
    });
  const other = (desk: Desk): Desk => (desk === anna ? bo : anna);

  async function ready(...who: Desk[]): Promise<void> {
    for (const desk of who) expect(await desk.client.setReadyStatus(true)).toBe(true);
  }

  async function takeAndFinish(desk: Desk, callId: number, after: number): Promise<void> {
    expect(await desk.client.answerCall(callId)).toBe(true);
    await desk.call(SessionState.Connected, after);
    expect(await desk.client.hangupCall(callId)).toBe(true);
    await desk.call(SessionState.Clerical, after);
    expect(await desk.client.cancelClerical(callId)).toBe(true);
    await desk.call(SessionState.Idle, after);
  }

  test("SYS-60 a caller who hangs up while waiting is nobody's call, and the record says so", async () => {
    const outcome = await runSipp({
      scenario: 'calls-and-hangs-up',
      server: site.sip,
      extension: '2002',
      password: site.passwordOf('2002'),
      calls: '700',
    });
    expect(outcome.succeeded, outcome.errors).toBe(true);
    const history = () => site.query("select * from call_history where caller_number = '2002'");
    await until('the call is recorded', async () =>
      (await history()).some(({ ended_at }) => ended_at !== null),
    );
    expect(await history()).toMatchObject([
      { called_number: '700', group_id: 1, answered_at: null, agent_id: null },
    ]);
    await ready(anna, bo);
    expect(desks.map(desk => desk.callEvents)).toEqual([[], []]);
  });

  test('SYS-61 a call that is not answered goes to the other agent, and the first is Not Ready because of it', async () => {
    await ready(anna, bo);
    await customer.dial('700');
    const first = await offered();
    const second = await offered([other(first.desk)]);
    await expect
      .poll(() => first.desk.statuses.at(-1), { timeout: 10_000 })
      .toMatchObject({
        ReadyStatus: false,
        VoiceNotReadyReasonID: -1,
        VoiceNotReadyReasonString: 'No answer',
      });
    expect(first.desk.statesOf(first.call.ID)).toEqual([SessionState.Offered, SessionState.Idle]);
    expect(second.call.CallInfo.QueueDuration).toBeGreaterThanOrEqual(ringSeconds);
    await takeAndFinish(second.desk, second.call.ID, before.get(second.desk) ?? 0);
  });

  test('SYS-62 a rejected call goes to the other agent; who rejected stays Ready', async () => {
    await ready(anna, bo);
    await customer.dial('700');
    const first = await offered();
    expect(await first.desk.client.rejectServiceCall(first.call.ID)).toBe(true);
    const second = await offered([other(first.desk)]);
    expect(first.desk.statesOf(first.call.ID)).toEqual([SessionState.Offered, SessionState.Idle]);
    expect((await first.desk.client.getUserInformation()).ReadyStatus).toBe(true);
    await takeAndFinish(second.desk, second.call.ID, before.get(second.desk) ?? 0);
  });

  test('SYS-63 of two Ready agents the one who has been idle longer gets the call', async () => {
    await ready(anna, bo);
    const order: Desk[] = [];
    for (let calls = 0; calls < 4; calls++) {
      const after = new Map(desks.map(desk => [desk, desk.callEvents.length]));
      await customer.dial('700');
      const { desk, call } = await offered(desks, after);
      order.push(desk);
      await takeAndFinish(desk, call.ID, after.get(desk) ?? 0);
      await customer.next('CALL_CLOSED');
    }
    const [first, second] = order;
    expect(second).not.toBe(first);
    expect(order.slice(2)).toEqual([first, second]);
  });

  test('SYS-64 a call made by the program rings at the other extension and is heard both ways', async () => {
    const after = before.get(anna) ?? 0;
    expect(await anna.client.makeCall('2001')).toBe(true);
    expect(await anna.call(SessionState.Calling, after)).toMatchObject({
      PhoneNumber: '2001',
      Incoming: false,
      Type: CallType.Outgoing,
      CanAnswer: false,
      CanHangup: true,
    });
    expect((await customer.next('CALL_INCOMING')).peerdisplayname).toBe('Anna Alm');
    await customer.answer();
    const { ID } = await anna.call(SessionState.Connected, after);
    const agent = phoneOf.get(anna);
    await until('the customer hears', async () => (await customer.listen(200)).level(600) > heard);
    await until('the agent hears', async () => ((await agent?.listen(200))?.level(1000) ?? 0) > heard);
    expect(await anna.client.hangupActiveCall()).toBe(true);
    await anna.call(SessionState.Idle, after);
    const { Dialing, Calling, Connected, Clearing, Idle } = SessionState;
    expect(anna.statesOf(ID).filter(state => state !== Clearing)).toEqual([
      Dialing,
      Calling,
      Connected,
      Idle,
    ]);
  });

  test('SYS-65 a call to an unknown number fails, with a tone, until it is hung up', async () => {
    const after = before.get(anna) ?? 0;
    expect(await anna.client.makeCall('9999')).toBe(true);
    expect(await anna.call(SessionState.Failed, after)).toMatchObject({
      StateDescription: 'Unknown number',
      PhoneNumber: '9999',
      CanHangup: true,
    });
    const agent = phoneOf.get(anna);
    await until('a tone', async () => ((await agent?.listen(200))?.level(toneHertz) ?? 0) > 0.05);
    expect(await anna.client.hangupActiveCall()).toBe(true);
    await anna.call(SessionState.Idle, after);
    expect([anna.faults, bo.faults]).toEqual([[], []]);
  });

  test('SYS-68 an agent whose phone is answered by hand answers there, and the program follows', async () => {
    const eva = await site.desk('eva');
    const phone = await site.phone('1005', { toneHertz: 600 });
    await until('the phone of eva is registered', () => eva.registrations.at(-1));
    await ready(eva);
    await customer.dial('700');
    await phone.next('CALL_INCOMING');
    const { ID } = await eva.call(SessionState.Offered);
    expect(await eva.client.answerCall(ID)).toBe(false);
    expect(eva.client.lastRefusal?.reason).toBe('notAnswerable');
    await phone.answer();
    await eva.call(SessionState.Connected);
    await until('the customer hears', async () => (await customer.listen(200)).level(600) > heard);
    await phone.hangUp();
    await eva.call(SessionState.Clerical);
    await customer.next('CALL_CLOSED');
    expect(await eva.client.cancelClerical(ID)).toBe(true);
    expect(await eva.client.setReadyStatus(false)).toBe(true);
    await phone.close();
    await eva.close();
  });

  test('SYS-69 an Agent application that is killed leaves its call talking; started again it has the call', async () => {
    await ready(anna);
    await customer.dial('700');
    const { call } = await offered([anna]);
    const after = before.get(anna) ?? 0;
    expect(await anna.client.answerCall(call.ID)).toBe(true);
    const connected = await anna.call(SessionState.Connected, after);
    process.kill(await anna.processId(), 'SIGKILL');
    await anna.close();
    const again = await site.desk('anna');
    expect((await customer.listen(500)).level(600)).toBeGreaterThan(heard);
    expect(await again.client.getCalls()).toEqual([connected]);
    expect(await again.client.hangupCall(call.ID)).toBe(true);
    await again.call(SessionState.Clerical);
    await customer.next('CALL_CLOSED');
    expect(await again.client.cancelClerical(call.ID)).toBe(true);
    await again.call(SessionState.Idle);
    desks = [again, bo];
  });
});
