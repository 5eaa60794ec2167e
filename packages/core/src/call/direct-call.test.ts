import { expect, test } from 'vitest';
import { testExtension } from '../testing/configuration.ts';
import { createDriver, type Driver } from '../testing/driver.ts';

const dial = (site: Driver, calledNumber: string, from: { extension?: string; leg?: string } = {}) =>
  site.dials(calledNumber, {
    leg: from.leg ?? 'caller',
    extension: from.extension ?? '',
    callerNumber: from.extension ?? '0441234',
    callerName: 'Customer',
  });
const loggedOn = (...agents: number[]): Driver => {
  const site = createDriver({ agents: 3 });
  for (const agentId of agents) site.logOn(agentId);
  return site;
};

test('CAL-60 a call to an extension rings at the agent who is logged on there, Ready or not', () => {
  const site = loggedOn(1);
  dial(site, '1001');
  expect(site.calls(1).at(-1)).toMatchObject({
    State: 3,
    Incoming: true,
    Type: 1,
    PhoneNumber: '0441234',
    CalledNumber: '1001',
    CanAnswer: true,
    CanReject: false,
    CallInfo: { GroupName: '', CallingNumber: '' },
  });
  site.report({ type: 'alerting', leg: 'l1' });
  expect(site.commands.at(-1)).toEqual({ type: 'alert', leg: 'caller' });
  site.answered('l1');
  expect(site.commands.slice(-2)).toEqual([
    { type: 'answer', leg: 'caller', media: { type: 'connected', with: 'l1' } },
    { type: 'setMedia', leg: 'l1', media: { type: 'connected', with: 'caller' } },
  ]);
  site.cleared('caller');
  expect(site.states(1, site.calls(1).at(-1)?.ID ?? 0)).toEqual([3, 6, 11, 1]);
});

test('CAL-61 where nobody is logged on the phone rings to be answered by hand', () => {
  const site = createDriver({ answering: 'autoAnswer' });
  site.report({ type: 'registered', extension: '1001', address: '' });
  dial(site, '1001');
  expect(site.commands.at(-1)).toMatchObject({ to: { extension: '1001' }, answering: 'phone' });
  site.answered('l1');
  site.cleared('l1');
  expect(site.commands.at(-1)).toEqual({ type: 'clear', leg: 'caller', cause: 'normal' });
  expect(site.state.calls.size).toBe(0);
});

test.each([
  ['an extension whose phone is not registered', '1003', 'unreachable'],
  ['a number that nobody knows, without a way outside', '9', 'unknownNumber'],
])('CAL-62 a caller to %s is cleared with the cause', (_, number, cause) => {
  const site = createDriver({ agents: 3, change: { outsideUri: '' } });
  dial(site, number);
  expect(site.commands).toEqual([{ type: 'clear', leg: 'caller', cause }]);
  expect(site.state.calls.size).toBe(0);
});

test('TRK-30 where the call manager has trunks it gets the number as it was dialled', () => {
  const site = createDriver({ change: { outsideByNumber: true } });
  dial(site, '#31#0701');
  expect(site.commands.at(-1)).toMatchObject({ type: 'originate', to: { number: '#31#0701' } });
});

test('CAL-63 a second direct call may ring beside one under way; answering it holds the first', () => {
  const site = createDriver();
  const { id } = site.talk(1);
  dial(site, '1001');
  const second = site.calls(1).at(-1)?.ID ?? 0;
  expect(site.call(1, second)).toMatchObject({ State: 3, CanAnswer: true });
  expect(site.request(1, { method: 'answerActiveCall', arguments: {} }).ok).toBe(true);
  site.answered(site.lastLeg());
  expect([site.call(1, id).State, site.call(1, second).State]).toEqual([8, 6]);
});

test('CAL-64 while one rings, or with two under way, the extension is busy', () => {
  const site = createDriver();
  site.talk(1);
  dial(site, '1001', { leg: 'second' });
  dial(site, '1001', { leg: 'third' });
  expect(site.commands.at(-1)).toEqual({ type: 'clear', leg: 'third', cause: 'busy' });
  site.answered(site.lastLeg());
  dial(site, '1001', { leg: 'fourth' });
  expect(site.commands.at(-1)).toEqual({ type: 'clear', leg: 'fourth', cause: 'busy' });
});

test.each([
  ['busy', 'busy'],
  ['noAnswer', 'noAnswer'],
  ['unreachable', 'unreachable'],
] as const)(
  'CAL-65 a direct call that the phone does not take (%s) ends; the agent stays Ready',
  (cause, told) => {
    const site = loggedOn(1);
    site.ready(1);
    dial(site, '1001');
    site.cleared('l1', cause);
    expect(site.states(1, site.calls(1)[0]?.ID ?? 0)).toEqual([3, 1]);
    expect(site.commands.at(-1)).toEqual({ type: 'clear', leg: 'caller', cause: told });
    expect(site.user(1).ReadyStatus).toBe(true);
  },
);

