import type { NamedArgumentsOf } from '@cordboard/contract';
import { expect, test } from 'vitest';
import { createDriver, type Driver } from '../testing/driver.ts';

const loggedOn = (): Driver => {
  const site = createDriver();
  site.logOn(1);
  return site;
};
const set = (site: Driver, wanted: NamedArgumentsOf<'setReadyStatus'>) =>
  site.request(1, { method: 'setReadyStatus', arguments: wanted });
const reason = (site: Driver) => {
  const { ReadyStatus, VoiceNotReadyReasonID, VoiceNotReadyReasonString } = site.user(1);
  return [ReadyStatus, VoiceNotReadyReasonID, VoiceNotReadyReasonString];
};

test.each([
  ['its id', { reasonId: 4 }, [false, 4, 'Lunch']],
  ['its name, whatever the case and the blanks around it', { reasonName: ' break ' }, [false, 5, 'Break']],
  ['its id, which wins over the name', { reasonId: 5, reasonName: 'Lunch' }, [false, 5, 'Break']],
  ['nothing', { reasonId: 0, reasonName: '' }, [false, 0, '']],
  ['null', { reasonId: null, reasonName: null }, [false, 0, '']],
])('AGT-20 Not Ready with a reason by %s', (_, wanted, expected) => {
  const site = loggedOn();
  site.ready(1);
  expect(set(site, { status: false, ...wanted })).toEqual({ ok: true, value: true });
  expect(reason(site)).toEqual(expected);
});

test.each([
  { reasonId: 99 },
  { reasonName: 'Siesta' },
  { reasonId: -1 },
  { reasonId: 99, reasonName: 'Lunch' },
])('AGT-21 an unknown reason is refused and changes nothing: %j', wanted => {
  const site = loggedOn();
  site.ready(1);
  expect(set(site, { status: false, ...wanted })).toEqual({
    ok: false,
    refusal: { reason: 'unknownReason' },
  });
  expect(reason(site)).toEqual([true, 0, '']);
});

test('AGT-22 each change is told, also that of the reason alone; the same again is not', () => {
  const site = loggedOn();
  const told = (wanted: NamedArgumentsOf<'setReadyStatus'>) => {
    const from = site.published.length;
    set(site, wanted);
    return site.published.slice(from).filter(each => each.item.event === 'OnUserStatusUpdate').length;
  };
  expect(told({ status: true })).toBe(1);
  expect(told({ status: true })).toBe(0);
  expect(told({ status: false, reasonId: 4 })).toBe(1);
  expect(told({ status: false, reasonId: 5 })).toBe(1);
  expect(told({ status: false, reasonId: 5 })).toBe(0);
  expect(told({ status: true, reasonId: 99 })).toBe(1);
  expect(reason(site)).toEqual([true, 0, '']);
});

test('AGT-23 Not Ready during a call is accepted and counts from its end on', () => {
  const site = createDriver({ group: () => ({ clericalSeconds: 0 }) });
  const { id, caller } = site.talk(1);
  expect(set(site, { status: false }).ok).toBe(true);
  expect(site.call(1, id).State).toBe(6);
  site.cleared(caller);
  site.arrive(1);
  expect(site.calls(1).at(-1)).toMatchObject({ ID: id, State: 1 });
});

test('AGT-24 Ready in clerical state brings no call before it is over', () => {
  const site = createDriver();
  const { id, caller } = site.talk(1);
  set(site, { status: false });
  site.cleared(caller);
  site.ready(1);
  site.arrive(1);
  expect(site.calls(1).at(-1)).toMatchObject({ ID: id, State: 99 });
  site.pass(30_000);
  expect(site.calls(1).at(-1)).toMatchObject({ State: 3 });
});

test('AGT-25 e-mail with SMS, open media and chat have a flag each', () => {
  const site = loggedOn();
  site.request(1, { method: 'setEmailReadyStatus', arguments: { status: true } });
  site.request(1, { method: 'setOpenMediaReadyStatus', arguments: { status: true } });
  expect(site.user(1)).toMatchObject({
    ReadyStatus: false,
    EmailReadyStatus: true,
    OpenMediaReadyStatus: true,
    ChatReadyStatus: false,
  });
  site.request(1, { method: 'setChatReadyStatus', arguments: { status: true } });
  site.request(1, { method: 'setEmailReadyStatus', arguments: { status: false } });
  expect(site.user(1)).toMatchObject({ EmailReadyStatus: false, ChatReadyStatus: true });
});

test.each([
  ['not logged on', (site: Driver) => site.send({ type: 'logOff', agentId: 1 })],
  ['Not Ready', (site: Driver) => set(site, { status: false })],
  ['without a registered phone', (site: Driver) => site.report({ type: 'unregistered', extension: '1001' })],
  [
    'in a call that he makes',
    (site: Driver) => site.request(1, { method: 'makeCall', arguments: { number: '77' } }),
  ],
])('AGT-26 an agent who is %s is offered no service call', (_, prepare) => {
  const site = loggedOn();
  site.ready(1);
  prepare(site);
  site.arrive(1);
  expect(site.calls(1).filter(each => each.State === 3)).toEqual([]);
  expect(site.state.queues.waiting.size).toBe(1);
});

test('AGT-26 nor is one on whose phone somebody talked before he logged on', () => {
  const site = createDriver();
  site.report({ type: 'registered', extension: '1001', address: '' });
  site.dials('00441', { leg: 'own', extension: '1001', callerNumber: '1001' });
  site.logOn(1);
  site.ready(1);
  site.arrive(1);
  expect(site.calls(1)).toEqual([]);
  site.cleared('own');
  expect(site.calls(1)).toHaveLength(1);
});
