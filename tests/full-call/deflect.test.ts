import { SessionState } from '@cordboard/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DemoSite, startDemoSite } from '../first-call/demo-site.ts';
import type { Desk } from '../first-call/desk.ts';
import type { Baresip } from '../phones/baresip.ts';
import { describeWithPrograms } from '../phones/programs.ts';
import { until } from '../phones/until.ts';

const { Offered, Connected, Clearing, Clerical, Idle } = SessionState;
const customerHertz = 1000;
const carlaHertz = 500;
const deskHertz = 1200;
const heard = 0.1;
/** of the European ringback tone */
const ringbackHertz = 425;

/** Calls that agents send on: one site, each test with calls of its own. */
describeWithPrograms(['baresip'], 'calls that are sent on', () => {
  let site: DemoSite;
  let anna: Desk;
  let carla: Desk;
  let carlasPhone: Baresip;
  let customer: Baresip;

  beforeAll(async () => {
    site = await startDemoSite({
      clericalSeconds: 1,
      change({ serviceGroups: [sales] }) {
        if (sales === undefined) throw new Error('the demo has a service group');
        sales.waiting = { overflow: { seconds: 1, group: 2 } };
      },
    });
    [anna] = await site.agent('anna', '1001', 700);
    [carla, carlasPhone] = await site.agent('carla', '1003', carlaHertz);
    customer = await site.phone('2001', { name: 'Cecilia Customer', toneHertz: customerHertz });
    await site.phone('2002', { answersItself: true, toneHertz: deskHertz });
    expect(await anna.client.setReadyStatus(true)).toBe(true);
  }, 120_000);
  afterAll(() => site?.close(), 60_000);

  /** A customer calls Sales, and it rings at Anna. */
  async function ringing(): Promise<number> {
    const before = anna.callEvents.length;
    await customer.dial('700');
    return (await anna.call(Offered, before)).ID;
  }

  async function connected(): Promise<number> {
    const id = await ringing();
    expect(await anna.client.answerCall(id)).toBe(true);
    await until('Anna speaks', () => anna.statesOf(id).at(-1) === Connected);
    return id;
  }

  test('SYS-80 deflectCall: the customer hears ringing, then the other agent, who has his number and the data of the call', async () => {
    const id = await connected();
    expect(await anna.client.setIVRData(id, 'Order', '4711')).toBe(true);
    expect(anna.callEvents.at(-1)?.CanDeflect).toBe(true);
    expect(await anna.client.deflectCall(id, '1003')).toBe(true);
    const call = await carla.call(Offered);
    expect(call).toMatchObject({ PhoneNumber: '2001', IVRLabels: ['Order'], IVRData: ['4711'] });
    await until('ringing', async () => (await customer.listen(200)).level(ringbackHertz) > 0.02);
    expect(await carla.client.answerCall(call.ID)).toBe(true);
    await carlasPhone.next('CALL_ESTABLISHED');
    await until('Carla', async () => (await customer.listen(200)).level(carlaHertz) > heard);
    await until('the customer', async () => (await carlasPhone.listen(200)).level(customerHertz) > heard);
    await until('Anna is free', () => anna.statesOf(id).at(-1) === Idle);
    expect(anna.statesOf(id)).toEqual([Offered, Connected, Clearing, Clerical, Idle]);
    await customer.hangUp();
    await until('Carla is free', () => carla.statesOf(call.ID).at(-1) === Idle);
  });

  test('SYS-81 deflectActiveCall to a phone that is not there fails, and the call is as it was; to one that is there it goes', async () => {
    const id = await connected();
    const faults = anna.faults.length;
    expect(await anna.client.deflectActiveCall('2009')).toBe(true);
    await until('the failure is told', () => anna.faults.length > faults);
    expect(anna.faults.at(-1)).toMatchObject({ reason: 'destinationNotReached', detail: 'unreachable' });
    expect(anna.statesOf(id).at(-1)).toBe(Connected);
    expect(await customer.hears()).toBe(true);
    expect(await anna.client.deflectActiveCall('2002')).toBe(true);
    await until('the other phone', async () => (await customer.listen(200)).level(deskHertz) > heard);
    await until('Anna is free', () => anna.statesOf(id).at(-1) === Idle);
    await customer.hangUp();
  });

  test('SYS-82 deflectCallToServiceGroup: a ringing call waits in the other group and rings there, with its data', async () => {
    const id = await ringing();
    expect(await anna.client.setPrivateData(id, 'from sales')).toBe(true);
    expect(await anna.client.deflectCallToServiceGroup(id, 99)).toBe(false);
    expect(anna.client.lastRefusal?.reason).toBe('unknownServiceGroup');
    const before = carla.callEvents.length;
    expect(await carla.client.setReadyStatus(true)).toBe(true);
    expect(await anna.client.deflectCallToServiceGroup(id, 2)).toBe(true);
    const call = await carla.call(Offered, before);
    expect(call).toMatchObject({ PrivateData: 'from sales', CallInfo: { GroupName: 'Support' } });
    await until('Anna is free', () => anna.statesOf(id).at(-1) === Idle);
    expect(anna.statesOf(id)).toEqual([Offered, Idle]);
    expect(await carla.client.answerCall(call.ID)).toBe(true);
    await until('Carla', async () => (await customer.listen(200)).level(carlaHertz) > heard);
    await customer.hangUp();
    await until('Carla is free', () => carla.statesOf(call.ID).at(-1) === Idle);
    const rows = await until('the record is written', async () => {
      const found = await site.query("select type from call_detail where type in ('deflected', 'queued')");
      return found.filter(each => each['type'] === 'deflected').length === 3 ? found : undefined;
    });
    expect(rows.length).toBeGreaterThan(3);
  });

  test('SYS-149 a ringing call goes to a number, a connected one to a service group, with its data', async () => {
    const first = await ringing();
    expect(await anna.client.deflectCall(first, '2002')).toBe(true);
    await until('the other phone', async () => (await customer.listen(200)).level(deskHertz) > heard);
    await until('Anna is free', () => anna.statesOf(first).at(-1) === Idle);
    expect(anna.statesOf(first)).toEqual([Offered, Idle]);
    await customer.hangUp();
    const id = await connected();
    expect(await anna.client.setIVRData(id, 'Order', '4712')).toBe(true);
    const before = carla.callEvents.length;
    expect(await anna.client.deflectCallToServiceGroup(id, 2)).toBe(true);
    const call = await carla.call(Offered, before);
    expect(call.CallInfo).toMatchObject({ GroupName: 'Support', IVRLabels: ['Order'], IVRData: ['4712'] });
    await until('Anna is free', () => anna.statesOf(id).at(-1) === Idle);
    expect(anna.statesOf(id)).toEqual([Offered, Connected, Clearing, Clerical, Idle]);
    expect(await carla.client.answerCall(call.ID)).toBe(true);
    await until('Carla', async () => (await customer.listen(200)).level(carlaHertz) > heard);
    await customer.hangUp();
    await until('Carla is free', () => carla.statesOf(call.ID).at(-1) === Idle);
  });

  test('SYS-151 who waits too long waits in the other group as well, and its agent has him', async () => {
    expect(await anna.client.setReadyStatus(false)).toBe(true);
    const before = carla.callEvents.length;
    await customer.dial('700');
    const call = await carla.call(Offered, before);
    expect(call).toMatchObject({
      PhoneNumber: '2001',
      CalledNumber: '700',
      CallInfo: { GroupName: 'Support' },
    });
    expect(call.CallInfo.QueueDuration).toBeGreaterThanOrEqual(1);
    await customer.hangUp();
    await until('it is over', () => carla.statesOf(call.ID).at(-1) === Idle);
  });
});
