import type { NamedArgumentsOf } from '@cordboard/contract';
import { expect, test } from 'vitest';
import type { Cause } from '../ports/call-manager.ts';
import type { SiteOptions } from '../testing/configuration.ts';
import { createDriver, type Driver } from '../testing/driver.ts';

const loggedOn = (options: SiteOptions = {}): Driver => {
  const site = createDriver(options);
  site.logOn(1);
  return site;
};
const make = (site: Driver, wanted: Partial<NamedArgumentsOf<'makeCall'>> = {}, requestId?: string) =>
  site.request(1, { method: 'makeCall', arguments: { number: '0049123', ...wanted } }, requestId);
const last = (site: Driver) => site.calls(1).at(-1);
const originated = (site: Driver) => site.commands.filter(each => each.type === 'originate');

test("CAL-40 MakeCall calls the agent's own phone, which answers by itself, and then the number", () => {
  const site = loggedOn();
  expect(make(site)).toEqual({ ok: true, value: true });
  expect(originated(site)).toMatchObject([{ to: { extension: '1001' }, answering: 'immediately' }]);
  expect(last(site)).toMatchObject({ State: 2, Incoming: false, Type: 2, PhoneNumber: '0049123' });
  site.answered('l1');
  expect(originated(site)[1]).toMatchObject({
    to: { uri: 'sip:0049123@trunk' },
    callerNumber: '1001',
    callerName: 'Agent 1',
    ringSeconds: 60,
  });
  site.report({ type: 'alerting', leg: 'l2' });
  expect(site.commands.at(-1)).toEqual({
    type: 'setMedia',
    leg: 'l1',
    media: { type: 'play', sounds: [{ type: 'tone', name: 'ringback' }] },
  });
  site.answered('l2');
  expect(site.commands.at(-1)).toEqual({
    type: 'setMedia',
    leg: 'l1',
    media: { type: 'connected', with: 'l2' },
  });
  site.cleared('l2');
  expect(site.states(1, last(site)?.ID ?? 0)).toEqual([2, 4, 6, 11, 1]);
});

const failures: [cause: Cause, description: string, tone: string][] = [
  ['busy', 'Busy', 'busy'],
  ['noAnswer', 'No answer', 'congestion'],
  ['unknownNumber', 'Unknown number', 'congestion'],
  ['rejected', 'Rejected', 'congestion'],
  ['unreachable', 'Unreachable', 'congestion'],
];

test.each(failures)(
  'CAL-41 a number that is not reached (%s) is Failed, says why, and the agent hears a tone until he hangs up',
  (cause, description, tone) => {
    const site = loggedOn();
    make(site);
    site.answered('l1');
    site.cleared('l2', cause);
    expect(last(site)).toMatchObject({ State: -1, StateDescription: description, CanHangup: true });
    expect(site.commands.at(-1)).toEqual({
      type: 'setMedia',
      leg: 'l1',
      media: { type: 'play', sounds: [{ type: 'tone', name: tone }] },
    });
    expect(site.request(1, { method: 'hangupActiveCall', arguments: {} }).ok).toBe(true);
    expect(site.states(1, last(site)?.ID ?? 0)).toEqual([2, -1, 11, 1]);
  },
);

test('CAL-42 without a way outside, an unknown number fails', () => {
  const site = loggedOn({ change: { outsideUri: '' } });
  make(site, { number: '4711' });
  site.answered('l1');
  expect(last(site)).toMatchObject({ State: -1, StateDescription: 'Unknown number' });
});

test("CAL-43 the agent's own phone does not come up: the session ends and the request is told to have failed", () => {
  const site = loggedOn();
  make(site, {}, 'mine');
  site.cleared('l1', 'noAnswer');
  expect(site.states(1, last(site)?.ID ?? 0)).toEqual([2, 11, 1]);
  expect(site.published.map(each => each.item)).toContainEqual({
    event: 'operationFailed',
    values: ['mine', { reason: 'cannotMakeCall', detail: 'the phone: noAnswer' }],
  });
});

test('CAL-44 the name given is shown, and otherwise that of the agent or group called', () => {
  const site = loggedOn();
  site.logOn(2);
  make(site, { name: 'Aunt' });
  expect(last(site)?.CallerName).toBe('Aunt');
  site.request(1, { method: 'hangupActiveCall', arguments: {} });
  make(site, { number: '1002', name: null });
  expect(last(site)?.CallerName).toBe('Agent 2');
});

