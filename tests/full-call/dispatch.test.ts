import {
  CallType,
  type IDispatchCommonHoldCall,
  type IDispatchPersonalCall,
  type IDispatchVoiceCall,
  SessionState,
  UpdateType,
} from '@cordboard/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DemoSite, musicHertz, startDemoSite } from '../first-call/demo-site.ts';
import type { Desk } from '../first-call/desk.ts';
import type { Baresip } from '../phones/baresip.ts';
import { describeWithPrograms } from '../phones/programs.ts';
import { until } from '../phones/until.ts';
import { hearsOnly } from './voices.ts';

const annaHertz = 440;
const customerHertz = 1000;
const boHertz = 1500;
const voices = [annaHertz, customerHertz, boHertz, musicHertz];
const { Idle, Offered, Connected, Clearing } = SessionState;
const { Add, Update, Delete } = UpdateType;

interface Shown<Item> {
  item: Item;
  update: UpdateType;
}

/** What a program hears of what waits, in order. */
function watch({ client }: Desk) {
  const voice: Shown<IDispatchVoiceCall>[] = [];
  const personal: Shown<IDispatchPersonalCall>[] = [];
  const commonHold: Shown<IDispatchCommonHoldCall>[] = [];
  client.on('OnDispatchVoiceCallEvent', (item, update) => void voice.push({ item, update }));
  client.on('OnDispatchPersonalCallEvent', (item, update) => void personal.push({ item, update }));
  client.on('OnDispatchCommonHoldCallEvent', (item, update) => void commonHold.push({ item, update }));
  return { voice, personal, commonHold };
}

type Watched = ReturnType<typeof watch>;

const next = <Item>(what: string, shown: readonly Shown<Item>[], update: UpdateType, after = 0) =>
  until(
    `${what} is told as ${update}; told: ${JSON.stringify(shown.slice(after).map(each => each.update))}`,
    () => shown.find((each, index) => index >= after && each.update === update)?.item,
    15_000,
  );

