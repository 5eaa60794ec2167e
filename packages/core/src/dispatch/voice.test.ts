import { CallType, SessionState } from '@cordboard/contract';
import { expect, test } from 'vitest';
import { createDispatchSite, type DispatchSite } from '../testing/dispatch-site.ts';

const accepted = { ok: true, value: true };
const refused = (reason: string) => ({ ok: false, refusal: { reason } });
const told = (site: DispatchSite, agentId: number) =>
  site.news(agentId).map(({ update, id }) => [update, id]);

/** One caller waits, nobody is Ready. */
const withCaller = () => {
  const site = createDispatchSite({ groups: 2 });
  site.picks(1);
  site.picks(2);
  const caller = site.driver.arrive(1);
  const [id = 0] = site.waiting();
  return { site, caller, id };
};

test('DSP-01 subscribing and enabling show what waits, in whichever order they come', () => {
  const { site, id } = withCaller();
  site.driver.logOn(3);
  expect(site.subscribe(3, 'Voice')).toEqual(accepted);
  expect(told(site, 3)).toEqual([]);
  site.enable(3);
  expect(told(site, 3)).toEqual([['add', id]]);
  site.enable(3, false);
  site.driver.arrive(2);
  expect(told(site, 3)).toEqual([]);
  site.enable(3);
  expect(told(site, 3)).toEqual(site.waiting().map(each => ['add', each]));
  site.subscribe(3, 'Voice');
  expect(told(site, 3)).toEqual(site.waiting().map(each => ['add', each]));
});

test('DSP-02 a waiting call is told with all documented properties, and its end with what was known last', () => {
  const { site, caller, id } = withCaller();
  const [news] = site.news(1);
  expect(news).toMatchObject({ kind: 'Voice', update: 'add' });
  expect(news?.item).toEqual({
    ID: id,
    ReservedAgentID: 0,
    ReservedAgentName: '',
    ServiceGroupID: 1,
    QueueStartTime: new Date(site.driver.now).toISOString(),
    Number: '0441234',
    CalledNumber: '501',
    IVR: '',
    IVRData: [],
    IVRLabels: [],
    IVRDataString: '',
    IVRLabelString: '',
  });
  site.driver.cleared(caller);
  expect(site.news(1)).toEqual([{ ...news, update: 'delete' }]);
});

test('DSP-03 a subscription is for one group or, with 0, for all; unsubscribing from one cuts no hole in all', () => {
  const site = createDispatchSite({ groups: 2 });
  site.driver.logOn(1);
  site.enable(1);
  site.subscribe(1, 'Voice', 2);
  site.driver.arrive(1);
  site.driver.arrive(2);
  const [first, second] = site.waiting();
  expect(told(site, 1)).toEqual([['add', second]]);
  site.subscribe(1, 'Voice', 0);
  expect(told(site, 1)).toEqual([
    ['add', first],
    ['add', second],
  ]);
  expect(site.subscribe(1, 'Voice', 2, false)).toEqual(accepted);
  site.driver.arrive(2);
  expect(told(site, 1)).toEqual([['add', site.waiting()[2]]]);
  site.subscribe(1, 'Voice', 0, false);
  site.driver.arrive(2);
  expect(told(site, 1)).toEqual([]);
});

test('DSP-04 an unknown group, one of another tenant and one of another medium are refused', () => {
  const site = createDispatchSite({
    groups: 3,
    group: id => ({ tenantId: id === 2 ? 2 : 1, media: id === 3 ? 'email' : 'voice' }),
  });
  site.driver.logOn(1);
  expect(site.subscribe(1, 'Voice', 9)).toEqual(refused('unknownServiceGroup'));
  expect(site.subscribe(1, 'Voice', 2)).toEqual(refused('unknownServiceGroup'));
  expect(site.subscribe(1, 'Personal', 3)).toEqual(refused('wrongMedia'));
  const emails = (serviceGroupId: number) =>
    site.ask(1, { method: 'subscribeDispatchEmails', arguments: { serviceGroupId, subscribe: true } });
  expect([emails(3), emails(1)]).toEqual([accepted, refused('wrongMedia')]);
});

test('DSP-05 subscriptions survive disabling and end with the log-off', () => {
  const { site, id } = withCaller();
  site.news(1);
  site.enable(1, false);
  site.enable(1);
  expect(told(site, 1)).toEqual([['add', id]]);
  site.driver.send({ type: 'logOff', agentId: 1 });
  site.driver.logOn(1);
  site.enable(1);
  expect(told(site, 1)).toEqual([]);
  expect(site.retrieve(1, 'Voice', id)).toEqual(refused('notSubscribed'));
});

test('DSP-06 a call that is offered at once is nobody’s news', () => {
  const site = createDispatchSite();
  site.picks(1);
  site.driver.logOn(2);
  site.driver.ready(2);
  site.driver.arrive(1);
  expect(told(site, 1)).toEqual([]);
});

