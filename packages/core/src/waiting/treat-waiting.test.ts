import { expect, test } from 'vitest';
import { callDetails } from '../record/call-detail.ts';
import { createDispatchSite } from '../testing/dispatch-site.ts';
import { createDriver, type Driver } from '../testing/driver.ts';
import { closedFlow } from '../testing/flows.ts';
import { invariantFaults } from '../testing/invariants.ts';
import type { Overflow, WaitingTreatment } from './waiting.ts';

const plain: WaitingTreatment = {
  announceSeconds: 30,
  announcePosition: true,
  announceWaitingTime: false,
  overflow: null,
  callback: null,
};
const callback = { digit: '1', prompt: ['offer'], accepted: ['accepted'] };

const waitingSite = (waiting: Partial<WaitingTreatment>, second: object = {}): Driver =>
  createDriver({
    agents: 3,
    groups: 2,
    agent: id => ({ agentGroups: [id] }),
    group: id => ({
      agentGroups: [id],
      clericalSeconds: 0,
      ...(id === 1 ? { waiting: { ...plain, ...waiting } } : second),
    }),
  });
const hears = (site: Driver, leg: string): string[] => {
  const media = site.state.legs.get(leg)?.media;
  return media?.type === 'play' ? media.sounds.map(each => ('name' in each ? each.name : each.type)) : [];
};
const overflow = (change: Partial<Overflow>): Overflow => ({
  seconds: 0,
  waitingCalls: 0,
  group: 0,
  number: '',
  agentGroups: [],
  ...change,
});
const groupOf = (site: Driver, leg: string): number | undefined =>
  site.state.calls.get(site.state.legs.get(leg)?.callId ?? 0)?.service?.groupId;
const work = (site: Driver, agentId: number) => {
  site.logOn(agentId);
  site.ready(agentId);
};
const press = (site: Driver, leg: string, digit = '1') => site.report({ type: 'digit', leg, digit });
const played = (site: Driver, leg: string) => site.report({ type: 'playEnded', leg });

test('IVR-30 who waits is told every so often where he stands, and hears music after it', () => {
  const site = waitingSite({});
  const [first, second] = [site.arrive(1), site.arrive(1)];
  site.pass(29_999);
  expect(hears(site, first)).toEqual(['greeting', 'default']);
  site.pass(1);
  expect(hears(site, first)).toEqual(['you-are-number', 'number-1', 'default']);
  expect(hears(site, second)).toEqual(['you-are-number', 'number-2', 'default']);
  site.cleared(first);
  site.pass(30_000);
  expect(hears(site, second)).toEqual(['you-are-number', 'number-1', 'default']);
  const before = site.commands.length;
  site.pass(30_000);
  expect(site.commands).toHaveLength(before + 1);
});

test('IVR-30 what is said again in the same words is played again', () => {
  const site = waitingSite({});
  const first = site.arrive(1);
  const medium = () => site.state.legs.get(first)?.media;
  site.pass(30_000);
  const before = medium();
  site.pass(30_000);
  expect(medium()).not.toEqual(before);
  expect(medium()).toMatchObject({ sounds: before?.type === 'play' ? before.sounds : [] });
});

test('IVR-32 the waiting time is what others have waited lately, less what he has waited', () => {
  const site = waitingSite({ announcePosition: false, announceWaitingTime: true });
  const first = site.arrive(1);
  site.pass(30_000);
  expect(hears(site, first)).toEqual(['waiting-time-below-one-minute', 'default']);
  site.pass(210_000);
  work(site, 1);
  site.answered(site.lastLeg());
  const second = site.arrive(1);
  site.pass(30_000);
  expect(hears(site, second)).toEqual(['waiting-time-about', 'number-4', 'minutes', 'default']);
});

test('IVR-33 nobody is told anything once it rings at an agent, and the timers are gone', () => {
  const site = waitingSite({ overflow: overflow({ seconds: 60, group: 2 }) });
  site.arrive(1);
  work(site, 1);
  expect(site.state.timers.save().map(each => each.type)).not.toContain('announcement');
  expect(site.state.timers.save().map(each => each.type)).not.toContain('overflow');
});

test('IVR-34 after so long a call waits in another group, with its time and its place', () => {
  const site = waitingSite({ overflow: overflow({ seconds: 60, group: 2 }) });
  const caller = site.arrive(1);
  site.pass(50_000);
  site.arrive(2);
  site.pass(10_000);
  expect(groupOf(site, caller)).toBe(2);
  work(site, 2);
  expect(site.calls(2).at(-1)).toMatchObject({
    State: 3,
    CallInfo: { GroupName: 'Group 2', QueueDuration: 60 },
  });
});

test('IVR-34 or goes to a number', () => {
  const site = waitingSite({ overflow: overflow({ seconds: 60, number: '0770' }) });
  site.arrive(1);
  site.pass(60_000);
  expect(site.commands.at(-1)).toMatchObject({ type: 'originate', to: { uri: 'sip:0770@trunk' } });
  expect(site.state.queues.waiting.size).toBe(0);
});

