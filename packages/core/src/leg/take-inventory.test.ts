import { expect, test } from 'vitest';
import type { CallManagerInventory, LegInventory, LegMedia } from '../ports/call-manager.ts';
import { consult, consulted } from '../testing/consultation.ts';
import { createDriver, type Driver } from '../testing/driver.ts';
import { menuFlow } from '../testing/flows.ts';

const legsOf = (site: Driver): LegInventory[] =>
  [...site.state.legs.values()].map(leg => ({
    leg: leg.id,
    direction: leg.direction,
    state: leg.progress,
    media: leg.media,
    held: leg.held,
    recording: false,
  }));

const attach = (site: Driver, change: Partial<CallManagerInventory> = {}) =>
  site.send({
    type: 'inventory',
    seq: site.state.callManager.seq,
    inventory: {
      instance: 'one',
      legs: legsOf(site),
      registrations: [{ extension: '1001', address: '10.0.0.1' }],
      ...change,
    },
  });

test('CAL-100 a call manager that has what is wanted is told nothing, and no call is touched', () => {
  const site = createDriver();
  const { id } = site.talk(1);
  expect(attach(site).commands).toEqual([]);
  expect(site.call(1, id).State).toBe(6);
});

test('CAL-100 a call dialled on a phone keeps its speech when the call manager comes back', () => {
  const site = createDriver();
  site.logOn(1);
  site.logOn(2);
  site.dials('1002', { leg: 'dialled', extension: '1001', callerNumber: '1001' });
  site.report({ type: 'alerting', leg: 'l1' });
  site.report({ type: 'answered', leg: 'l1', remoteAddress: '' });
  const speech = (leg: string) => site.state.legs.get(leg)?.media;
  expect([speech('dialled'), speech('l1')]).toEqual([
    { type: 'connected', with: 'l1' },
    { type: 'connected', with: 'dialled' },
  ]);
  expect(attach(site).commands).toEqual([]);
});

test('CAL-101 a leg that is gone meanwhile ends its call', () => {
  const site = createDriver();
  const { id, caller } = site.talk(1);
  attach(site, { legs: legsOf(site).filter(each => each.leg !== caller) });
  expect(site.call(1, id).State).toBe(99);
});

test('CAL-102 a phone that was to be called is called again under the same id', () => {
  const site = createDriver();
  site.logOn(1);
  site.ready(1);
  site.arrive(1);
  const { commands } = attach(site, { legs: legsOf(site).filter(each => each.direction === 'incoming') });
  expect(commands).toMatchObject([{ type: 'originate', leg: 'l1' }]);
});

test('CAL-103 what was ordered and did not arrive is ordered again', () => {
  const site = createDriver();
  const { caller, leg } = site.talk(1);
  site.request(1, { method: 'holdActiveCall', arguments: {} });
  const legs = legsOf(site).map(each => ({ ...each, media: { type: 'none' } as const, held: false }));
  expect(attach(site, { legs }).commands).toEqual([
    { type: 'setMedia', leg: caller, media: { type: 'play', sounds: [{ type: 'music', name: 'default' }] } },
    { type: 'setHold', leg, on: true },
  ]);
});

test('CAL-103 so is clearing, answering and picking up', () => {
  const site = createDriver();
  site.logOn(1);
  site.ready(1);
  const caller = site.arrive(1);
  site.request(1, { method: 'answerActiveCall', arguments: {} });
  const legs = legsOf(site).map(each => ({ ...each, state: 'alerting' as const }));
  expect(attach(site, { legs }).commands.map(each => [each.type, each.leg])).toEqual([
    ['answer', caller],
    ['pickUp', 'l1'],
  ]);
  site.clears = false;
  site.cleared(caller);
  expect(attach(site).commands).toEqual([{ type: 'clear', leg: 'l1', cause: 'normal' }]);
});

test('CAL-104 a waiting caller whose greeting is over does not hear it again', () => {
  const site = createDriver();
  const caller = site.arrive(1);
  const playing: LegMedia = { type: 'play', sounds: [{ type: 'music', name: 'default' }] };
  const legs = legsOf(site).map(each => ({ ...each, media: playing }));
  expect(attach(site, { legs }).commands).toEqual([]);
  expect(site.state.queues.waiting.size).toBe(1);
  expect(site.state.legs.has(caller)).toBe(true);
});

test('CAL-103 so is a prompt, where the call manager has the same sounds by another name', () => {
  const site = createDriver({ change: { flows: [menuFlow] } });
  site.dials('702', { leg: 'led', callerNumber: '077' });
  expect(attach(site).commands).toEqual([]);
  const wanted = site.state.legs.get('led')?.media ?? { type: 'none' };
  const legs = legsOf(site).map(each => ({ ...each, media: { ...wanted, name: 'earlier' } as LegMedia }));
  expect(attach(site, { legs }).commands).toEqual([{ type: 'setMedia', leg: 'led', media: wanted }]);
});

