import { SessionState } from '@cordboard/contract';
import { expect, test } from 'vitest';
import { consult, consulted } from '../testing/consultation.ts';
import { createDriver, type Driver } from '../testing/driver.ts';

const transfer = (site: Driver, callId: number) =>
  site.request(1, { method: 'transferCall', arguments: { callId } });

const information = {
  CallingNumber: '0441234',
  GroupName: 'Group 1',
  QueueDuration: 0,
  IVRData: ['4711'],
  IVRLabels: ['Contract'],
  IVRDataString: '4711',
  IVRLabelString: 'Contract',
};
const nothing = {
  ...information,
  CallingNumber: '',
  GroupName: '',
  IVRData: [],
  IVRLabels: [],
  IVRDataString: '',
  IVRLabelString: '',
};

test('CAL-110 the agent who is consulted sees the first call as ConsultingCallInfo, and its data as they change', () => {
  const { site, id, other: session, second } = consulted();
  const other = session();
  expect(site.call(2, other)).toMatchObject({ Type: 1, ConsultingCallInfo: information, PrivateData: '' });
  expect(site.call(1, second)).toMatchObject({ Type: 3, ConsultingCallInfo: nothing });
  site.request(1, { method: 'setIVRData', arguments: { callId: id, label: 'Contract', data: '0815' } });
  expect(site.call(2, other).ConsultingCallInfo).toMatchObject({ IVRData: ['0815'], IVRDataString: '0815' });
});

test('CAL-110 a consultation about a call that came from no service group tells nothing', () => {
  const site = createDriver({ agents: 3 });
  for (const agentId of [1, 2, 3]) site.logOn(agentId);
  site.request(1, { method: 'makeCall', arguments: { number: '0049' } });
  site.answered(site.lastLeg());
  site.answered(site.lastLeg());
  site.request(1, { method: 'makeCall', arguments: { number: '1002' } });
  site.answered(site.lastLeg());
  expect(site.calls(2).at(-1)).toMatchObject({ State: 3, ConsultingCallInfo: nothing });
});

test('CAL-111 TransferCall joins the customer and the agent consulted; the transferring agent is out', () => {
  const { site, id, second, other: session, caller, leg, own, far } = consulted();
  const other = session();
  expect(transfer(site, id)).toEqual({ ok: true, value: true });
  expect(site.states(1, id)).toEqual([3, 6, 8, 11, 99]);
  expect(site.states(1, second)).toEqual([2, 4, 6, 11, 1]);
  expect(site.states(2, other)).toEqual([3, 6]);
  expect(site.commands.filter(each => each.type === 'clear').map(each => each.leg)).toEqual([leg, own]);
  expect(site.commands.at(-1)).toEqual({
    type: 'setMedia',
    leg: caller,
    media: { type: 'connected', with: far },
  });
  expect(site.state.legs.get(far)?.media).toEqual({ type: 'connected', with: caller });
});

test('CAL-112 the third party keeps its session, and sees the customer with his data', () => {
  const { site, id, other: session } = consulted();
  const other = session();
  site.request(1, { method: 'setName', arguments: { callId: id, name: 'Mr Berg' } });
  transfer(site, id);
  expect(site.call(2, other)).toMatchObject({
    State: 6,
    PhoneNumber: '0441234',
    CallerName: 'Mr Berg',
    IVRData: ['4711'],
    PrivateData: 'vip',
    ConsultingCallInfo: information,
    Type: 1,
  });
});

test('CAL-113 the transferring agent has his wrap-up and is free after it; the third party has none', () => {
  const { site, id, other: session, far } = consulted();
  const other = session();
  transfer(site, id);
  site.pass(30_000);
  expect(site.states(1, id)).toEqual([3, 6, 8, 11, 99, 1]);
  site.ready(2);
  site.cleared(far);
  expect(site.states(2, other)).toEqual([3, 6, 11, 1]);
  expect(site.state.calls.size).toBe(0);
});