test('IVR-34 two groups that help each other out: he waits in the other as long as others do', () => {
  const back = { waiting: { ...plain, overflow: overflow({ seconds: 60, group: 1 }) } };
  const site = waitingSite({ overflow: overflow({ seconds: 60, group: 2 }) }, back);
  const caller = site.arrive(1);
  site.pass(60_000);
  expect(groupOf(site, caller)).toBe(2);
  site.pass(59_000);
  expect(groupOf(site, caller)).toBe(2);
  site.pass(1000);
  expect(groupOf(site, caller)).toBe(1);
});

test('IVR-35 or is served by more agents, its own first', () => {
  const site = waitingSite({ overflow: overflow({ seconds: 60, agentGroups: [2] }) });
  work(site, 2);
  const caller = site.arrive(1);
  site.pass(59_999);
  expect(site.calls(2)).toEqual([]);
  site.pass(1);
  expect(site.calls(2).at(-1)).toMatchObject({ State: 3, CallInfo: { GroupName: 'Group 1' } });
  expect(groupOf(site, caller)).toBe(1);
  const own = waitingSite({ overflow: overflow({ seconds: 60, agentGroups: [2] }) });
  own.arrive(1);
  own.pass(60_000);
  work(own, 1);
  expect(own.calls(1).at(-1)?.State).toBe(3);
});

test('IVR-36 with more than so many waiting the newest overflows at once', () => {
  const site = waitingSite({ overflow: overflow({ waitingCalls: 2, group: 2 }) });
  const callers = [site.arrive(1), site.arrive(1), site.arrive(1)];
  expect(callers.map(each => groupOf(site, each))).toEqual([1, 1, 2]);
  expect(site.steps.flatMap(callDetails)).toContainEqual(
    expect.objectContaining({ type: 'overflowed', groupId: 1, detail: 'group 2' }),
  );
});

test('IVR-36 groups that overflow to each other do so a bounded number of times', () => {
  const back = { waiting: { ...plain, overflow: overflow({ seconds: 1, group: 1 }) } };
  const site = waitingSite({ overflow: overflow({ seconds: 1, group: 2 }) }, back);
  site.arrive(1);
  site.pass(600_000);
  const rows = site.steps.flatMap(callDetails).filter(each => each.type === 'overflowed');
  expect(rows).toHaveLength(10);
  expect(site.state.queues.waiting.size).toBe(1);
});

test('IVR-40 a caller who takes the call-back is told so and let go; his place stays', () => {
  const site = waitingSite({ callback });
  const caller = site.arrive(1);
  site.pass(30_000);
  expect(hears(site, caller)).toEqual(['you-are-number', 'number-1', 'offer', 'default']);
  press(site, caller, '2');
  expect(hears(site, caller)).toContain('offer');
  press(site, caller);
  expect(hears(site, caller)).toEqual(['accepted']);
  played(site, caller);
  expect(site.commands.at(-1)).toEqual({ type: 'clear', leg: caller, cause: 'normal' });
  expect(site.state.queues.waiting.size).toBe(1);
  expect(invariantFaults(site.state)).toEqual([]);
});

test('IVR-14 the end of what he heard before does not break off what the caller is told last', () => {
  const site = waitingSite({ callback });
  const caller = site.arrive(1);
  press(site, caller);
  expect(site.report({ type: 'playEnded', leg: caller, name: 'flow-1-1-1' }).events).toEqual([]);
  site.report({ type: 'playEnded', leg: caller, name: 'parting' });
  expect(site.commands.at(-1)).toEqual({ type: 'clear', leg: caller, cause: 'normal' });
});

/** A call-back is the only call, and agent 1 becomes free. */
function calledBack(): Driver & { id: number } {
  const site = waitingSite({ callback });
  const caller = site.arrive(1);
  press(site, caller);
  site.cleared(caller);
  site.pass(5000);
  work(site, 1);
  return Object.assign(site, { id: site.calls(1).at(-1)?.ID ?? 0 });
}

test('IVR-41 the agent is offered a session of type Callback; when he answers the customer is called', () => {
  const site = calledBack();
  expect(site.call(1, site.id)).toMatchObject({
    State: 3,
    Type: 4,
    Incoming: true,
    PhoneNumber: '0441234',
    CallInfo: { GroupName: 'Group 1', QueueDuration: 5 },
  });
  const agent = site.lastLeg();
  site.answered(agent);
  expect(site.call(1, site.id).State).toBe(6);
  expect(site.commands.at(-1)).toMatchObject({ type: 'originate', to: { uri: 'sip:0441234@trunk' } });
  const customer = site.lastLeg();
  site.report({ type: 'alerting', leg: customer });
  expect(hears(site, agent)).toEqual(['ringback']);
  site.answered(customer);
  expect(site.state.legs.get(customer)?.media).toEqual({ type: 'connected', with: agent });
  site.cleared(customer);
  expect(site.state.calls.size).toBe(0);
});

