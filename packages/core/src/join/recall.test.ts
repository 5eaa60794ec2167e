import { expect, test } from 'vitest';
import { consult, type Desk } from '../testing/consultation.ts';
import { createDriver } from '../testing/driver.ts';

const ringback = { type: 'play', sounds: [{ type: 'tone', name: 'ringback' }] };

/** Agent 1 has transferred the customer to agent 2, whose phone rings. */
function transferred(change: Parameters<typeof consult>[1] = {}): Desk & { ringing: number } {
  const desk = consult('1002', change);
  desk.site.report({ type: 'alerting', leg: desk.far });
  desk.transfer();
  return { ...desk, ringing: desk.other() };
}

const heard = ({ site, caller }: Desk) => site.state.legs.get(caller)?.media;
const stage = ({ site }: Desk) => [...site.state.calls.values()].at(0)?.service?.stage.type;
const detail = ({ site }: Desk) => site.state.timers.save().filter(each => each.type === 'recall');

test('CAL-121 transferred while it rings: it goes on ringing, for the customer, who hears it', () => {
  const desk = transferred();
  expect(desk.site.call(2, desk.ringing)).toMatchObject({
    State: 3,
    PhoneNumber: '0441234',
    CallerName: 'Customer',
    IVRData: ['4711'],
    PrivateData: 'vip',
    ConsultingCallInfo: { GroupName: 'Group 1' },
  });
  expect(heard(desk)).toEqual(ringback);
  desk.site.answered(desk.far);
  expect(desk.site.states(2, desk.ringing)).toEqual([3, 6]);
  expect(heard(desk)).toEqual({ type: 'connected', with: desk.far });
  expect(detail(desk)).toEqual([]);
});

test('CAL-122 not answered within recallSeconds it rings again at the transferring agent, with its data', () => {
  const desk = transferred();
  desk.site.pass(29_999);
  expect(desk.site.states(2, desk.ringing)).toEqual([3]);
  desk.site.pass(1);
  expect(desk.site.states(2, desk.ringing)).toEqual([3, 1]);
  expect(desk.site.user(2).VoiceNotReadyReasonID).toBe(0);
  expect(desk.site.calls(1).at(-1)).toMatchObject({
    State: 3,
    Type: 5,
    Incoming: true,
    PhoneNumber: '0441234',
    CallerName: 'Customer',
    IVRData: ['4711'],
    PrivateData: 'vip',
    ConsultingCallInfo: { GroupName: '' },
  });
  expect(heard(desk)).toEqual(ringback);
  const again = desk.site.calls(1).at(-1)?.ID ?? 0;
  desk.site.answered(desk.site.lastLeg());
  desk.site.cleared(desk.caller);
  expect(desk.site.states(1, again)).toEqual([3, 6, 11, 99]);
});

test('CAL-122 the time is the site’s recallSeconds', () => {
  const desk = transferred({
    change: {
      timers: {
        lostClientSeconds: 60,
        outgoingRingSeconds: 60,
        maximumClericalSeconds: 900,
        recallSeconds: 5,
      },
    },
  });
  desk.site.pass(5000);
  expect(desk.site.calls(1).at(-1)?.Type).toBe(5);
});

test.each(['busy', 'rejected', 'unreachable', 'noAnswer'] as const)(
  'CAL-123 a phone that does not take it (%s) sends it back at once',
  cause => {
    const desk = transferred();
    desk.site.cleared(desk.far, cause);
    expect(desk.site.calls(1).at(-1)).toMatchObject({ State: 3, Type: 5 });
    expect(detail(desk)).toEqual([]);
  },
);

test('CAL-123 so does a third party who logs off while it rings', () => {
  const desk = transferred();
  desk.site.send({ type: 'logOff', agentId: 2 });
  expect(desk.site.calls(1).at(-1)).toMatchObject({ State: 3, Type: 5 });
});

test('CAL-123 an outside party that is transferred to is recalled in the same way', () => {
  const desk = consult('0049555');
  desk.site.report({ type: 'alerting', leg: desk.far });
  desk.transfer();
  desk.site.pass(30_000);
  expect(desk.site.commands).toContainEqual({ type: 'clear', leg: desk.far, cause: 'normal' });
  expect(desk.site.calls(1).at(-1)).toMatchObject({ State: 3, Type: 5 });
});