const written = [
  ['(0) 49-12.3/4', '0491234'],
  ['+49 123', '+49123'],
  ['*31#', '*31#'],
];

test.each(written)('CAL-45 what people write between digits is left out: %s', (number, dialled) => {
  const site = loggedOn();
  make(site, { number });
  expect(last(site)?.PhoneNumber).toBe(dialled);
});

const undiallable = ['', '  ', 'abc', '12@host', `${'1'.repeat(65)}`, '<1>', '1\r\nInvite'];

test.each(undiallable)('CAL-46 what cannot be dialled is refused: %j', number => {
  const site = loggedOn();
  expect(make(site, { number })).toEqual({ ok: false, refusal: { reason: 'invalidNumber' } });
  expect(originated(site)).toEqual([]);
});

const translating: SiteOptions = {
  change: {
    emergencyNumbers: ['112'],
    numberTranslation: [
      { pattern: '^112$', replacement: '999' },
      { pattern: '^0([1-9].*)$', replacement: '+49$1' },
      { pattern: '^0', replacement: '8' },
    ],
  },
};

test.each([
  ['the first rule that matches', '0 30 12', true, '+493012'],
  ['a later one, when the first does not', '0030', true, '8030'],
  ['no rule, when none matches', '77', true, '77'],
  ['no rule, when it is not asked for', '03012', false, '03012'],
  ['no rule for an emergency number', '112', true, '112'],
])('CAL-47 number translation uses %s', (_, number, useNumberTranslation, dialled) => {
  const site = loggedOn(translating);
  make(site, { number, useNumberTranslation });
  expect(last(site)?.PhoneNumber).toBe(dialled);
});

test('CAL-48 with an active call it is a consultation, and the active call is held first', () => {
  const site = createDriver();
  const { id } = site.talk(1);
  make(site);
  expect(site.call(1, id).State).toBe(8);
  expect(last(site)).toMatchObject({ State: 2, Type: 3 });
  expect(site.call(1, id).CanRetrieve).toBe(false);
  expect(site.request(1, { method: 'retrieveCall', arguments: { callId: id } })).toMatchObject({
    refusal: { reason: 'anotherCallStarts' },
  });
  site.answered(site.lastLeg());
  site.answered(site.lastLeg());
  expect(site.call(1, id).CanRetrieve).toBe(true);
});

test('CAL-49 a failed call is cleared by the next one', () => {
  const site = loggedOn();
  make(site);
  const failed = last(site)?.ID ?? 0;
  site.answered('l1');
  site.cleared('l2', 'busy');
  expect(make(site, { number: '77' }).ok).toBe(true);
  expect(site.call(1, failed).State).toBe(1);
});

test('CAL-50 no call can be made without a phone, while another is being set up, or without the privilege', () => {
  const site = createDriver({ agent: id => (id === 2 ? { privileges: [] } : {}) });
  expect(make(site)).toMatchObject({ refusal: { reason: 'notLoggedOn' } });
  site.logOn(1);
  site.logOn(2);
  make(site);
  expect(make(site)).toMatchObject({ refusal: { reason: 'cannotMakeCall' } });
  site.cleared('l1');
  site.report({ type: 'unregistered', extension: '1001' });
  expect(make(site)).toMatchObject({ refusal: { reason: 'phoneNotRegistered' } });
  expect(site.request(2, { method: 'makeCall', arguments: { number: '77' } })).toMatchObject({
    refusal: { reason: 'missingPrivilege' },
  });
});

test('CAL-51 to a service number: the queue answers, with greeting and music for the agent', () => {
  const site = loggedOn();
  make(site, { number: '501' });
  site.answered('l1');
  expect(last(site)).toMatchObject({ State: 6, CallerName: 'Group 1' });
  expect(site.states(1, last(site)?.ID ?? 0)).toEqual([2, 4, 6]);
  site.logOn(2);
  site.ready(2);
  expect(site.calls(2).at(-1)).toMatchObject({ State: 3, PhoneNumber: '1001', CallerName: 'Agent 1' });
});

test('CAL-52 hung up while the number is still being called, the attempt is given up', () => {
  const site = loggedOn();
  make(site);
  site.answered('l1');
  site.request(1, { method: 'hangupActiveCall', arguments: {} });
  expect(site.commands.slice(-2)).toEqual([
    { type: 'clear', leg: 'l1', cause: 'normal' },
    { type: 'clear', leg: 'l2', cause: 'normal' },
  ]);
  expect(site.states(1, last(site)?.ID ?? 0)).toEqual([2, 11, 1]);
});
