import { expect, test } from 'vitest';
import { createDriver, type Driver } from '../testing/driver.ts';

const music = { type: 'play', sounds: [{ type: 'music', name: 'default' }] } as const;
const hold = (site: Driver, agentId = 1) =>
  site.request(agentId, { method: 'holdActiveCall', arguments: {} });
const retrieve = (site: Driver, callId: number, agentId = 1) =>
  site.request(agentId, { method: 'retrieveCall', arguments: { callId } });

/** Agents 1 and 2 talk to each other; ids of their sessions, legs of their phones. */
const internalCall = () => {
  const site = createDriver();
  site.logOn(1);
  site.logOn(2);
  site.request(1, { method: 'makeCall', arguments: { number: '1002' } });
  const first = site.lastLeg();
  site.answered(first);
  const second = site.lastLeg();
  site.answered(second);
  return { site, first, second, a: site.calls(1).at(-1)?.ID ?? 0, b: site.calls(2).at(-1)?.ID ?? 0 };
};

test('CAL-30 HoldActiveCall holds: the phone is told and the caller hears music', () => {
  const site = createDriver();
  const { id, caller, leg } = site.talk(1);
  expect(hold(site)).toEqual({ ok: true, value: true });
  expect(site.call(1, id)).toMatchObject({ State: 8, CanRetrieve: true, CanHold: false });
  expect(site.commands.slice(-2)).toEqual([
    { type: 'setHold', leg, on: true },
    { type: 'setMedia', leg: caller, media: music },
  ]);
});

test('CAL-31 RetrieveCall takes it back', () => {
  const site = createDriver();
  const { id, caller, leg } = site.talk(1);
  hold(site);
  expect(retrieve(site, id).ok).toBe(true);
  expect(site.states(1, id)).toEqual([3, 6, 8, 6]);
  expect(site.commands.slice(-2)).toEqual([
    { type: 'setHold', leg, on: false },
    { type: 'setMedia', leg: caller, media: { type: 'connected', with: leg } },
  ]);
});

test('CAL-32 holding and retrieving on the phone does the same and commands no hold', () => {
  const site = createDriver();
  const { id, caller, leg } = site.talk(1);
  site.report({ type: 'held', leg });
  expect(site.call(1, id).State).toBe(8);
  expect(site.commands.at(-1)).toEqual({ type: 'setMedia', leg: caller, media: music });
  site.report({ type: 'retrieved', leg });
  expect(site.call(1, id).State).toBe(6);
  expect(site.commands.filter(each => each.type === 'setHold')).toEqual([]);
});

test('CAL-33 nothing to hold, nothing held, twice: refused', () => {
  const site = createDriver();
  site.logOn(1);
  expect(hold(site)).toMatchObject({ refusal: { reason: 'noActiveCall' } });
  const { id } = site.talk(1);
  expect(retrieve(site, id)).toMatchObject({ refusal: { reason: 'notHeld' } });
  expect(site.request(1, { method: 'retrieveActiveCall', arguments: {} })).toMatchObject({
    refusal: { reason: 'noActiveCall' },
  });
  hold(site);
  expect(hold(site)).toMatchObject({ refusal: { reason: 'noActiveCall' } });
});

test('CAL-34 the other agent of an internal call is On Hold and is connected again by the retrieval', () => {
  const { site, a, b } = internalCall();
  hold(site, 2);
  expect([site.call(1, a).State, site.call(2, b).State]).toEqual([9, 8]);
  expect(site.call(1, a)).toMatchObject({ CanHangup: true, CanHold: false, CanRetrieve: false });
  retrieve(site, b, 2);
  expect([site.call(1, a).State, site.call(2, b).State]).toEqual([6, 6]);
});

test('CAL-35 when both hold, both are Held; who then retrieves is On Hold until the other does', () => {
  const { site, first, a, b } = internalCall();
  hold(site, 2);
  site.report({ type: 'held', leg: first });
  expect([site.call(1, a).State, site.call(2, b).State]).toEqual([8, 8]);
  retrieve(site, b, 2);
  expect([site.call(1, a).State, site.call(2, b).State]).toEqual([8, 9]);
  retrieve(site, a);
  expect([site.call(1, a).State, site.call(2, b).State]).toEqual([6, 6]);
});

test('CAL-36 what an outside party does with its end is not seen', () => {
  const site = createDriver();
  const { id, caller } = site.talk(1);
  expect(site.report({ type: 'held', leg: caller }).events).toEqual([]);
  expect(site.call(1, id).State).toBe(6);
});

test('CAL-37 RetrieveActiveCall takes the call held last, and the active one is held', () => {
  const site = createDriver();
  const { id } = site.talk(1);
  site.request(1, { method: 'makeCall', arguments: { number: '0049' } });
  site.answered(site.lastLeg());
  site.answered(site.lastLeg());
  const second = site.calls(1).findLast(each => each.ID !== id)?.ID ?? 0;
  hold(site);
  expect([site.call(1, id).State, site.call(1, second).State]).toEqual([8, 8]);
  site.request(1, { method: 'retrieveActiveCall', arguments: {} });
  expect([site.call(1, id).State, site.call(1, second).State]).toEqual([8, 6]);
  retrieve(site, id);
  expect([site.call(1, id).State, site.call(1, second).State]).toEqual([6, 8]);
});

test('CAL-38 retrieving on the phone holds the other call of the agent', () => {
  const site = createDriver();
  const { id, leg } = site.talk(1);
  site.request(1, { method: 'makeCall', arguments: { number: '0049' } });
  site.answered(site.lastLeg());
  site.answered(site.lastLeg());
  site.report({ type: 'retrieved', leg });
  expect(site.call(1, id).State).toBe(6);
  expect(site.calls(1).findLast(each => each.ID !== id)?.State).toBe(8);
});

test('CAL-39 a held call whose caller hangs up goes to clerical state', () => {
  const site = createDriver();
  const { id, caller } = site.talk(1);
  hold(site);
  site.cleared(caller);
  expect(site.states(1, id)).toEqual([3, 6, 8, 11, 99]);
});
