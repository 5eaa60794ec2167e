import type { Abilities } from '@cordboard/contract';
import { expect, test } from 'vitest';
import type { ServiceGroup } from '../configuration/configuration.ts';
import { agentSnapshot } from '../stream/agent-snapshot.ts';
import { createDriver, type Driver, type Talk } from '../testing/driver.ts';

const inClerical = (group: Partial<ServiceGroup> = {}): { site: Driver; talk: Talk } => {
  const site = createDriver({ group: () => group });
  const talk = site.talk(1);
  site.cleared(talk.caller);
  return { site, talk };
};

test('CAL-20 clerical state lasts as long as the group says', () => {
  const { site, talk } = inClerical({ clericalSeconds: 7 });
  site.pass(6999);
  expect(site.call(1, talk.id).State).toBe(99);
  site.pass(1);
  expect(site.call(1, talk.id).State).toBe(1);
});

test('CAL-21 CancelClerical ends it and the next call comes at once', () => {
  const { site, talk } = inClerical();
  site.arrive(1, 'next');
  expect(site.request(1, { method: 'cancelClerical', arguments: { callId: talk.id } }).ok).toBe(true);
  expect(site.call(1, talk.id).State).toBe(1);
  expect(site.calls(1).at(-1)).toMatchObject({ State: 3, PhoneNumber: 'next' });
});

test('CAL-22 ExtendClerical adds the configured time and is told', () => {
  const { site, talk } = inClerical({ clericalSeconds: 10, extendClericalSeconds: 5 });
  const told = site.calls(1).length;
  expect(site.request(1, { method: 'extendClerical', arguments: { callId: talk.id } }).ok).toBe(true);
  expect(site.calls(1)).toHaveLength(told + 1);
  site.pass(14_999);
  expect(site.call(1, talk.id).State).toBe(99);
  site.pass(1);
  expect(site.call(1, talk.id).State).toBe(1);
});

test("CAL-22 without a configured time it adds the group's clerical time", () => {
  const { site, talk } = inClerical({ clericalSeconds: 10 });
  site.request(1, { method: 'extendClerical', arguments: { callId: talk.id } });
  site.pass(19_999);
  expect(site.call(1, talk.id).State).toBe(99);
});

test('CAL-23 clerical state lasts 900 seconds at most, extensions included', () => {
  const { site, talk } = inClerical({ clericalSeconds: 600 });
  const extend = () => site.request(1, { method: 'extendClerical', arguments: { callId: talk.id } });
  expect(extend().ok).toBe(true);
  expect(extend()).toEqual({ ok: false, refusal: { reason: 'clericalLimit' } });
  site.pass(899_999);
  expect(site.call(1, talk.id).State).toBe(99);
  site.pass(1);
  expect(site.call(1, talk.id).State).toBe(1);
});

test('CAL-24 both are refused outside clerical state', () => {
  const site = createDriver();
  const { id } = site.talk(1);
  for (const method of ['cancelClerical', 'extendClerical'] as const) {
    expect(site.request(1, { method, arguments: { callId: id } })).toEqual({
      ok: false,
      refusal: { reason: 'notInClerical' },
    });
  }
});

test('CAL-25 calls that came from no service group have no clerical state', () => {
  const site = createDriver();
  site.logOn(1);
  site.request(1, { method: 'makeCall', arguments: { number: '0049' } });
  const id = site.calls(1)[0]?.ID ?? 0;
  site.answered(site.lastLeg());
  site.answered(site.lastLeg());
  site.request(1, { method: 'hangupActiveCall', arguments: {} });
  expect(site.states(1, id)).toEqual([2, 4, 6, 11, 1]);
});

test('CAL-26 in clerical state the agent can make calls, and gets none from a group until both are over', () => {
  const { site, talk } = inClerical();
  site.request(1, { method: 'makeCall', arguments: { number: '0049' } });
  site.answered(site.lastLeg());
  site.pass(30_000);
  expect(site.call(1, talk.id).State).toBe(1);
  site.arrive(1, 'next');
  expect(site.calls(1).filter(each => each.PhoneNumber === 'next')).toEqual([]);
  site.request(1, { method: 'hangupActiveCall', arguments: {} });
  expect(site.calls(1).at(-1)).toMatchObject({ State: 3, PhoneNumber: 'next' });
});

test('WIN-54 the agent is told until when it lasts, anew when it is extended, and whether it can be', () => {
  const { site, talk } = inClerical({ clericalSeconds: 600, extendClericalSeconds: 200 });
  const began = site.now;
  const told = () => agentSnapshot(site.state, 1)?.abilities.clerical;
  const until = (seconds: number) => new Date(began + seconds * 1000).toISOString();
  expect(told()).toEqual([{ id: talk.id, until: until(600), canExtend: true }]);
  const extend = () => site.request(1, { method: 'extendClerical', arguments: { callId: talk.id } });
  extend();
  expect(told()).toEqual([{ id: talk.id, until: until(800), canExtend: true }]);
  extend();
  // the limit of the site: 900 s in all
  expect(told()).toEqual([{ id: talk.id, until: until(900), canExtend: false }]);
  const abilities = site.published
    .filter(each => each.agentId === 1 && each.item.event === 'abilities')
    .map(each => (each.item.values[0] as Abilities).clerical?.[0]?.until);
  expect(abilities.slice(-3)).toEqual([until(600), until(800), until(900)]);
  site.pass(900_000);
  expect(told()).toBeUndefined();
});
