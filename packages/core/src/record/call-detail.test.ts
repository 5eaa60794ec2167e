import { expect, test } from 'vitest';
import { consult, consulted } from '../testing/consultation.ts';
import { createDriver, type Driver } from '../testing/driver.ts';
import { callDetails } from './call-detail.ts';

const rows = (site: Driver) => site.steps.flatMap(callDetails);

test('CAL-99 each step of a service call stands in its record, with its time', () => {
  const site = createDriver();
  const start = site.now;
  const { id, caller } = site.talk(1);
  site.pass(1000);
  site.request(1, { method: 'holdActiveCall', arguments: {} });
  site.pass(1000);
  site.request(1, { method: 'retrieveActiveCall', arguments: {} });
  site.request(1, { method: 'setIVRData', arguments: { callId: id, label: 'silent', data: 'x' } });
  site.request(1, { method: 'setIVRDataWithCDR', arguments: { callId: id, label: 'Account', data: '7' } });
  site.pass(1000);
  site.cleared(caller);
  site.request(1, { method: 'extendClerical', arguments: { callId: id } });
  site.pass(60_000);
  expect(rows(site).map(each => [each.at - start, each.type, each.sessionId, each.agentId])).toEqual([
    [0, 'started', 0, 0],
    [0, 'queued', 0, 0],
    [0, 'offered', id, 1],
    [0, 'answered', id, 1],
    [1000, 'held', id, 1],
    [2000, 'retrieved', id, 1],
    [2000, 'ivrData', id, 1],
    [3000, 'cleared', id, 1],
    [3000, 'ended', 0, 0],
    [3000, 'clericalStarted', id, 1],
    [3000, 'clericalExtended', id, 1],
    [63_000, 'clericalEnded', id, 1],
  ]);
});

test('CAL-99 so do rejection, no answer and giving up', () => {
  const site = createDriver();
  site.logOn(1);
  site.ready(1);
  const caller = site.arrive(1);
  site.request(1, { method: 'rejectServiceCall', arguments: { callId: site.calls(1)[0]?.ID ?? 0 } });
  site.pass(30_000);
  site.cleared(caller);
  expect(rows(site).map(each => [each.type, each.detail])).toEqual([
    ['started', '0441234'],
    ['queued', ''],
    ['offered', '0441234'],
    ['offerEnded', 'rejected'],
    ['returned', ''],
    ['offered', '0441234'],
    ['offerEnded', 'noAnswer'],
    ['returned', ''],
    ['unqueued', 'abandoned'],
    ['ended', 'normal'],
  ]);
});

test('CAL-99 and a call that fails', () => {
  const site = createDriver();
  site.logOn(1);
  site.request(1, { method: 'makeCall', arguments: { number: '77' } });
  site.answered('l1');
  site.cleared('l2', 'busy');
  site.send({ type: 'clientLost', agentId: 1, client: 'client-1' });
  site.pass(60_000);
  expect(rows(site).map(each => [each.type, each.detail])).toEqual([
    ['started', '1001'],
    ['dialled', '77'],
    ['failed', 'busy'],
    ['forced', ''],
    ['ended', 'normal'],
  ]);
});

/** What the rows of a kind say of it. */
const told = (site: Driver, ...types: string[]) =>
  rows(site).flatMap(each => (types.includes(each.type) ? [[each.type, each.agentId, each.detail]] : []));

test('CAL-149 a consultation, a transfer and a recall stand in the record', () => {
  const { site, second, far, transfer } = consult('1002');
  site.report({ type: 'alerting', leg: far });
  const otherCall = site.state.sessions.get(second)?.callId;
  transfer();
  site.pass(30_000);
  expect(told(site, 'consult', 'transferred', 'recalled')).toEqual([
    ['consult', 1, '1002'],
    ['transferred', 1, '1002'],
    ['recalled', 1, 'noAnswer'],
  ]);
  expect(rows(site).find(each => each.type === 'transferred')?.data).toBe(`${otherCall}`);
});

test('CAL-149 so does a conference, and who leaves it', () => {
  const { site, conference, caller } = consulted();
  conference();
  site.cleared(caller);
  expect(told(site, 'conferenced', 'left')).toEqual([
    ['conferenced', 1, '1002'],
    ['left', 0, '0441234'],
  ]);
});

test('CAL-202 an agent is answered once: two who are left of a conference go on, and who comes back to one has retrieved it', () => {
  const { site, id, conference, caller } = consulted();
  conference();
  site.request(1, { method: 'holdActiveCall', arguments: {} });
  site.request(1, { method: 'retrieveCall', arguments: { callId: id } });
  site.cleared(caller);
  const mine = rows(site).filter(each => each.sessionId === id);
  expect(site.states(1, id)).toEqual([3, 6, 8, 10, 8, 10, 6]);
  expect(mine.map(each => each.type).filter(each => each !== 'ivrData')).toEqual([
    ...['offered', 'answered', 'held', 'conferenced', 'retrieved', 'held', 'retrieved'],
  ]);
});
