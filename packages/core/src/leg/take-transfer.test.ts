import { expect, test } from 'vitest';
import { consult, consulted, type Desk } from '../testing/consultation.ts';
import { createDriver } from '../testing/driver.ts';

const ask = ({ site }: Pick<Desk, 'site'>, leg: string, to: { number: string } | { leg: string }) => {
  const from = site.commands.length;
  site.report({ type: 'transferRequested', leg, to });
  return site.commands.slice(from);
};
const done = (leg: string, yes = true) => ({ type: 'answerTransfer', leg, done: yes });

test('CAL-140 attended on the phone: the same as TransferCall', () => {
  const desk = consulted();
  const commands = ask(desk, desk.leg, { leg: desk.own });
  expect(commands[0]).toEqual(done(desk.leg));
  expect(commands).toContainEqual({ type: 'clear', leg: desk.leg, cause: 'normal' });
  expect(desk.site.states(1, desk.id)).toEqual([3, 6, 8, 11, 99]);
  expect(desk.site.states(1, desk.second)).toEqual([2, 4, 6, 11, 1]);
  expect(desk.site.call(2, desk.other())).toMatchObject({
    State: 6,
    PhoneNumber: '0441234',
    PrivateData: 'vip',
    ConsultingCallInfo: { GroupName: 'Group 1' },
  });
});

test('CAL-140 it does not matter in which of its two calls the phone asks: the first one’s data go on', () => {
  const desk = consulted();
  ask(desk, desk.own, { leg: desk.leg });
  expect(desk.site.call(2, desk.other())).toMatchObject({ PhoneNumber: '0441234', PrivateData: 'vip' });
});

test('CAL-140 before the third party answers: it rings on, and comes back', () => {
  const desk = consult('1002');
  desk.site.report({ type: 'alerting', leg: desk.far });
  ask(desk, desk.leg, { leg: desk.own });
  expect(desk.site.call(2, desk.other())).toMatchObject({ State: 3, PhoneNumber: '0441234' });
  desk.site.pass(30_000);
  expect(desk.site.calls(1).at(-1)).toMatchObject({ State: 3, Type: 5 });
});

test('CAL-141 blind on the phone: the customer is put through to the number, with his data', () => {
  const site = createDriver({ agents: 3 });
  site.logOn(2);
  const { id, leg, caller } = site.talk(1);
  site.request(1, { method: 'setPrivateData', arguments: { callId: id, data: 'vip' } });
  expect(ask({ site }, leg, { number: '1002' })[0]).toEqual(done(leg));
  expect(site.states(1, id)).toEqual([3, 6, 11, 99]);
  expect(site.calls(2).at(-1)).toMatchObject({
    State: 3,
    PhoneNumber: '0441234',
    PrivateData: 'vip',
    ConsultingCallInfo: { GroupName: 'Group 1' },
  });
  const ringing = site.lastLeg();
  site.answered(ringing);
  expect(site.state.legs.get(caller)?.media).toEqual({ type: 'connected', with: ringing });
});

test('CAL-141 to a service number it is queued; outside it goes outside; the phone’s own display is not asked', () => {
  const site = createDriver({ agents: 3, groups: 2 });
  const { leg, caller } = site.talk(1);
  ask({ site }, leg, { number: '502' });
  expect([...site.state.calls.values()][0]?.service).toMatchObject({
    groupId: 2,
    stage: { type: 'waiting' },
  });
  expect(site.state.legs.get(caller)?.media.type).toBe('play');
  const second = createDriver({ agents: 3 });
  const talk = second.talk(1);
  ask({ site: second }, talk.leg, { number: '0049 89' });
  expect(second.commands.findLast(each => each.type === 'originate')).toMatchObject({
    to: { uri: 'sip:004989@trunk' },
    callerNumber: '0441234',
  });
});

test('CAL-142 a blind transfer that nobody answers rings again at the agent', () => {
  const site = createDriver({ agents: 3 });
  site.logOn(2);
  const { leg } = site.talk(1);
  ask({ site }, leg, { number: '1002' });
  site.cleared(site.lastLeg(), 'busy');
  expect(site.calls(1).at(-1)).toMatchObject({ State: 3, Type: 5, PhoneNumber: '0441234' });
});

