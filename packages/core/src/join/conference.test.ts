import { expect, test } from 'vitest';
import { consult, consulted, type Desk } from '../testing/consultation.ts';

const conferenced = (): Desk & { theirs: number } => {
  const desk = consulted();
  desk.conference();
  return { ...desk, theirs: desk.other() };
};

const media = ({ site }: Desk, leg: string) => site.state.legs.get(leg)?.media;
const isIn = (desk: Desk, ...legs: string[]) =>
  new Set(legs.map(leg => JSON.stringify(media(desk, leg)))).size === 1 &&
  media(desk, legs[0] ?? '')?.type === 'conference';

test('CAL-130 ConferenceActiveCall makes one call of the one held last and the active one, with the held one’s id', () => {
  const desk = conferenced();
  const { site, id, second, theirs, leg, own, caller, far } = desk;
  expect(site.states(1, id)).toEqual([3, 6, 8, 10]);
  expect(site.states(1, second)).toEqual([2, 4, 6, 11, 1]);
  expect(site.states(2, theirs)).toEqual([3, 6, 10]);
  expect(site.call(2, theirs)).toMatchObject({ IVRData: ['4711'], PrivateData: 'vip', CanHold: true });
  expect(isIn(desk, leg, caller, far)).toBe(true);
  expect(site.commands).toContainEqual({ type: 'setHold', leg, on: false });
  expect(site.commands).toContainEqual({ type: 'clear', leg: own, cause: 'normal' });
});

test('CAL-131 it is refused with one call only, with a party that still rings, and with a queue', () => {
  const ringing = consult('1002');
  expect(ringing.conference()).toMatchObject({ refusal: { reason: 'notConnected' } });
  ringing.site.request(1, { method: 'hangupCall', arguments: { callId: ringing.second } });
  expect(ringing.conference()).toMatchObject({ refusal: { reason: 'noActiveCall' } });
  ringing.site.request(1, { method: 'retrieveCall', arguments: { callId: ringing.id } });
  expect(ringing.conference()).toMatchObject({ refusal: { reason: 'notHeld' } });
  const queued = consult('501');
  expect(queued.conference()).toMatchObject({ refusal: { reason: 'notConnected' } });
});

test('CAL-132 one party holds the conference and comes back; the others go on without music', () => {
  const desk = conferenced();
  const { site, id, theirs, leg, caller, far } = desk;
  site.request(1, { method: 'holdActiveCall', arguments: {} });
  expect([site.call(1, id).State, site.call(2, theirs).State]).toEqual([8, 10]);
  expect(media(desk, leg)).toEqual({ type: 'none' });
  expect(isIn(desk, caller, far)).toBe(true);
  site.request(1, { method: 'retrieveCall', arguments: { callId: id } });
  expect([site.call(1, id).State, site.call(2, theirs).State]).toEqual([10, 10]);
  expect(isIn(desk, leg, caller, far)).toBe(true);
});

test('CAL-132 who is left alone because all others hold the conference hears music', () => {
  const desk = conferenced();
  const { site, leg, caller, far } = desk;
  site.request(1, { method: 'holdActiveCall', arguments: {} });
  site.request(2, { method: 'holdActiveCall', arguments: {} });
  expect([media(desk, leg), media(desk, far)]).toEqual([{ type: 'none' }, { type: 'none' }]);
  expect(media(desk, caller)).toEqual({ type: 'play', sounds: [{ type: 'music', name: 'default' }] });
  site.request(1, { method: 'retrieveActiveCall', arguments: {} });
  expect(isIn(desk, leg, caller)).toBe(true);
});

test('CAL-133 when one of three leaves, the two go on in a plain call and see each other', () => {
  const desk = conferenced();
  const { site, id, theirs, caller, far } = desk;
  site.request(1, { method: 'hangupCall', arguments: { callId: id } });
  expect(site.call(2, theirs)).toMatchObject({ State: 6, PhoneNumber: '0441234', CallerName: 'Customer' });
  expect(media(desk, caller)).toEqual({ type: 'connected', with: far });
  expect(media(desk, far)).toEqual({ type: 'connected', with: caller });
  site.cleared(caller);
  expect(site.states(2, theirs)).toEqual([3, 6, 10, 6, 11, 1]);
  expect(site.state.calls.size).toBe(1);
});

test('CAL-134 the customer leaves a conference of agents: they go on', () => {
  const { site, id, theirs, caller } = conferenced();
  site.cleared(caller);
  expect(site.call(1, id)).toMatchObject({ State: 6, PhoneNumber: '1002', CallerName: 'Agent 2' });
  expect(site.call(2, theirs)).toMatchObject({ State: 6, PhoneNumber: '1001', CallerName: 'Agent 1' });
  site.request(2, { method: 'hangupCall', arguments: { callId: theirs } });
  expect(site.states(1, id)).toEqual([3, 6, 8, 10, 6, 11, 99]);
});