test('CAL-114 an internal customer sees the new party', () => {
  const site = createDriver({ agents: 3 });
  for (const agentId of [1, 2, 3]) site.logOn(agentId);
  site.request(3, { method: 'makeCall', arguments: { number: '1001' } });
  site.answered(site.lastLeg());
  site.answered(site.lastLeg());
  const id = site.calls(1).at(-1)?.ID ?? 0;
  const theirs = site.calls(3).at(-1)?.ID ?? 0;
  site.request(1, { method: 'makeCall', arguments: { number: '1002' } });
  expect(site.call(3, theirs).State).toBe(9);
  site.answered(site.lastLeg());
  site.answered(site.lastLeg());
  transfer(site, id);
  expect(site.call(3, theirs)).toMatchObject({
    State: 6,
    PhoneNumber: '1002',
    CallerName: 'Agent 2',
    Type: 2,
  });
  expect(site.calls(2).at(-1)).toMatchObject({ State: 6, PhoneNumber: '1003', CallerName: 'Agent 3' });
  expect(site.states(1, id)).toEqual([3, 6, 8, 11, 1]);
});

test('CAL-115 a call that the agent made himself can be transferred, to an outside party too', () => {
  const { site, id, caller, far } = consult('0049555');
  site.answered(far);
  transfer(site, id);
  expect(site.state.legs.get(far)?.media).toEqual({ type: 'connected', with: caller });
  expect(site.state.sessions.size).toBe(1);
  site.cleared(caller);
  expect(site.commands.at(-1)).toEqual({ type: 'clear', leg: far, cause: 'normal' });
});

test('CAL-116 the call of a caller who was transferred returns to its queue when the agent who has him is forced out', () => {
  const { site, id, other: session } = consulted();
  const other = session();
  transfer(site, id);
  site.send({ type: 'clientLost', agentId: 2, client: 'client-2' });
  site.pass(60_000);
  expect(site.states(2, other)).toEqual([3, 6, 100, 1]);
  expect([...site.state.calls.values()].map(each => each.service?.stage.type)).toEqual(['offered']);
});

test('CAL-117 TransferCall is refused for a call that is not held, or without another that is Calling or Connected', () => {
  const site = createDriver();
  const { id } = site.talk(1);
  expect(transfer(site, id)).toMatchObject({ refusal: { reason: 'notHeld' } });
  expect(transfer(site, 99)).toMatchObject({ refusal: { reason: 'unknownCall' } });
  site.request(1, { method: 'holdActiveCall', arguments: {} });
  expect(transfer(site, id)).toMatchObject({ refusal: { reason: 'noActiveCall' } });
  site.request(1, { method: 'makeCall', arguments: { number: '0049' } });
  expect(transfer(site, id)).toMatchObject({ refusal: { reason: 'notConnected' } });
});

test('CAL-118 hanging up the consultation leaves the first call Held; a busy third party too', () => {
  const { site, id, second, other: session } = consulted();
  const other = session();
  site.request(1, { method: 'hangupCall', arguments: { callId: second } });
  expect(site.states(1, second)).toEqual([2, 4, 6, 11, 1]);
  expect(site.states(2, other)).toEqual([3, 6, 11, 1]);
  expect(site.call(1, id)).toMatchObject({ State: 8, CanRetrieve: true });
  const busy = consult('1002');
  busy.site.cleared(busy.far, 'busy');
  expect(busy.site.call(1, busy.second)).toMatchObject({ State: -1, StateDescription: 'Busy' });
  expect(busy.site.call(1, busy.id).State).toBe(8);
});

test('CAL-119 a customer who hangs up during the consultation ends only his call', () => {
  const { site, id, second, other: session, caller } = consulted();
  const other = session();
  site.cleared(caller);
  expect(site.states(1, id)).toEqual([3, 6, 8, 11, 99]);
  expect([site.call(1, second).State, site.call(2, other).State]).toEqual([6, 6]);
});

test('CAL-117 several who talk are not put into the one place of a queue', () => {
  const { site, conference } = consulted({ agents: 3, groups: 2 });
  expect(conference().ok).toBe(true);
  site.request(1, { method: 'makeCall', arguments: { number: '502' } });
  site.answered(site.lastLeg());
  const held = site.calls(1).findLast(each => each.State === SessionState.Held);
  expect(site.request(1, { method: 'transferCall', arguments: { callId: held?.ID ?? 0 } })).toMatchObject({
    ok: false,
    refusal: { reason: 'notConnected' },
  });
  expect(site.call(1, held?.ID ?? 0).State).toBe(SessionState.Held);
});