test('CAL-143 a phone where nobody is logged on transfers and is recalled in the same way', () => {
  const site = createDriver({ agents: 3 });
  for (const extension of ['1001', '1002']) site.report({ type: 'registered', extension, address: '' });
  site.dials('1001', { leg: 'outside', callerNumber: '077', callerName: 'Berg' });
  const first = site.lastLeg();
  site.answered(first);
  expect(ask({ site }, first, { number: '1002' })[0]).toEqual(done(first));
  site.pass(30_000);
  expect(site.commands.findLast(each => each.type === 'originate')).toMatchObject({
    to: { extension: '1001' },
    callerNumber: '077',
    callerName: 'Berg',
  });
  site.answered(site.lastLeg());
  expect(site.state.legs.get('outside')?.media).toEqual({ type: 'connected', with: site.lastLeg() });
});

test.each([
  ['a number that cannot be dialled', { number: 'nobody' }],
  ['its own extension', { number: '1001' }],
  ['a phone that is not registered', { number: '1003' }],
  ['a leg that there is not', { leg: 'nobody' }],
])('CAL-144 what cannot be done is refused and changes nothing: to %s', (_, to) => {
  const site = createDriver({ agents: 3 });
  const { id, leg } = site.talk(1);
  expect(ask({ site }, leg, to)).toEqual([done(leg, false)]);
  expect(site.call(1, id).State).toBe(6);
});

test('CAL-144 a foreign leg, a busy phone, a queue at both ends, an outside party that asks', () => {
  const desk = consulted();
  expect(ask(desk, desk.leg, { leg: desk.far })).toEqual([done(desk.leg, false)]);
  expect(ask(desk, desk.caller, { number: '1003' })).toEqual([done(desk.caller, false)]);
  expect(ask(desk, 'nobody', { number: '1003' })).toEqual([]);
  const busy = createDriver({ agents: 3 });
  busy.logOn(2);
  const { leg } = busy.talk(1);
  busy.request(2, { method: 'makeCall', arguments: { number: '0049' } });
  expect(ask({ site: busy }, leg, { number: '1002' })).toEqual([done(leg, false)]);
});

const phones = () => {
  const site = createDriver({ agents: 3 });
  site.logOn(1);
  return site;
};

test('CAL-145 an outside party that can be heard before it answers is heard: by an agent who calls it', () => {
  const site = phones();
  site.request(1, { method: 'makeCall', arguments: { number: '0049' } });
  const own = site.lastLeg();
  site.answered(own);
  const far = site.lastLeg();
  site.report({ type: 'earlyMedia', leg: far });
  expect(site.commands.at(-1)).toEqual({
    type: 'setMedia',
    leg: own,
    media: { type: 'connected', with: far },
  });
  expect(site.calls(1).at(-1)?.State).toBe(4);
  expect(site.report({ type: 'earlyMedia', leg: far }).events).toEqual([]);
  const before = site.commands.length;
  site.answered(far);
  expect(site.calls(1).at(-1)?.State).toBe(6);
  expect(site.commands.slice(before)).toEqual([]);
});

test('CAL-146 and by a phone that dialled by itself, which is not answered for it', () => {
  const site = phones();
  site.dials('0049', { leg: 'dialled', extension: '1001' });
  const far = site.lastLeg();
  site.report({ type: 'earlyMedia', leg: far });
  const media = { type: 'connected', with: far };
  expect(site.commands.at(-1)).toEqual({ type: 'progress', leg: 'dialled', media });
  site.answered(far);
  expect(site.commands.at(-1)).toEqual({ type: 'answer', leg: 'dialled', media });
});

test('CAL-141 a call that is being deflected is not put through as well: the phone hears no, the deflection goes on', () => {
  const site = createDriver({ agents: 3 });
  site.logOn(2);
  const { id, leg } = site.talk(1);
  site.request(1, { method: 'deflectCall', arguments: { callId: id, destination: '1002' } });
  const destination = site.lastLeg();
  expect(ask({ site }, leg, { number: '501' })).toEqual([done(leg, false)]);
  site.report({ type: 'alerting', leg: destination });
  expect(site.states(1, id)).toEqual([3, 6, 11, 99]);
  expect(site.calls(2).at(-1)?.State).toBe(3);
});
