import { CallType, SessionState } from '@cordboard/contract';
import { expect, test } from 'vitest';
import { callDetails } from '../record/call-detail.ts';
import { testExtension, testNumber } from '../testing/configuration.ts';
import { createDispatchSite, type DispatchSite } from '../testing/dispatch-site.ts';
import { invariantFaults } from '../testing/invariants.ts';

const accepted = { ok: true, value: true };
const refused = (reason: string) => ({ ok: false, refusal: { reason } });
const park = (site: DispatchSite, agentId: number, callId: number) =>
  site.ask(agentId, { method: 'parkCall', arguments: { callId } });
const mediaOf = (site: DispatchSite, leg: string) => site.driver.state.legs.get(leg)?.media;
const music = { type: 'play', sounds: [{ type: 'music', name: 'default' }] };

/** Agent 1 has parked the call that he talked on; agent 2 watches. */
const withParked = () => {
  const site = createDispatchSite();
  site.picks(2);
  const talk = site.driver.talk(1);
  expect(park(site, 1, talk.id)).toEqual(accepted);
  const [item = 0] = site.waiting();
  return { site, talk, item };
};

test('DSP-30 a parked call leaves its agent, who wraps up; its caller hears music; all who subscribe are told', () => {
  const { site, talk, item } = withParked();
  expect(site.driver.states(1, talk.id).slice(-2)).toEqual([SessionState.Clearing, SessionState.Clerical]);
  expect(mediaOf(site, talk.caller)).toEqual(music);
  expect(site.news(2)).toMatchObject([
    {
      kind: 'CommonHold',
      update: 'add',
      id: item,
      item: {
        Number: '0441234',
        ReservedAgentID: 0,
        QueueStartTime: new Date(site.driver.now).toISOString(),
      },
    },
  ]);
});

test('DSP-31 who retrieves it gets the service call, with its group, its data and its wrap-up', () => {
  const { site, talk, item } = withParked();
  expect(site.retrieve(2, 'CommonHold', item)).toEqual(accepted);
  site.driver.answered(site.driver.lastLeg());
  expect(site.driver.call(2, item)).toMatchObject({
    State: SessionState.Connected,
    PhoneNumber: '0441234',
    CallInfo: { GroupName: 'Group 1' },
  });
  expect(mediaOf(site, talk.caller)).toEqual({ type: 'connected', with: site.driver.lastLeg() });
  site.driver.cleared(talk.caller);
  expect(site.driver.call(2, item).State).toBe(SessionState.Clerical);
});

test('DSP-32 nobody takes it: it comes back to who parked it, and when he does not answer it waits again', () => {
  const { site, talk, item } = withParked();
  site.ask(1, { method: 'cancelClerical', arguments: { callId: talk.id } });
  site.ask(1, { method: 'setReadyStatus', arguments: { status: false } });
  site.news(2);
  site.driver.pass(61_000);
  expect(site.driver.call(1, item)).toMatchObject({
    State: SessionState.Offered,
    Type: CallType.AttendantRecall,
    Incoming: true,
  });
  expect(site.news(2)).toMatchObject([{ update: 'delete', id: item }]);
  site.driver.pass(20_000);
  expect(site.driver.call(1, item).State).toBe(SessionState.Idle);
  expect(site.news(2)).toMatchObject([{ update: 'add' }]);
});

test('DSP-33 while who parked it cannot be called, or another has reserved it, it goes on waiting', () => {
  const { site, item } = withParked();
  site.driver.send({ type: 'logOff', agentId: 1 });
  site.driver.pass(180_000);
  expect(site.waiting()).toEqual([item]);
  site.driver.logOn(1);
  site.reserve(2, 'CommonHold', item);
  site.driver.pass(61_000);
  expect(site.waiting()).toEqual([item]);
  site.driver.pass(120_000);
  expect(site.driver.call(1, item).Type).toBe(CallType.AttendantRecall);
});

test('DSP-34 its caller hangs up: it is gone for all, and the call is over', () => {
  const { site, talk, item } = withParked();
  site.news(2);
  site.driver.cleared(talk.caller);
  expect(site.news(2)).toMatchObject([{ update: 'delete', id: item }]);
  expect([...site.driver.state.calls.values()].every(each => each.ended)).toBe(true);
});

