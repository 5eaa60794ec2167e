import { eventCheck } from '@cordboard/contract';
import { expect, test } from 'vitest';
import { createDriver, type Driver } from '../testing/driver.ts';

const ringing = (options: Parameters<typeof createDriver>[0] = {}): Driver & { id: number } => {
  const site = createDriver(options);
  site.logOn(1);
  site.ready(1);
  site.arrive(1);
  return Object.assign(site, { id: site.calls(1)[0]?.ID ?? 0 });
};
const answer = (site: Driver, callId: number) =>
  site.request(1, { method: 'answerCall', arguments: { callId } }, `answer-${site.steps.length}`);

test('CAL-01 a service call goes through Offered, Connected, Clearing, Clerical and Idle, and each is told', () => {
  const site = ringing();
  answer(site, site.id);
  site.answered('l1');
  site.cleared('caller-1');
  site.pass(30_000);
  expect(site.states(1, site.id)).toEqual([3, 6, 11, 99, 1]);
  expect(site.state.calls.size + site.state.legs.size + site.state.sessions.size).toBe(0);
});

test('CAL-06 every property of a service call is there, and empty where it does not apply', () => {
  const site = ringing();
  expect(site.call(1, site.id)).toEqual({
    CallerName: 'Customer',
    CallInfo: {
      CallingNumber: '0441234',
      GroupName: 'Group 1',
      QueueDuration: 0,
      IVRData: [],
      IVRLabels: [],
      IVRDataString: '',
      IVRLabelString: '',
    },
    IsCampaignCall: false,
    CampaignCallInfo: {
      DialedNumber: '',
      CampaignID: 0,
      CampaignName: '',
      CustomerID: 0,
      CustomerName: '',
      Comment: '',
      CallStatus: 0,
      Fields: [],
    },
    CanAnswer: true,
    CanDeflect: true,
    CanHangup: false,
    CanHold: false,
    CanRetrieve: false,
    CanReject: true,
    ConsultingCallInfo: {
      CallingNumber: '',
      GroupName: '',
      QueueDuration: 0,
      IVRData: [],
      IVRLabels: [],
      IVRDataString: '',
      IVRLabelString: '',
    },
    ID: site.id,
    Incoming: true,
    PhoneNumber: '0441234',
    RecordingState: 0,
    StartTime: '2026-01-01T00:00:00.000Z',
    ConnectedTime: null,
    EndTime: null,
    State: 3,
    StateDescription: 'Offered',
    PrivateData: '',
    CalledNumber: '501',
    Type: 1,
    IVRData: [],
    IVRLabels: [],
  });
});

test('CAL-07 ConnectedTime is the first connection, EndTime the end of speech and not of clerical state', () => {
  const site = ringing();
  site.pass(1000);
  site.answered('l1');
  site.pass(1000);
  site.request(1, { method: 'holdActiveCall', arguments: {} });
  site.pass(1000);
  site.request(1, { method: 'retrieveActiveCall', arguments: {} });
  site.pass(1000);
  site.cleared('caller-1');
  site.pass(30_000);
  const { StartTime, ConnectedTime, EndTime, State } = site.call(1, site.id);
  expect([StartTime, ConnectedTime, EndTime, State].map(String)).toEqual([
    '2026-01-01T00:00:00.000Z',
    '2026-01-01T00:00:01.000Z',
    '2026-01-01T00:00:04.000Z',
    '1',
  ]);
});

test('CAL-08 AnswerCall makes the phone pick up; the call is connected when the phone says so', () => {
  const site = ringing();
  expect(answer(site, site.id)).toEqual({ ok: true, value: true });
  expect(site.commands.at(-1)).toEqual({ type: 'pickUp', leg: 'l1' });
  expect(site.call(1, site.id).State).toBe(3);
  site.answered('l1');
  expect(site.call(1, site.id).State).toBe(6);
  expect(site.commands.at(-1)).toEqual({
    type: 'setMedia',
    leg: 'caller-1',
    media: { type: 'connected', with: 'l1' },
  });
});