test('IVR-43 a call-back that the agent does not answer waits again', () => {
  const site = calledBack();
  site.pass(20_000);
  expect(site.states(1, site.id)).toEqual([3, 1]);
  expect(site.state.queues.waiting.size).toBe(1);
  site.ready(1);
  expect(site.calls(1).at(-1)).toMatchObject({ State: 3, Type: 4 });
});

test('IVR-44 a caller who is still on the line when an agent answers is connected', () => {
  const site = waitingSite({ callback });
  const caller = site.arrive(1);
  press(site, caller);
  work(site, 1);
  const agent = site.lastLeg();
  site.answered(agent);
  expect(site.state.legs.get(caller)?.media).toEqual({ type: 'connected', with: agent });
  played(site, caller);
  expect(site.state.legs.has(caller)).toBe(true);
});

test('IVR-45 no call-back is offered to a caller without a number, nor to an agent', () => {
  const site = waitingSite({ callback });
  const caller = site.arrive(1, '');
  site.pass(30_000);
  expect(hears(site, caller)).not.toContain('offer');
  press(site, caller);
  expect(hears(site, caller)).not.toContain('accepted');
});

test('IVR-46 call-backs survive another call manager', () => {
  const site = waitingSite({ callback });
  const inventory = (instance: string) => ({ instance, legs: [], registrations: [] });
  site.send({ type: 'inventory', inventory: inventory('one'), seq: 0 });
  const caller = site.arrive(1);
  press(site, caller);
  site.cleared(caller);
  site.send({ type: 'inventory', inventory: inventory('two'), seq: 0 });
  expect(site.state.queues.waiting.size).toBe(1);
  expect(site.steps.flatMap(callDetails).map(each => each.type)).toContain('callbackAccepted');
});

const never = { openingHours: [{ name: 'never', timeZone: 'UTC', weekly: [], holidays: [] }] };

test('IVR-50 who calls a closed group gets its flow, and no agent', () => {
  const site = createDriver({
    group: () => ({ openingHours: 'never', closedFlow: 'closed' }),
    change: { ...never, flows: [closedFlow] },
  });
  work(site, 1);
  const caller = site.arrive(1);
  expect(hears(site, caller)).toEqual(['closed']);
  expect(site.calls(1)).toEqual([]);
  played(site, caller);
  expect(site.commands.at(-1)).toEqual({ type: 'clear', leg: caller, cause: 'normal' });
  expect(site.steps.flatMap(callDetails).map(each => each.type)).toContain('diverted');
});

test('IVR-51 without a flow he is cleared', () => {
  const site = createDriver({ group: () => ({ openingHours: 'never' }), change: never });
  const caller = site.arrive(1);
  expect(site.commands.at(-1)).toEqual({ type: 'clear', leg: caller, cause: 'unreachable' });
});

test('IVR-52 who waits already is served, whatever the hour', () => {
  const hours = { name: 'h', timeZone: 'UTC', holidays: [] };
  const site = createDriver({
    group: () => ({ openingHours: 'h' }),
    change: { openingHours: [{ ...hours, weekly: [{ days: ['thu'], from: '00:00', to: '00:01' }] }] },
  });
  site.arrive(1);
  site.pass(120_000);
  work(site, 1);
  const { ID } = site.calls(1).at(-1) ?? { ID: 0 };
  site.request(1, { method: 'rejectServiceCall', arguments: { callId: ID } });
  expect(site.state.queues.waiting.size).toBe(1);
});

test('IVR-37 a call that an agent has reserved overflows only when it is free again', () => {
  const site = createDispatchSite({
    groups: 2,
    group: id => ({
      dispatch: 'mixed',
      ...(id === 1 && { waiting: { ...plain, overflow: overflow({ seconds: 30, group: 2 }) } }),
    }),
  });
  site.picks(1);
  const caller = site.driver.arrive(1);
  const [id = 0] = site.waiting();
  site.reserve(1, 'Voice', id);
  site.driver.pass(35_000);
  expect(groupOf(site.driver, caller)).toBe(1);
  site.reserve(1, 'Voice', id, false);
  site.driver.pass(10_000);
  expect(groupOf(site.driver, caller)).toBe(2);
});

test('IVR-58 an agent who is forced out while the customer is being called back leaves nobody ringing', () => {
  const site = calledBack();
  site.answered(site.lastLeg());
  const customer = site.lastLeg();
  site.send({ type: 'clientLost', agentId: 1, client: 'client-1' });
  site.pass(61_000);
  expect(invariantFaults(site.state)).toEqual([]);
  expect(site.commands).toContainEqual({ type: 'clear', leg: customer, cause: 'normal' });
});