test('DSP-35 a held and a direct call can be parked; what rings or is nobody’s cannot', () => {
  const site = createDispatchSite();
  site.picks(2);
  const held = site.driver.talk(1);
  site.ask(1, { method: 'holdActiveCall', arguments: {} });
  expect(park(site, 1, held.id)).toEqual(accepted);
  site.driver.logOn(3);
  site.ask(3, { method: 'makeCall', arguments: { number: '0779' } });
  const made = site.driver.calls(3).at(-1)?.ID ?? 0;
  expect(park(site, 3, made)).toEqual(refused('notConnected'));
  site.driver.answered(site.driver.lastLeg());
  const outside = site.driver.lastLeg();
  site.driver.answered(outside);
  expect(park(site, 3, made)).toEqual(accepted);
  expect(mediaOf(site, outside)).toEqual(music);
  expect(site.news(2).map(each => each.item['Number'])).toEqual(['0441234', '0779']);
  expect(park(site, 2, 4711)).toEqual(refused('unknownCall'));
});

test('DSP-36 a retrieved direct call has no wrap-up, and ends when either side hangs up', () => {
  const site = createDispatchSite();
  site.picks(2);
  site.driver.logOn(3);
  site.ask(3, { method: 'makeCall', arguments: { number: '0779' } });
  site.driver.answered(site.driver.lastLeg());
  site.driver.answered(site.driver.lastLeg());
  park(site, 3, site.driver.calls(3).at(-1)?.ID ?? 0);
  const [item = 0] = site.waiting();
  site.retrieve(2, 'CommonHold', item);
  site.driver.answered(site.driver.lastLeg());
  site.ask(2, { method: 'hangupCall', arguments: { callId: item } });
  expect(site.driver.call(2, item).State).toBe(SessionState.Idle);
  expect(site.driver.state.calls.size).toBe(0);
});

test('DSP-37 a caller whose new agent is forced out goes back to the queue of his service group', () => {
  const { site, item } = withParked();
  site.retrieve(2, 'CommonHold', item);
  site.driver.answered(site.driver.lastLeg());
  site.ask(1, { method: 'setReadyStatus', arguments: { status: false } });
  site.driver.send({ type: 'clientLost', agentId: 2, client: 'client-2' });
  site.driver.pass(61_000);
  expect([...site.driver.state.dispatch.items.values()]).toMatchObject([{ kind: 'voice', groupId: 1 }]);
});

test('DSP-38 the record has the parking, the reservation and how it ended', () => {
  const { site, talk, item } = withParked();
  site.reserve(2, 'CommonHold', item);
  site.reserve(2, 'CommonHold', item, false);
  site.driver.cleared(talk.caller);
  const types = ['placed', 'reserved', 'released', 'unplaced'];
  expect(
    site.driver.steps
      .flatMap(callDetails)
      .filter(each => types.includes(each.type))
      .map(each => [each.type, each.agentId, each.detail]),
  ).toEqual([
    ['placed', 1, 'commonHold'],
    ['reserved', 2, ''],
    ['released', 2, 'asked'],
    ['unplaced', 0, 'abandoned'],
  ]);
});

test('DSP-39 an agent who had called the service group waits on common hold: when he is forced out, nobody does', () => {
  const site = createDispatchSite();
  site.picks(2);
  site.driver.logOn(1);
  site.driver.ready(1);
  site.driver.dials(testNumber(1), {
    leg: 'asks-sales',
    extension: testExtension(2),
    callerNumber: testExtension(2),
  });
  site.driver.answered(site.driver.lastLeg());
  expect(park(site, 2, site.driver.calls(2).at(-1)?.ID ?? 0)).toEqual(accepted);
  site.driver.pass(61_000);
  site.driver.send({ type: 'clientLost', agentId: 1, client: 'client-1' });
  site.driver.pass(61_000);
  expect(invariantFaults(site.driver.state)).toEqual([]);
  expect([...site.driver.state.calls.values()].every(each => each.ended)).toBe(true);
});
