import { expect, test } from 'vitest';
import { consult, consulted } from '../testing/consultation.ts';
import { createDriver } from '../testing/driver.ts';
import { pinFlow } from '../testing/flows.ts';

/** Agents 1 and 2 (A and B) and a customer: who is in which state when (A's first leg, A's second, B's). */

const retrieve = (site: ReturnType<typeof consult>['site'], agentId: number, callId: number) =>
  site.request(agentId, { method: 'retrieveCall', arguments: { callId } });
const hold = (site: ReturnType<typeof consult>['site'], agentId: number) =>
  site.request(agentId, { method: 'holdActiveCall', arguments: {} });

test('CAL-120 a service call is Offered, answered, held, retrieved; the outside customer sees nothing', () => {
  const site = createDriver();
  site.logOn(1);
  site.ready(1);
  site.arrive(1);
  const id = site.calls(1).at(-1)?.ID ?? 0;
  expect(site.call(1, id).State).toBe(3);
  site.answered(site.lastLeg());
  expect(site.call(1, id).State).toBe(6);
  hold(site, 1);
  expect(site.call(1, id).State).toBe(8);
  retrieve(site, 1, id);
  expect(site.call(1, id).State).toBe(6);
});

test('CAL-120 A calls B: dials, B rings, B answers; B holds and A is told; B retrieves; A alternates', () => {
  const { site, id, far, second, other, shown } = consult('1002');
  expect(shown()).toEqual([8, 2, 3]);
  site.report({ type: 'alerting', leg: far });
  expect(shown()).toEqual([8, 4, 3]);
  site.answered(far);
  expect(shown()).toEqual([8, 6, 6]);
  expect([site.call(1, second).Type, site.call(2, other()).Type]).toEqual([3, 1]);
  hold(site, 2);
  expect(shown()).toEqual([8, 9, 8]);
  retrieve(site, 2, other());
  expect(shown()).toEqual([8, 6, 6]);
  retrieve(site, 1, id);
  expect(shown()).toEqual([6, 8, 9]);
  retrieve(site, 1, second);
  expect(shown()).toEqual([8, 6, 6]);
});

test('CAL-120 A makes a conference and leaves it: B goes on with the customer', () => {
  const { site, id, second, other, conference, shown } = consulted();
  expect(conference()).toEqual({ ok: true, value: true });
  expect(shown()).toEqual([10, 1, 10]);
  expect(site.states(1, second)).toEqual([2, 4, 6, 11, 1]);
  site.request(1, { method: 'hangupCall', arguments: { callId: id } });
  expect(site.states(1, id)).toEqual([3, 6, 8, 10, 11, 99]);
  expect(site.call(2, other())).toMatchObject({ State: 6, PhoneNumber: '0441234' });
  site.pass(30_000);
  expect(site.states(1, id)).toEqual([3, 6, 8, 10, 11, 99, 1]);
});

test('CAL-120 A transfers with B answered', () => {
  const { site, id, second, other, transfer } = consulted();
  transfer();
  expect(site.states(1, id)).toEqual([3, 6, 8, 11, 99]);
  expect(site.states(1, second)).toEqual([2, 4, 6, 11, 1]);
  expect(site.call(2, other())).toMatchObject({ State: 6, PhoneNumber: '0441234', PrivateData: 'vip' });
});

test('CAL-120 A transfers while B rings; after 30 s A is rung, as Attendant Recall', () => {
  const { site, id, second, far, other, transfer } = consult('1002');
  site.report({ type: 'alerting', leg: far });
  transfer();
  expect(site.states(1, id)).toEqual([3, 6, 8, 11, 99]);
  expect(site.states(1, second)).toEqual([2, 4, 11, 1]);
  expect(site.call(2, other())).toMatchObject({ State: 3, PhoneNumber: '0441234' });
  site.pass(30_000);
  expect(site.states(2, other())).toEqual([3, 1]);
  expect(site.calls(1).at(-1)).toMatchObject({ State: 3, Type: 5, Incoming: true });
});

test('CAL-120 B is busy at the start', () => {
  const { site, far, second, shown } = consult('1002');
  site.cleared(far, 'busy');
  expect(shown()).toEqual([8, -1, 1]);
  site.request(1, { method: 'hangupCall', arguments: { callId: second } });
  expect(shown()).toEqual([8, 1, 1]);
});

test('CAL-120 the customer hangs up while A talks to B', () => {
  const { site, id, caller, shown } = consulted();
  site.cleared(caller);
  expect(shown()).toEqual([99, 6, 6]);
  expect(site.states(1, id)).toEqual([3, 6, 8, 11, 99]);
});

test('CAL-120 B is busy at the start and A intrudes: A, B and whom B talks to are in a conference, C stays held', () => {
  const site = createDriver({ agents: 3, agent: () => ({ privileges: ['makeCalls', 'intrude'] }) });
  const { id } = site.talk(1);
  for (const agentId of [2, 3]) site.logOn(agentId);
  // B dials: nothing rings at him
  site.request(2, { method: 'makeCall', arguments: { number: '0049' } });
  const own = site.lastLeg();
  site.answered(own);
  site.answered(site.lastLeg());
  site.request(2, { method: 'makeCall', arguments: { number: '1003' } });
  site.answered(site.lastLeg());
  site.answered(site.lastLeg());
  const theirs = Math.max(...site.calls(2).map(each => each.ID));
  site.request(1, { method: 'makeCall', arguments: { number: '1002' } });
  site.answered(site.lastLeg());
  const second = Math.max(...site.calls(1).map(each => each.ID));
  const shown = () => [site.call(1, id).State, site.call(1, second).State, site.call(2, theirs).State];
  expect(shown()).toEqual([8, -1, 6]);
  expect(site.request(1, { method: 'intrudeCall', arguments: { callId: second } }).ok).toBe(true);
  expect(shown()).toEqual([8, 10, 10]);
  site.request(1, { method: 'hangupCall', arguments: { callId: second } });
  expect(shown()).toEqual([8, 1, 6]);
});

test('CAL-120 A deflects C to the authentication: On Hold, Authenticating, then Connected', () => {
  const site = createDriver({
    change: {
      flows: [pinFlow],
      authentication: {
        number: '790',
        flow: 'pin',
        timeoutSeconds: 120,
        afterwards: 'requeue',
        resultField: '',
      },
    },
  });
  const { id, caller } = site.talk(1);
  site.request(1, { method: 'deflectCall', arguments: { callId: id, destination: '790' } });
  expect(site.call(1, id)).toMatchObject({ State: 9, StateDescription: 'Authenticating' });
  for (const digit of '1234') site.report({ type: 'digit', leg: caller, digit });
  expect(site.states(1, id)).toEqual([3, 6, 9, 6]);
});