test('CAL-124 a transferring agent who does not answer either: the service call waits again, with its old place', () => {
  const desk = transferred();
  const since = [...desk.site.state.calls.values()][0]?.service?.since;
  desk.site.pass(30_000);
  desk.site.pass(20_000);
  expect(stage(desk)).toBe('waiting');
  expect([...desk.site.state.calls.values()][0]?.service?.since).toBe(since);
  expect(desk.site.user(1).VoiceNotReadyReasonID).toBe(-1);
  desk.site.ready(2);
  expect(desk.site.calls(2).at(-1)).toMatchObject({ State: 3, Type: 1, IVRData: ['4711'] });
});

test('CAL-124 so it is when he has logged off, or is on another call', () => {
  const desk = transferred();
  desk.site.send({ type: 'logOff', agentId: 1 });
  desk.site.pass(30_000);
  expect(stage(desk)).toBe('waiting');
  const busy = transferred();
  busy.site.request(1, { method: 'makeCall', arguments: { number: '0049' } });
  busy.site.pass(30_000);
  expect(stage(busy)).toBe('waiting');
});

test('CAL-124 a recall can be rejected as the service call that it is', () => {
  const desk = transferred();
  desk.site.pass(30_000);
  const again = desk.site.calls(1).at(-1);
  expect(again).toMatchObject({ CanReject: true });
  desk.site.request(1, { method: 'rejectServiceCall', arguments: { callId: again?.ID ?? 0 } });
  expect(stage(desk)).toBe('waiting');
});

test('CAL-125 a caller of no service group is cleared with the cause when nobody can be rung', () => {
  const site = createDriver({ agents: 3 });
  for (const agentId of [1, 2]) site.logOn(agentId);
  site.dials('1001', { leg: 'direct', callerNumber: '077' });
  site.answered(site.lastLeg());
  const id = site.calls(1).at(-1)?.ID ?? 0;
  site.request(1, { method: 'makeCall', arguments: { number: '1002' } });
  site.answered(site.lastLeg());
  site.report({ type: 'alerting', leg: site.lastLeg() });
  site.request(1, { method: 'transferCall', arguments: { callId: id } });
  site.cleared(site.lastLeg(), 'busy');
  expect(site.calls(1).at(-1)).toMatchObject({ State: 3, Type: 5, PhoneNumber: '077', CanReject: false });
  site.cleared(site.lastLeg(), 'noAnswer');
  expect(site.commands.at(-1)).toEqual({ type: 'clear', leg: 'direct', cause: 'noAnswer' });
  expect(site.state.calls.size).toBe(0);
});

test('CAL-126 a customer who gives up while it rings ends it', () => {
  const desk = transferred();
  desk.site.cleared(desk.caller);
  expect(desk.site.states(2, desk.ringing)).toEqual([3, 1]);
  expect(detail(desk)).toEqual([]);
  const recalled = transferred();
  recalled.site.pass(30_000);
  const again = recalled.site.calls(1).at(-1)?.ID ?? 0;
  recalled.site.cleared(recalled.caller);
  expect(recalled.site.states(1, again)).toEqual([3, 1]);
});

test('CAL-127 a consultation that waits in a queue: the customer takes that place', () => {
  const desk = consult('502', { groups: 2, group: () => ({ agentGroups: [1] }) });
  // nobody is Ready but agent 1, who talks
  expect(desk.site.call(1, desk.second).State).toBe(6);
  expect(desk.transfer()).toEqual({ ok: true, value: true });
  expect(desk.site.states(1, desk.second)).toEqual([2, 4, 6, 11, 1]);
  expect(detail(desk)).toEqual([]);
  expect(heard(desk)).toMatchObject({ type: 'play' });
  desk.site.ready(3);
  expect(desk.site.calls(3).at(-1)).toMatchObject({
    State: 3,
    PhoneNumber: '0441234',
    CallInfo: { GroupName: 'Group 2', CallingNumber: '0441234' },
    ConsultingCallInfo: { GroupName: 'Group 1' },
    PrivateData: 'vip',
  });
});
