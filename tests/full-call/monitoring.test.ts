import { type ICall, SessionState } from '@cordboard/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DemoSite, startDemoSite } from '../first-call/demo-site.ts';
import type { Desk } from '../first-call/desk.ts';
import type { Baresip } from '../phones/baresip.ts';
import { describeWithPrograms } from '../phones/programs.ts';
import { until } from '../phones/until.ts';
import { heard, hearsOnly } from './voices.ts';

const annaHertz = 440;
const customerHertz = 1000;
const evaHertz = 1500;
const warningHertz = 1900;
const otherHertz = 2300;
const busyHertz = 425;
const voices = [annaHertz, customerHertz, evaHertz];
const { Idle, Offered, Connected, Failed, Conference } = SessionState;

/** Eva listens to anna; where a test needs a call under way the one before has left it. */
describeWithPrograms(['baresip'], 'monitoring and intrusion', () => {
  let site: DemoSite;
  let anna: Desk;
  let eva: Desk;
  let annasPhone: Baresip;
  let evasPhone: Baresip;
  let customer: Baresip;
  let other: Baresip;
  /** anna's */
  let callId = 0;
  /** eva's */
  let own = 0;

  beforeAll(async () => {
    site = await startDemoSite({
      clericalSeconds: 0,
      tones: { 'intrusion-warning': warningHertz },
      change(section) {
        for (const each of section.extensions) if (each.number === '2001') each.protectedFromIntrusion = true;
      },
    });
    [anna, annasPhone] = await site.agent('anna', '1001', annaHertz);
    [eva, evasPhone] = await site.agent('eva', '1005', evaHertz);
    customer = await site.phone('2001', { name: 'Cecilia Customer', toneHertz: customerHertz });
    other = await site.phone('2002', {
      name: 'Oskar Other',
      answersItself: true,
      toneHertz: otherHertz,
    });
  }, 120_000);
  afterAll(() => site?.close(), 60_000);

  const last = (desk: Desk, id: number): ICall | undefined =>
    desk.callEvents.findLast(call => call.ID === id);
  const inState = (desk: Desk, id: number, state: SessionState) =>
    until(
      `call ${id} of ${desk.logonId} is in state ${state}`,
      () => last(desk, id)?.State === state,
      15_000,
    );
  const newest = (desk: Desk) => Math.max(0, ...desk.callEvents.map(call => call.ID));

  async function talk(): Promise<void> {
    const after = anna.callEvents.length;
    await customer.dial('700');
    expect(await anna.client.setReadyStatus(true)).toBe(true);
    callId = (await anna.call(Offered, after)).ID;
    expect(await anna.client.answerCall(callId)).toBe(true);
    await anna.call(Connected, after);
  }

  /** A call of eva's that comes after what she has had. */
  async function evasNext(before: number): Promise<number> {
    const id = await until('eva has a call', () => (newest(eva) > before ? newest(eva) : undefined));
    await inState(eva, id, Connected);
    return id;
  }

  test('SYS-105 a supervisor hears both sides, and neither hears her nor sees anything', async () => {
    await talk();
    const seen = anna.callEvents.length;
    expect(await eva.client.startMonitor('anna', false)).toBe(true);
    own = await evasNext(0);
    expect(last(eva, own)).toMatchObject({ Incoming: false, PhoneNumber: '1001', CallerName: 'Anna Alm' });
    await hearsOnly(evasPhone, [annaHertz, customerHertz], voices);
    await hearsOnly(customer, [annaHertz], voices);
    await hearsOnly(annasPhone, [customerHertz], voices);
    expect(anna.callEvents).toHaveLength(seen);
    expect(await eva.client.startMonitor('anna', false)).toBe(false);
    expect(eva.client.lastRefusal).toMatchObject({ reason: 'alreadyMonitoring' });
  });

  test('SYS-106 whispering is heard by the agent alone', async () => {
    expect(await eva.client.setMonitorMode('whisper')).toBe(true);
    await hearsOnly(annasPhone, [customerHertz, evaHertz], voices);
    await hearsOnly(customer, [annaHertz], voices);
    await hearsOnly(evasPhone, [annaHertz, customerHertz], voices);
  });

  test('SYS-107 barging in, the supervisor is a party: all hear all; when she leaves, the two go on', async () => {
    expect(await eva.client.setMonitorMode('barge')).toBe(true);
    await inState(eva, own, Conference);
    await inState(anna, callId, Conference);
    await hearsOnly(customer, [annaHertz, evaHertz], voices);
    await hearsOnly(annasPhone, [customerHertz, evaHertz], voices);
    await hearsOnly(evasPhone, [annaHertz, customerHertz], voices);
    expect(await eva.client.hangupCall(own)).toBe(true);
    await inState(eva, own, Idle);
    await inState(anna, callId, Connected);
    await hearsOnly(customer, [annaHertz], voices);
    expect(await eva.client.stopMonitor()).toBe(false);
    expect(eva.client.lastRefusal).toMatchObject({ reason: 'notMonitoring' });
  });

  test('SYS-146 a protected extension is not intruded on: refused, the call stays Failed and busy is heard', async () => {
    // one call more rings at the customer, so that he is busy
    await other.dial('2001');
    await customer.next('CALL_INCOMING');
    const before = newest(eva);
    expect(await eva.client.makeCall('2001')).toBe(true);
    own = await until('eva has a call', () => (newest(eva) > before ? newest(eva) : undefined));
    await inState(eva, own, Failed);
    expect(last(eva, own)).toMatchObject({ StateDescription: 'Busy', CanHangup: true });
    expect(await eva.client.intrudeCall(own)).toBe(false);
    expect(eva.client.lastRefusal).toMatchObject({ reason: 'intrusionProtected' });
    await until('busy', async () => (await evasPhone.listen(200)).level(busyHertz) > 0.02);
    expect(last(eva, own)?.State).toBe(Failed);
    expect(last(anna, callId)?.State).toBe(Connected);
    await hearsOnly(customer, [annaHertz], voices);
    expect(await eva.client.hangupCall(own)).toBe(true);
    await inState(eva, own, Idle);
    await other.hangUp();
    await customer.next('CALL_CLOSED');
  });

  test('SYS-109 a call to a busy extension joins its call on request; where nobody speaks it stays Failed', async () => {
    // one call more rings at anna, so that she is busy
    await other.dial('1001');
    await until('it rings', () => anna.callEvents.at(-1)?.State === Offered);
    const before = newest(eva);
    expect(await eva.client.makeCall('1001')).toBe(true);
    own = await until('eva has a call', () => (newest(eva) > before ? newest(eva) : undefined));
    await inState(eva, own, Failed);
    expect(last(eva, own)?.StateDescription).toBe('Busy');
    expect(await eva.client.intrudeCall(own)).toBe(true);
    await inState(eva, own, Conference);
    await Promise.all(
      [annasPhone, customer].map(phone =>
        until('the warning', async () => (await phone.listen(200)).level(warningHertz) > heard),
      ),
    );
    await inState(anna, callId, Conference);
    await hearsOnly(evasPhone, [annaHertz, customerHertz], voices);
    await hearsOnly(customer, [annaHertz, evaHertz], voices);
    await hearsOnly(annasPhone, [customerHertz, evaHertz], voices);
    expect(await eva.client.hangupCall(own)).toBe(true);
    await inState(anna, callId, Connected);
    await hearsOnly(customer, [annaHertz], voices);
    await customer.hangUp();
    await inState(anna, callId, Idle);
    // still ringing from the other, so busy, and nobody speaks there
    const later = newest(eva);
    expect(await eva.client.makeCall('1001')).toBe(true);
    own = await until('eva has a call', () => (newest(eva) > later ? newest(eva) : undefined));
    await inState(eva, own, Failed);
    expect(await eva.client.intrudeCall(own)).toBe(false);
    expect(eva.client.lastRefusal).toMatchObject({ reason: 'notConnected' });
    expect(last(eva, own)?.State).toBe(Failed);
    expect(await eva.client.hangupCall(own)).toBe(true);
    await inState(eva, own, Idle);
    await other.hangUp();
    await until('nothing rings at anna', () => anna.callEvents.at(-1)?.State === Idle);
    expect([...anna.faults, ...eva.faults]).toEqual([]);
  });

  test('SYS-155 a busy extension that is dialled on the phone: busy is heard unanswered, and the call can be intruded on', async () => {
    await talk();
    await other.dial('1001');
    await until('it rings', () => anna.callEvents.at(-1)?.State === Offered);
    const dialled = async () => {
      const before = newest(eva);
      await evasPhone.dial('1001');
      own = await until('eva has a call', () => (newest(eva) > before ? newest(eva) : undefined));
      await inState(eva, own, Failed);
      await until('busy', async () => (await evasPhone.listen(200)).level(busyHertz) > 0.02);
    };
    await dialled();
    expect(await eva.client.intrudeCall(own)).toBe(true);
    await inState(eva, own, Conference);
    await hearsOnly(customer, [annaHertz, evaHertz], voices);
    expect(await eva.client.hangupCall(own)).toBe(true);
    await inState(eva, own, Idle);
    await dialled();
    expect(await eva.client.hangupCall(own)).toBe(true);
    await until('refused as busy', () => evasPhone.story().some(each => /^CALL_CLOSED.*486/.test(each)));
    await inState(eva, own, Idle);
    await Promise.all([other.hangUp(), customer.hangUp()]);
    await inState(anna, callId, Idle);
    await until('nothing rings at anna', () => anna.callEvents.at(-1)?.State === Idle);
  });

  test('SYS-108 monitoring waits for the next call, survives hold, and the audit has all of it', async () => {
    const before = newest(eva);
    expect(await eva.client.startMonitor('anna', true)).toBe(true);
    await talk();
    own = await evasNext(before);
    await hearsOnly(evasPhone, [annaHertz, customerHertz], voices);
    expect(await anna.client.holdActiveCall()).toBe(true);
    // a phone on hold sends nothing
    await hearsOnly(evasPhone, [], voices);
    expect(await anna.client.retrieveCall(callId)).toBe(true);
    await hearsOnly(evasPhone, [annaHertz, customerHertz], voices);
    expect(await eva.client.stopMonitor()).toBe(true);
    await inState(eva, own, Idle);
    expect(last(anna, callId)?.State).toBe(Connected);
    const audit = () =>
      site.query("select action, detail from audit where action like 'monitor%' and subject_agent_id = 1");
    await until('the audit is complete', async () => (await audit()).length === 8);
    expect((await audit()).map(each => `${each['action']} ${each['detail']}`.trim())).toEqual([
      'monitorStarted once',
      'monitorListening',
      'monitorModeSet whisper',
      'monitorModeSet barge',
      'monitorEnded barged',
      'monitorStarted continuous',
      'monitorListening',
      'monitorEnded asked',
    ]);
  });

  test('SYS-152 monitoring begins with a call that is transferred to the agent, and goes with her into a conference and out of it', async () => {
    await customer.hangUp();
    await inState(anna, callId, Idle);
    const before = newest(eva);
    expect(await eva.client.startMonitor('anna', true)).toBe(true);
    // the customer speaks with somebody, who transfers him with the key of his phone
    await customer.dial('2002');
    await other.next('CALL_ESTABLISHED');
    const after = anna.callEvents.length;
    await other.transfer('1001');
    callId = (await anna.call(Offered, after)).ID;
    expect(await anna.client.answerCall(callId)).toBe(true);
    await inState(anna, callId, Connected);
    own = await evasNext(before);
    const all = [...voices, otherHertz];
    await hearsOnly(evasPhone, [annaHertz, customerHertz], all);
    expect(await anna.client.makeCall('2002')).toBe(true);
    await until('anna may make a conference', () => anna.client.canConference());
    await hearsOnly(evasPhone, [annaHertz, otherHertz], all);
    expect(await anna.client.conferenceActiveCall()).toBe(true);
    await inState(anna, callId, Conference);
    await hearsOnly(evasPhone, [annaHertz, customerHertz, otherHertz], all);
    await other.hangUp();
    await inState(anna, callId, Connected);
    await hearsOnly(evasPhone, [annaHertz, customerHertz], all);
    expect(last(eva, own)?.State).toBe(Connected);
    await customer.hangUp();
    await inState(anna, callId, Idle);
    await inState(eva, own, Idle);
    expect(await eva.client.stopMonitor()).toBe(true);
  });
});