test('CAL-105 a leg that nobody knows is cleared', () => {
  const site = createDriver();
  const stranger = {
    leg: 'stranger',
    direction: 'incoming',
    state: 'up',
    media: { type: 'none' },
    held: false,
    recording: false,
  } as const;
  expect(attach(site, { legs: [stranger] }).commands).toEqual([
    { type: 'clear', leg: 'stranger', cause: 'unreachable' },
  ]);
});

test('CAL-106 what was answered meanwhile is known now', () => {
  const site = createDriver();
  site.logOn(1);
  site.ready(1);
  site.arrive(1);
  attach(site, { legs: legsOf(site).map(each => ({ ...each, state: 'up' as const })) });
  expect(site.calls(1).at(-1)?.State).toBe(6);
});

test('CAL-107 with another instance every call is over: sessions end, waiting callers are gone, agents stay Ready', () => {
  const site = createDriver();
  attach(site);
  const { id } = site.talk(1);
  site.logOn(2);
  site.ready(2);
  site.arrive(1);
  site.arrive(1);
  attach(site, { instance: 'two', legs: [] });
  expect(site.call(1, id).State).toBe(99);
  expect(site.calls(2).at(-1)?.State).toBe(1);
  expect(site.user(2).ReadyStatus).toBe(true);
  expect(site.state.legs.size + site.state.queues.waiting.size).toBe(0);
  site.pass(30_000);
  expect(site.state.calls.size).toBe(0);
});

test('CAL-107 a call that came in on the new instance before its inventory goes on', () => {
  const site = createDriver();
  attach(site);
  site.arrive(1);
  const early = site.arrive(1, 'early');
  const legs = legsOf(site).filter(each => each.leg === early);
  expect(attach(site, { instance: 'two', legs }).commands).toEqual([]);
  expect([...site.state.legs.keys()]).toEqual([early]);
  expect(site.state.queues.waiting.size).toBe(1);
});

test('CAL-108 phones that registered, or went, meanwhile are known', () => {
  const site = createDriver();
  site.logOn(1);
  site.logOn(2);
  attach(site, { registrations: [{ extension: '1002', address: '10.9.9.9' }] });
  expect(site.state.phones.get('1001')?.registered).toBe(false);
  expect(site.user(2).PhoneIPAddress).toBe('10.9.9.9');
});

test('CAL-109 a report that was taken before, or tells nothing, is ignored', () => {
  const site = createDriver();
  const { leg } = site.talk(1);
  const { seq } = site.state.callManager;
  expect(site.send({ type: 'report', seq, report: { type: 'held', leg } }).events).toEqual([]);
  for (const report of [
    { type: 'answered', leg, remoteAddress: '' },
    { type: 'cleared', leg: 'nobody', cause: 'normal', byRemote: true },
    { type: 'digit', leg, digit: '1' },
    { type: 'playEnded', leg },
    { type: 'registered', extension: '1001', address: '10.0.0.1' },
  ] as const) {
    expect(site.report(report).events).toEqual([]);
  }
});

test('CAL-103 so is a conference that one of its legs is not in', () => {
  const { site, caller, conference } = consulted();
  conference();
  expect(attach(site).commands).toEqual([]);
  const legs = legsOf(site).map(each =>
    each.leg === caller ? { ...each, media: { type: 'none' } as const } : each,
  );
  expect(attach(site, { legs }).commands).toEqual([
    { type: 'setMedia', leg: caller, media: { type: 'conference', name: 'call-1' } },
  ]);
});

test('CAL-103 and what a caller who is not answered yet hears of the other side', () => {
  const site = createDriver();
  site.logOn(1);
  site.dials('0049', { leg: 'dialled', extension: '1001' });
  const far = site.lastLeg();
  site.report({ type: 'alerting', leg: far });
  site.report({ type: 'earlyMedia', leg: far });
  expect(attach(site).commands).toEqual([]);
  const legs = legsOf(site).map(each => ({ ...each, media: { type: 'none' } as const }));
  expect(attach(site, { legs }).commands).toEqual([
    { type: 'progress', leg: 'dialled', media: { type: 'connected', with: far } },
  ]);
});

test('CAL-122 a transferred call whose third party is gone meanwhile rings again at its agent', () => {
  const { site, far, transfer } = consult('1002');
  site.report({ type: 'alerting', leg: far });
  transfer();
  attach(site, {
    legs: legsOf(site).filter(each => each.leg !== far),
    registrations: [1, 2, 3].map(id => ({ extension: `100${id}`, address: '' })),
  });
  expect(site.calls(1).at(-1)).toMatchObject({ State: 3, Type: 5 });
});