test('DSP-10 retrieving delivers the call, under its id, to one who is Not Ready, and takes it from all others', () => {
  const { site, id } = withCaller();
  told(site, 2);
  site.driver.pass(7_000);
  expect(site.retrieve(1, 'Voice', id)).toEqual(accepted);
  expect(site.driver.call(1, id)).toMatchObject({
    State: SessionState.Offered,
    Type: CallType.Incoming,
    CallInfo: { GroupName: 'Group 1', QueueDuration: 7 },
  });
  expect(told(site, 2)).toEqual([['delete', id]]);
  expect(site.retrieve(2, 'Voice', id)).toEqual(refused('itemGone'));
  site.driver.answered(site.driver.lastLeg());
  expect(site.driver.call(1, id).State).toBe(SessionState.Connected);
});

test('DSP-11 it is refused without enabling, without subscribing, without the privilege, for another kind, and for what is gone', () => {
  const { site, caller, id } = withCaller();
  site.enable(1, false);
  expect(site.retrieve(1, 'Voice', id)).toEqual(refused('notSubscribed'));
  site.enable(1);
  site.subscribe(1, 'Voice', 0, false);
  site.subscribe(1, 'Voice', 2);
  expect(site.retrieve(1, 'Voice', id)).toEqual(refused('notSubscribed'));
  expect(site.retrieve(2, 'Personal', id)).toEqual(refused('itemGone'));
  site.driver.cleared(caller);
  expect(site.retrieve(2, 'Voice', id)).toEqual(refused('itemGone'));
  const plain = createDispatchSite({ agent: () => ({ privileges: [] }) });
  plain.driver.logOn(1);
  expect(plain.subscribe(1, 'Voice')).toEqual(refused('missingPrivilege'));
});

test('DSP-12 it is refused while a call rings, dials or is cleared at the agent, and without a registered phone', () => {
  const { site, id } = withCaller();
  site.driver.arrive(1);
  const [, second = 0] = site.waiting();
  site.retrieve(1, 'Voice', id);
  expect(site.retrieve(1, 'Voice', second)).toEqual(refused('cannotMakeCall'));
  site.driver.report({ type: 'unregistered', extension: '1002' });
  expect(site.retrieve(2, 'Voice', second)).toEqual(refused('phoneNotRegistered'));
});

test('DSP-13 what is picked beside an active call rings; answering it holds that one', () => {
  const { site, id } = withCaller();
  site.driver.arrive(1);
  const [, second = 0] = site.waiting();
  site.retrieve(1, 'Voice', id);
  site.driver.answered(site.driver.lastLeg());
  expect(site.retrieve(1, 'Voice', second)).toEqual(accepted);
  site.driver.answered(site.driver.lastLeg());
  expect([site.driver.call(1, id).State, site.driver.call(1, second).State]).toEqual([
    SessionState.Held,
    SessionState.Connected,
  ]);
});

test('DSP-14 a picked call that is not answered goes back to its place, and who did not answer keeps his reason', () => {
  const { site, id } = withCaller();
  site.ask(1, { method: 'setReadyStatus', arguments: { status: false, reasonId: 4 } });
  site.retrieve(1, 'Voice', id);
  told(site, 2);
  site.driver.pass(21_000);
  expect(site.driver.call(1, id).State).toBe(SessionState.Idle);
  const [back] = site.news(2);
  expect(back).toMatchObject({
    update: 'add',
    item: { QueueStartTime: new Date(site.driver.now - 21_000).toISOString() },
  });
  expect(site.waiting()).toEqual([back?.id]);
  expect(site.driver.user(1).VoiceNotReadyReasonString).toBe('Lunch');
});

test('DSP-20 reserving tests and sets: one has it, all are told who, and for him again nothing changes', () => {
  const { site, id } = withCaller();
  told(site, 2);
  expect(site.reserve(1, 'Voice', id)).toEqual(accepted);
  expect(site.news(2)).toMatchObject([
    { update: 'update', item: { ReservedAgentID: 1, ReservedAgentName: 'Agent 1' } },
  ]);
  expect(site.reserve(1, 'Voice', id)).toEqual(accepted);
  expect(site.reserve(2, 'Voice', id)).toEqual(refused('reservedByAnother'));
  expect(site.reserve(2, 'Voice', id, false)).toEqual(refused('reservedByAnother'));
  expect(site.retrieve(2, 'Voice', id)).toEqual(refused('reservedByAnother'));
  expect(told(site, 2)).toEqual([]);
  expect(site.reserve(1, 'Voice', id, false)).toEqual(accepted);
  expect(site.news(2)).toMatchObject([{ update: 'update', item: { ReservedAgentID: 0 } }]);
});