/** Nobody is Ready: callers wait until somebody picks them. */
describeWithPrograms(['baresip'], 'picking from what waits', () => {
  let site: DemoSite;
  let anna: Desk;
  let bo: Desk;
  let dan: Desk;
  let annaSees: Watched;
  let boSees: Watched;
  let bosPhone: Baresip;
  let customer: Baresip;

  beforeAll(async () => {
    site = await startDemoSite({
      clericalSeconds: 0,
      sections: { timers: { commonHoldSeconds: 6, lostClientSeconds: 4 } },
    });
    [anna] = await site.agent('anna', '1001', annaHertz);
    [bo, bosPhone] = await site.agent('bo', '1002', boHertz);
    dan = await site.desk('dan');
    customer = await site.phone('2001', { name: 'Cecilia Customer', toneHertz: customerHertz });
    [annaSees, boSees] = [watch(anna), watch(bo)];
  }, 120_000);
  afterAll(() => site?.close(), 60_000);

  test('SYS-90 what waits is shown after enabling and subscribing in either order, reserved by one, and refused to others', async () => {
    await customer.dial('700');
    expect(await anna.client.subscribeDispatchVoiceCalls(0, true)).toBe(true);
    expect(await anna.client.enableDispatchEvents(true)).toBe(true);
    expect(await bo.client.enableDispatchEvents(true)).toBe(true);
    expect(await bo.client.subscribeDispatchVoiceCalls(1, true)).toBe(true);
    const call = await next('the call', annaSees.voice, Add);
    expect(call).toMatchObject({
      ServiceGroupID: 1,
      Number: '2001',
      CalledNumber: '700',
      ReservedAgentID: 0,
    });
    expect(await next('the call', boSees.voice, Add)).toEqual(call);
    expect(await anna.client.reserveDispatchVoiceCall(call.ID, true)).toBe(true);
    expect(await next('the reservation', boSees.voice, Update)).toMatchObject({
      ReservedAgentID: 1,
      ReservedAgentName: 'Anna Alm',
    });
    expect(await bo.client.retrieveDispatchVoiceCall(call.ID)).toBe(false);
    expect(bo.client.lastRefusal).toMatchObject({ reason: 'reservedByAnother' });
    expect(await anna.client.reserveDispatchVoiceCall(call.ID, false)).toBe(true);
  });

  test('SYS-91 who retrieves the call has it, Not Ready as he is, and both hear each other', async () => {
    const id = annaSees.voice[0]?.item.ID ?? 0;
    const tries = await Promise.all([anna, bo].map(desk => desk.client.retrieveDispatchVoiceCall(id)));
    expect(tries.filter(Boolean)).toHaveLength(1);
    const [winner, loser] = tries[0] ? [anna, bo] : [bo, anna];
    expect(loser.client.lastRefusal).toMatchObject({ reason: 'itemGone' });
    await next('the end', boSees.voice, Delete);
    const offered = await winner.call(Offered);
    expect(offered).toMatchObject({ ID: id, PhoneNumber: '2001' });
    expect(await winner.client.answerCall(id)).toBe(true);
    await winner.call(Connected);
    await hearsOnly(customer, [winner === anna ? annaHertz : boHertz], voices);
    expect(await winner.client.hangupCall(id)).toBe(true);
    await winner.call(Idle);
  });

  test('SYS-92 a parked call hears music, is taken by another agent, and they hear each other', async () => {
    for (const desk of [anna, bo])
      expect(await desk.client.subscribeDispatchCommonHoldCalls(true)).toBe(true);
    const id = await talkTo(anna);
    expect(await anna.client.parkCall(id)).toBe(true);
    await until('anna is rid of it', () => anna.statesOf(id).at(-1) === Idle);
    expect(anna.statesOf(id)).toContain(Clearing);
    await hearsOnly(customer, [musicHertz], voices);
    const parked = await next('the parked call', boSees.commonHold, Add);
    expect(parked).toMatchObject({ Number: '2001', ReservedAgentID: 0 });
    expect(await bo.client.reserveDispatchCommonHoldCall(parked.ID, true)).toBe(true);
    const after = bo.callEvents.length;
    expect(await bo.client.retrieveDispatchCommonHoldCall(parked.ID)).toBe(true);
    expect(await bo.call(Offered, after)).toMatchObject({ ID: parked.ID, CallInfo: { GroupName: 'Sales' } });
    expect(await bo.client.answerCall(parked.ID)).toBe(true);
    await bo.call(Connected, after);
    await hearsOnly(customer, [boHertz], voices);
    await hearsOnly(bosPhone, [customerHertz], voices);
    await next('the end', annaSees.commonHold, Delete);
  });

  test('SYS-93 nobody takes a parked call: it comes back to who parked it', async () => {
    const id = bo.callEvents.at(-1)?.ID ?? 0;
    const after = bo.callEvents.length;
    expect(await bo.client.parkCall(id)).toBe(true);
    const recall = await bo.call(Offered, after);
    expect(recall).toMatchObject({ Type: CallType.AttendantRecall, PhoneNumber: '2001', Incoming: true });
    expect(await bo.client.answerCall(recall.ID)).toBe(true);
    await bo.call(Connected, after);
    await hearsOnly(customer, [boHertz], voices);
    await customer.hangUp();
    await until('it is over', () => bo.statesOf(recall.ID).at(-1) === Idle);
  });

  test('SYS-94 a call to somebody who cannot take it waits for him; when he has gone, anybody may have it', async () => {
    expect(await bo.client.subscribeDispatchPersonalCalls(0, true)).toBe(true);
    await customer.dial('1004');
    const call = await next('the call', boSees.personal, Add);
    expect(call).toMatchObject({ PreferredAgentName: 'Dan Dahl', GeneralCall: false, ServiceGroupID: 1 });
    expect(await bo.client.reserveDispatchPersonalCall(call.ID, true)).toBe(false);
    expect(bo.client.lastRefusal).toMatchObject({ reason: 'reservedByAnother' });
    await dan.client.closeApplication();
    expect(await next('that it is general', boSees.personal, Update)).toMatchObject({ GeneralCall: true });
    const after = bo.callEvents.length;
    expect(await bo.client.retrieveDispatchPersonalCall(call.ID)).toBe(true);
    expect(await bo.client.answerCall((await bo.call(Offered, after)).ID)).toBe(true);
    await bo.call(Connected, after);
    await hearsOnly(customer, [boHertz], voices);
    await customer.hangUp();
    await next('the end', boSees.personal, Delete);
    await until('it is over', () => bo.callEvents.at(-1)?.State === Idle);
  });

  test('SYS-95 a call whose winner’s application is killed in the middle waits again', async () => {
    const before = boSees.voice.length;
    await customer.dial('700');
    const call = await next('the call', boSees.voice, Add, before);
    expect(await anna.client.retrieveDispatchVoiceCall(call.ID)).toBe(true);
    process.kill(await anna.processId(), 'SIGKILL');
    await next('its going', boSees.voice, Delete, before);
    const again = await next('its coming back', boSees.voice, Add, before + 1);
    expect(again).toMatchObject({ QueueStartTime: call.QueueStartTime, Number: '2001' });
    expect(again.ID).not.toBe(call.ID);
    const after = bo.callEvents.length;
    expect(await bo.client.retrieveDispatchVoiceCall(again.ID)).toBe(true);
    await bo.call(Offered, after);
    await customer.hangUp();
    await until('it is over', () => bo.callEvents.at(-1)?.State === Idle);
  });

  test('SYS-96 subscriptions to media of which nothing waits are kept, and reserving e-mails is not supported', async () => {
    const { client } = bo;
    expect(await client.subscribeDispatchEmails(0, true)).toBe(true);
    expect(await client.subscribeDispatchSMSs(0, true)).toBe(true);
    expect(await client.subscribeDispatchCampaignCalls(0, true)).toBe(true);
    expect(await client.retrieveDispatchEmail(1)).toBe(false);
    expect(client.lastRefusal).toMatchObject({ reason: 'itemGone' });
    expect(await client.retrieveDispatchSMS(1)).toBe(false);
    expect(await client.retrieveDispatchCampaignCall(1)).toBe(false);
    expect(await client.reserveDispatchCampaignCall(1, true)).toBe(false);
    expect(client.lastRefusal).toMatchObject({ reason: 'itemGone' });
    expect(await client.reserveDispatchEmail(1, true)).toBe(false);
    expect(await client.reserveDispatchSMS(1, true)).toBe(false);
    expect(client.lastRefusal).toMatchObject({ reason: 'notSupported' });
    expect(bo.faults).toEqual([]);
  });

  /** The customer calls, and a desk picks him up. */
  async function talkTo(desk: Desk): Promise<number> {
    const sees = desk === anna ? annaSees : boSees;
    const [before, after] = [sees.voice.length, desk.callEvents.length];
    await customer.dial('700');
    const call = await next('the call', sees.voice, Add, before);
    expect(await desk.client.retrieveDispatchVoiceCall(call.ID)).toBe(true);
    await desk.call(Offered, after);
    expect(await desk.client.answerCall(call.ID)).toBe(true);
    await desk.call(Connected, after);
    return call.ID;
  }
});