test('CAL-09 lifting the handset answers as well', () => {
  const site = ringing();
  site.answered('l1');
  expect(site.states(1, site.id)).toEqual([3, 6]);
});

test('CAL-10 AnswerCall is refused when nothing rings, twice, for another id, and for a phone answered by hand', () => {
  const site = ringing();
  expect(answer(site, 4711)).toMatchObject({ refusal: { reason: 'unknownCall' } });
  answer(site, site.id);
  expect(answer(site, site.id)).toMatchObject({ refusal: { reason: 'inProgress' } });
  site.answered('l1');
  expect(answer(site, site.id)).toMatchObject({ refusal: { reason: 'notRinging' } });
  expect(site.request(1, { method: 'answerActiveCall', arguments: {} })).toMatchObject({
    refusal: { reason: 'noActiveCall' },
  });
  const byHand = ringing({ answering: 'phone' });
  expect(byHand.call(1, byHand.id).CanAnswer).toBe(false);
  expect(answer(byHand, byHand.id)).toMatchObject({ refusal: { reason: 'notAnswerable' } });
});

test('CAL-11 an accepted AnswerCall that fails later is told with the id of the request', () => {
  const site = ringing();
  site.request(1, { method: 'answerCall', arguments: { callId: site.id } }, 'mine');
  site.cleared('caller-1');
  expect(site.published.map(each => each.item)).toContainEqual({
    event: 'operationFailed',
    values: ['mine', { reason: 'notRinging', detail: 'the caller has hung up' }],
  });
});

test('CAL-12 the agent hangs up: Clearing until his phone is down, and the caller is cleared', () => {
  const site = ringing();
  site.answered('l1');
  site.clears = false;
  site.request(1, { method: 'hangupCall', arguments: { callId: site.id } });
  expect(site.commands.slice(-2)).toEqual([
    { type: 'clear', leg: 'l1', cause: 'normal' },
    { type: 'clear', leg: 'caller-1', cause: 'normal' },
  ]);
  expect(site.call(1, site.id).State).toBe(11);
  expect(site.request(1, { method: 'hangupCall', arguments: { callId: site.id } })).toMatchObject({
    refusal: { reason: 'inProgress' },
  });
  site.cleared('l1');
  expect(site.call(1, site.id).State).toBe(99);
});

test('CAL-13 the agent puts the handset down: the caller is cleared and clerical state begins', () => {
  const site = ringing();
  site.answered('l1');
  site.cleared('l1');
  expect(site.states(1, site.id)).toEqual([3, 6, 11, 99]);
  expect(site.commands.at(-1)).toEqual({ type: 'clear', leg: 'caller-1', cause: 'normal' });
});

test('CAL-14 without clerical time the session is over with the call, and the next one rings in the same step', () => {
  const site = ringing({ group: () => ({ clericalSeconds: 0 }) });
  site.answered('l1');
  site.arrive(1, 'next');
  site.cleared('l1');
  expect(site.states(1, site.id)).toEqual([3, 6, 11, 1]);
  expect(site.calls(1).at(-1)).toMatchObject({ State: 3, PhoneNumber: 'next' });
  expect(site.steps.at(-2)?.events.map(each => each.type)).toContain('legOriginated');
});

test('CAL-15 everything that is told of a call is valid by the contract', () => {
  const site = ringing();
  site.answered('l1');
  site.request(1, { method: 'holdActiveCall', arguments: {} });
  site.cleared('caller-1');
  site.pass(30_000);
  for (const { item } of site.published) {
    if (item.event === 'abilities' || item.event === 'operationFailed') continue;
    expect(eventCheck(item.event)?.(item.values)).toBeNull();
  }
});

test('CAL-16 a phone that is called only when the agent answers is answered in the same way', () => {
  const site = ringing({ answering: 'autoAnswer' });
  expect(answer(site, site.id).ok).toBe(true);
  site.answered('l1');
  expect(site.states(1, site.id)).toEqual([3, 6]);
});