test('DSP-21 the router leaves a reserved call alone, and offers it when it is free again', () => {
  const { site, id } = withCaller();
  site.reserve(1, 'Voice', id);
  site.driver.logOn(3);
  site.driver.ready(3);
  expect(site.driver.calls(3)).toEqual([]);
  site.driver.arrive(1);
  expect(site.driver.calls(3)).toHaveLength(1);
  site.driver.answered(site.driver.lastLeg());
  site.driver.ready(2);
  site.reserve(1, 'Voice', id, false);
  expect(site.driver.call(2, id).State).toBe(SessionState.Offered);
});

test('DSP-22 a reservation ends with its lease, and with the log-off of who made it', () => {
  const { site, id } = withCaller();
  site.reserve(1, 'Voice', id);
  site.driver.pass(119_000);
  expect(site.reserve(2, 'Voice', id)).toEqual(refused('reservedByAnother'));
  site.driver.pass(2_000);
  expect(site.reserve(2, 'Voice', id)).toEqual(accepted);
  site.driver.send({ type: 'logOff', agentId: 2 });
  expect(site.reserve(1, 'Voice', id)).toEqual(accepted);
});

test('DSP-23 who has reserved a call retrieves it', () => {
  const { site, id } = withCaller();
  site.reserve(1, 'Voice', id);
  expect(site.retrieve(1, 'Voice', id)).toEqual(accepted);
  expect(site.driver.state.timers.has('reservation', id)).toBe(false);
});

test('DSP-24 a group is for the router, for picking, or for both', () => {
  const ways = { push: 1, pick: 2, mixed: 3 } as const;
  const site = createDispatchSite({
    groups: 3,
    group: id => ({ dispatch: id === ways.push ? 'push' : id === ways.pick ? 'pick' : 'mixed' }),
  });
  site.picks(1);
  for (const groupId of [ways.push, ways.pick, ways.mixed]) site.driver.arrive(groupId);
  expect(site.news(1).map(each => each.item['ServiceGroupID'])).toEqual([ways.pick, ways.mixed]);
  for (const agentId of [2, 3]) {
    site.driver.logOn(agentId);
    site.driver.ready(agentId);
  }
  expect([2, 3].map(each => site.driver.calls(each)[0]?.CallInfo.GroupName)).toEqual(['Group 1', 'Group 3']);
  expect(site.waiting()).toHaveLength(1);
});

test('DSP-25 reserving e-mails and SMS is not supported, and nothing of the other media waits yet', () => {
  const site = createDispatchSite();
  site.driver.logOn(1);
  const wanted = { callId: 1, reserve: true };
  expect(site.ask(1, { method: 'reserveDispatchEmail', arguments: wanted })).toEqual(refused('notSupported'));
  expect(site.ask(1, { method: 'reserveDispatchSMS', arguments: wanted })).toEqual(refused('notSupported'));
  const retrieve = () => site.ask(1, { method: 'retrieveDispatchEmail', arguments: { callId: 1 } });
  expect(retrieve()).toEqual(refused('notSubscribed'));
  site.ask(1, { method: 'subscribeDispatchEmails', arguments: { serviceGroupId: 0, subscribe: true } });
  site.enable(1);
  expect(retrieve()).toEqual(refused('itemGone'));
});

test('DSP-26 data that a waiting caller’s call gets is told as an update', () => {
  const { site } = withCaller();
  site.driver.logOn(3);
  site.ask(3, { method: 'makeCall', arguments: { number: '501' } });
  site.driver.answered(site.driver.lastLeg());
  const made = site.driver.calls(3).at(-1)?.ID ?? 0;
  told(site, 1);
  site.ask(3, { method: 'setIVRData', arguments: { callId: made, label: 'Account', data: '7' } });
  expect(site.news(1)).toMatchObject([{ update: 'update', item: { IVR: '7', IVRLabelString: 'Account' } }]);
});

test('DSP-27 a reservation goes with the place in the queue, when a consultation that waits there is transferred', () => {
  const site = createDispatchSite({ agents: 3, group: () => ({ dispatch: 'mixed' }) });
  site.picks(2);
  const { driver } = site;
  driver.logOn(1);
  driver.dials('1001', { callerNumber: '077' });
  driver.answered(driver.lastLeg());
  const [first = 0] = driver.state.agents.get(1)?.sessions ?? [];
  driver.request(1, { method: 'makeCall', arguments: { number: '501' } });
  driver.answered(driver.lastLeg());
  const [item = 0] = site.waiting();
  expect(site.reserve(2, 'Voice', item)).toEqual({ ok: true, value: true });
  expect(driver.request(1, { method: 'transferCall', arguments: { callId: first } }).ok).toBe(true);
  driver.logOn(3);
  driver.ready(3);
  expect(driver.calls(3)).toEqual([]);
  expect(site.retrieve(2, 'Voice', item)).toEqual({ ok: true, value: true });
  expect(driver.call(2, item)).toMatchObject({ State: 3, PhoneNumber: '077' });
});