test('CAL-66 dialled on the own phone it is an outgoing call of that agent', () => {
  const site = loggedOn(1);
  dial(site, '0049', { extension: '1001' });
  expect(site.calls(1).at(-1)).toMatchObject({ State: 2, Incoming: false, Type: 2, PhoneNumber: '0049' });
  site.report({ type: 'alerting', leg: 'l1' });
  site.answered('l1');
  expect(site.states(1, site.calls(1)[0]?.ID ?? 0)).toEqual([2, 4, 6]);
  expect(site.commands.map(each => each.type)).toEqual(['originate', 'alert', 'answer', 'setMedia']);
});

const tones = [
  ['busy', 'busy'],
  ['unreachable', 'congestion'],
  ['unknownNumber', 'congestion'],
] as const;

test.each(tones)(
  'CAL-67 where the own phone cannot get through (%s), it hears a tone for a while and then gets the cause',
  (cause, tone) => {
    const site = loggedOn(1);
    dial(site, '0049', { extension: '1001' });
    site.cleared('l1', cause);
    expect(site.commands.at(-1)).toEqual({
      type: 'progress',
      leg: 'caller',
      media: { type: 'play', sounds: [{ type: 'tone', name: tone }] },
    });
    const id = site.calls(1)[0]?.ID ?? 0;
    site.pass(19_999);
    expect(site.call(1, id)).toMatchObject({ State: -1, CanHangup: true });
    site.pass(1);
    expect(site.commands.at(-1)).toEqual({ type: 'clear', leg: 'caller', cause });
    expect(site.states(1, id)).toEqual([2, -1, 11, 1]);
    expect(site.state.timers.save()).toEqual([]);
  },
);

test('CAL-67 the agent may hang up before, on his screen or on the phone', () => {
  for (const hangUp of [
    (site: Driver) => site.request(1, { method: 'hangupActiveCall', arguments: {} }),
    (site: Driver) => site.cleared('caller'),
  ]) {
    const site = loggedOn(1);
    dial(site, '0049', { extension: '1001' });
    site.cleared('l1', 'busy');
    hangUp(site);
    expect(site.states(1, site.calls(1)[0]?.ID ?? 0)).toEqual([2, -1, 11, 1]);
    expect(site.state.calls.size + site.state.legs.size + site.state.timers.save().length).toBe(0);
  }
});

test('CAL-67 a phone where nobody is logged on is refused at once', () => {
  const site = loggedOn(2);
  dial(site, '0049', { extension: '1001' });
  site.cleared('l1', 'busy');
  expect(site.commands.at(-1)).toEqual({ type: 'clear', leg: 'caller', cause: 'busy' });
});

test('CAL-67 the next call ends a failed one', () => {
  const site = loggedOn(1);
  dial(site, '0049', { extension: '1001' });
  site.cleared('l1', 'busy');
  const { ID } = site.calls(1)[0] ?? { ID: 0 };
  site.request(1, { method: 'makeCall', arguments: { number: '0049' } });
  expect(site.commands).toContainEqual({ type: 'clear', leg: 'caller', cause: 'busy' });
  expect(site.states(1, ID)).toEqual([2, -1, 11, 1]);
});

test('CAL-68 an internal call is an outgoing one here and an incoming one there', () => {
  const site = loggedOn(1, 2);
  site.request(1, { method: 'makeCall', arguments: { number: testExtension(2) } });
  site.answered('l1');
  site.report({ type: 'alerting', leg: 'l2' });
  expect(site.calls(1).at(-1)).toMatchObject({ State: 4, PhoneNumber: '1002' });
  expect(site.calls(2).at(-1)).toMatchObject({
    State: 3,
    Type: 1,
    PhoneNumber: '1001',
    CallerName: 'Agent 1',
  });
  site.request(2, { method: 'answerActiveCall', arguments: {} });
  site.answered('l2');
  site.request(1, { method: 'hangupActiveCall', arguments: {} });
  expect(site.states(1, site.calls(1)[0]?.ID ?? 0)).toEqual([2, 4, 6, 11, 1]);
  expect(site.states(2, site.calls(2)[0]?.ID ?? 0)).toEqual([3, 6, 11, 1]);
});

test('CAL-69 an extension that calls itself is busy', () => {
  const site = loggedOn(1);
  dial(site, '1001', { extension: '1001' });
  expect(site.calls(1).find(each => each.State === -1)?.StateDescription).toBe('Busy');
});

test('CAL-70 a number that goes outside cannot bring anything else into the address', () => {
  const site = createDriver();
  dial(site, '1@evil;x=#');
  expect(site.commands.at(-1)).toMatchObject({ to: { uri: 'sip:1%40evil%3Bx%3D%23@trunk' } });
});

test('CAL-71 names and numbers from the network are cut to 256 characters', () => {
  const site = loggedOn(1);
  site.dials('1001', { leg: 'caller', callerNumber: '1'.repeat(9999), callerName: 'x'.repeat(9999) });
  expect(site.calls(1)[0]?.CallerName).toHaveLength(256);
  expect(site.calls(1)[0]?.PhoneNumber).toHaveLength(256);
});