test('CAL-135 further parties come in by a consultation from the conference', () => {
  const desk = conferenced();
  const { site, id, theirs, leg, caller, far } = desk;
  site.request(1, { method: 'makeCall', arguments: { number: '1003' } });
  site.answered(site.lastLeg());
  const fourth = site.lastLeg();
  expect(site.calls(3).at(-1)).toMatchObject({ State: 3, ConsultingCallInfo: { GroupName: 'Group 1' } });
  site.answered(fourth);
  expect([site.call(1, id).State, site.call(2, theirs).State]).toEqual([8, 10]);
  expect(desk.conference()).toEqual({ ok: true, value: true });
  expect([site.call(1, id).State, site.call(2, theirs).State, site.calls(3).at(-1)?.State]).toEqual([
    10, 10, 10,
  ]);
  expect(isIn(desk, leg, caller, far, fourth)).toBe(true);
  site.cleared(far);
  expect(isIn(desk, leg, caller, fourth)).toBe(true);
  expect(site.call(1, id).State).toBe(10);
});

test('CAL-136 a conference is transferred as a whole, and a call into a conference', () => {
  const desk = conferenced();
  const { site, id, theirs, caller, far } = desk;
  site.request(1, { method: 'makeCall', arguments: { number: '1003' } });
  site.answered(site.lastLeg());
  const third = site.lastLeg();
  site.answered(third);
  expect(desk.transfer(id)).toEqual({ ok: true, value: true });
  expect(site.states(1, id)).toEqual([3, 6, 8, 10, 8, 11, 99]);
  expect([site.call(2, theirs).State, site.calls(3).at(-1)?.State]).toEqual([10, 10]);
  expect(isIn(desk, caller, far, third)).toBe(true);
});

test('CAL-136 with a third party that rings, those who wait talk to each other; nobody is recalled', () => {
  const desk = conferenced();
  const { site, id, theirs, caller, far } = desk;
  site.request(1, { method: 'makeCall', arguments: { number: '1003' } });
  site.answered(site.lastLeg());
  const third = site.lastLeg();
  site.report({ type: 'alerting', leg: third });
  desk.transfer(id);
  expect(site.call(2, theirs)).toMatchObject({ State: 6, PhoneNumber: '0441234', CallerName: 'Customer' });
  expect(media(desk, caller)).toEqual({ type: 'connected', with: far });
  site.pass(30_000);
  expect(site.call(2, theirs)).toMatchObject({ State: 6, PhoneNumber: '0441234' });
  expect(site.state.timers.save().filter(each => each.type === 'recall')).toEqual([]);
  expect(site.calls(1).some(each => each.Type === 5)).toBe(false);
});

test('CAL-136 who is in the conference already is not put into it a second time, ringing or answered', () => {
  const desk = conferenced();
  const { site, id } = desk;
  site.request(1, { method: 'makeCall', arguments: { number: '1002' } });
  site.answered(site.lastLeg());
  const again = site.lastLeg();
  site.report({ type: 'alerting', leg: again });
  expect(desk.transfer(id)).toMatchObject({ refusal: { reason: 'alreadyParty' } });
  site.answered(again);
  expect(desk.transfer(id)).toMatchObject({ refusal: { reason: 'alreadyParty' } });
  expect(desk.conference()).toMatchObject({ refusal: { reason: 'alreadyParty' } });
  expect([site.call(1, id).State, site.calls(2).at(-1)?.State]).toEqual([8, 6]);
});

test('CAL-137 digits in a conference go to all others', () => {
  const { site, caller, far } = conferenced();
  site.request(1, { method: 'enterDtmfActiveCall', arguments: { digits: '5' } });
  expect(site.commands.slice(-2)).toEqual([
    { type: 'sendDigits', leg: caller, digits: '5' },
    { type: 'sendDigits', leg: far, digits: '5' },
  ]);
});

test('CAL-138 an agent who waits On Hold is in the conference too, and one who holds it himself stays Held', () => {
  const desk = consulted();
  desk.site.request(2, { method: 'makeCall', arguments: { number: '1003' } });
  // agent 2 holds agent 1, who is On Hold: there is no active call to join
  expect(desk.conference()).toMatchObject({ refusal: { reason: 'noActiveCall' } });
  const { site, theirs } = conferenced();
  site.request(2, { method: 'makeCall', arguments: { number: '1003' } });
  site.answered(site.lastLeg());
  site.answered(site.lastLeg());
  expect(site.call(2, theirs).State).toBe(8);
  site.request(2, { method: 'retrieveCall', arguments: { callId: theirs } });
  expect(site.call(2, theirs).State).toBe(10);
});

test('CAL-139 an agent who is forced out of a conference leaves it to the others', () => {
  const { site, theirs, id } = conferenced();
  site.send({ type: 'clientLost', agentId: 1, client: 'client-1' });
  site.pass(60_000);
  expect(site.states(1, id)).toEqual([3, 6, 8, 10, 100, 1]);
  expect(site.call(2, theirs)).toMatchObject({ State: 6, PhoneNumber: '0441234' });
});
