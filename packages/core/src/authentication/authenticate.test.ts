import { expect, test } from 'vitest';
import { callDetails } from '../record/call-detail.ts';
import { createDriver, type Driver, type Talk } from '../testing/driver.ts';
import { pinFlow } from '../testing/flows.ts';
import { invariantFaults } from '../testing/invariants.ts';

const authentication = {
  number: '790',
  flow: 'pin',
  timeoutSeconds: 120,
  afterwards: 'requeue' as const,
  resultField: 'AuthResult',
};

type Site = Driver & Talk;

function authenticating(change: Partial<typeof authentication> | { afterwards: 'disconnect' } = {}): Site {
  const site = createDriver({
    agents: 2,
    change: { flows: [pinFlow], authentication: { ...authentication, ...change } },
  });
  const talk = site.talk(1);
  expect(
    site.request(1, { method: 'deflectCall', arguments: { callId: talk.id, destination: '790' } }),
  ).toEqual({ ok: true, value: true });
  return Object.assign(site, talk);
}

const press = (site: Site, digits: string) => {
  for (const digit of digits) site.report({ type: 'digit', leg: site.caller, digit });
};
const clear = (site: Site) =>
  site.request(1, { method: 'clearAuthenticatingCall', arguments: { callId: site.id } });

test('CAL-170 a connected call that is deflected to the authentication is On Hold, Authenticating, and keeps its id', () => {
  const site = authenticating();
  expect(site.call(1, site.id)).toMatchObject({
    State: 9,
    StateDescription: 'Authenticating',
    CanHangup: false,
    CanRetrieve: false,
    CanHold: false,
    CanDeflect: false,
  });
  expect(site.state.legs.get(site.caller)?.media).toMatchObject({
    type: 'play',
    sounds: [{ type: 'file', name: 'enter-pin' }],
  });
  expect(site.state.legs.get(site.leg)?.media).toMatchObject({ sounds: [{ type: 'music' }] });
});

test('CAL-171 when the flow is over the agent speaks again, and has the digits and the result as IVR data', () => {
  const site = authenticating();
  press(site, '1234');
  expect(site.states(1, site.id)).toEqual([3, 6, 9, 6]);
  expect(site.call(1, site.id)).toMatchObject({
    IVRLabels: ['AuthDigits', 'AuthBy', 'AuthResult'],
    IVRData: ['1234', 'pin', 'completed'],
  });
  expect(site.state.legs.get(site.caller)?.media).toEqual({ type: 'connected', with: site.leg });
});

test('CAL-171 who enters nothing right comes back as failed', () => {
  const site = authenticating();
  press(site, '1#2#');
  expect(site.call(1, site.id)).toMatchObject({ State: 6, IVRLabels: ['AuthResult'], IVRData: ['failed'] });
});

test('CAL-172 meanwhile the agent gets no service calls', () => {
  const site = authenticating();
  site.arrive(1);
  expect(site.calls(1).every(each => each.ID === site.id)).toBe(true);
  expect(site.state.queues.waiting.size).toBe(1);
});

test('CAL-173 a customer who hangs up leaves the agent in clerical state', () => {
  const site = authenticating();
  site.cleared(site.caller);
  expect(site.states(1, site.id)).toEqual([3, 6, 9, 11, 99]);
});

test('CAL-174 ClearAuthenticatingCall releases the agent; the customer goes on and then waits again with his old time', () => {
  const site = authenticating();
  site.pass(2000);
  expect(clear(site)).toEqual({ ok: true, value: true });
  expect(site.states(1, site.id)).toEqual([3, 6, 9, 11, 99]);
  expect(clear(site)).toEqual({ ok: false, refusal: { reason: 'notAuthenticating' } });
  press(site, '1234');
  const [call] = [...site.state.calls.values()];
  expect(call?.service).toMatchObject({ stage: { type: 'waiting' }, since: site.now - 2000 });
});

test('CAL-174 or he is cleared, as configured', () => {
  const site = authenticating({ afterwards: 'disconnect' });
  clear(site);
  press(site, '1234');
  expect(site.commands.at(-1)).toEqual({ type: 'clear', leg: site.caller, cause: 'normal' });
});

test('CAL-175 ClearCurrentAuthenticatingCall finds the call by itself', () => {
  const site = authenticating();
  const current = () => site.request(1, { method: 'clearCurrentAuthenticatingCall', arguments: {} });
  expect(current()).toEqual({ ok: true, value: true });
  expect(site.call(1, site.id).State).toBe(99);
  expect(current()).toEqual({ ok: false, refusal: { reason: 'noActiveCall' } });
});

test('CAL-176 an agent waits no longer than the time-out, nor after he has put the handset down', () => {
  const late = createDriver({
    change: {
      flows: [{ name: 'pin', numbers: [], steps: [{ type: 'play', label: '', next: '', sounds: ['long'] }] }],
      authentication: { ...authentication, timeoutSeconds: 5 },
    },
  });
  const talk = late.talk(1);
  late.request(1, { method: 'deflectActiveCall', arguments: { destination: '790' } });
  late.pass(4999);
  expect(late.call(1, talk.id).State).toBe(9);
  late.pass(1);
  expect(late.call(1, talk.id).State).toBe(99);
  expect(late.state.legs.get(talk.caller)?.clearing).toBe(null);
  const site = authenticating();
  site.cleared(site.leg);
  expect(site.states(1, site.id)).toEqual([3, 6, 9, 11, 99]);
  expect(site.state.legs.get(site.caller)?.clearing).toBe(null);
});

test('CAL-177 what only rings, or is held, is not authenticated', () => {
  const site = createDriver({ change: { flows: [pinFlow], authentication } });
  site.logOn(1);
  site.ready(1);
  site.arrive(1);
  const id = site.calls(1)[0]?.ID ?? 0;
  expect(site.request(1, { method: 'deflectCall', arguments: { callId: id, destination: '790' } })).toEqual({
    ok: false,
    refusal: { reason: 'notConnected' },
  });
});

test('CAL-178 the digits stand in no record', () => {
  const site = authenticating();
  press(site, '4711');
  const rows = site.steps.flatMap(callDetails);
  expect(rows.map(each => each.type)).toEqual(
    expect.arrayContaining(['authenticationStarted', 'digits', 'authenticationEnded']),
  );
  expect(rows.find(each => each.type === 'digits')).toMatchObject({ detail: 'pin', data: '****' });
  expect(JSON.stringify(rows)).not.toContain('4711');
});

test('CAL-179 an agent who is forced out leaves the customer to the flow', () => {
  const site = authenticating();
  site.send({ type: 'clientLost', agentId: 1, client: 'client-1' });
  site.pass(60_000);
  expect(site.states(1, site.id)).toEqual([3, 6, 9, 100, 1]);
  expect(site.state.agents.get(1)?.presence.type).toBe('loggedOff');
});

/** The agent calls somebody meanwhile; his phone is up in that call. */
function callsMeanwhile(site: Site): { own: string; far: string; id: number } {
  expect(site.request(1, { method: 'makeCall', arguments: { number: '0049' } }).ok).toBe(true);
  const own = site.lastLeg();
  site.answered(own);
  return { own, far: site.lastLeg(), id: site.calls(1).at(-1)?.ID ?? 0 };
}

test('CAL-182 a customer who comes back while the agent speaks in another call is Held, and hears music', () => {
  const site = authenticating();
  const other = callsMeanwhile(site);
  site.answered(other.far);
  expect(site.call(1, site.id).State).toBe(9);
  press(site, '1234');
  expect(site.states(1, site.id)).toEqual([3, 6, 9, 8]);
  expect(site.call(1, other.id).State).toBe(6);
  expect(site.state.legs.get(other.own)?.media).toEqual({ type: 'connected', with: other.far });
  expect(site.state.legs.get(site.caller)?.media).toMatchObject({ sounds: [{ type: 'music' }] });
  expect(site.request(1, { method: 'retrieveCall', arguments: { callId: site.id } }).ok).toBe(true);
  expect([site.call(1, site.id).State, site.call(1, other.id).State]).toEqual([6, 8]);
  expect(site.state.legs.get(site.caller)?.media).toEqual({ type: 'connected', with: site.leg });
  expect(invariantFaults(site.state)).toEqual([]);
});

test('CAL-182 so he is while the agent is still calling somebody, whose phone rings on', () => {
  const site = authenticating();
  const other = callsMeanwhile(site);
  site.report({ type: 'alerting', leg: other.far });
  press(site, '1234');
  expect([site.call(1, site.id).State, site.call(1, other.id).State]).toEqual([8, 4]);
  site.answered(other.far);
  expect(site.call(1, other.id).State).toBe(6);
  expect(site.request(1, { method: 'transferCall', arguments: { callId: site.id } }).ok).toBe(true);
  expect(site.state.legs.get(site.caller)?.media).toEqual({ type: 'connected', with: other.far });
});

test('CAL-182 when the agent’s other call is over, or held, before that, he is Connected as ever', () => {
  for (const method of ['hangupActiveCall', 'holdActiveCall'] as const) {
    const site = authenticating();
    const other = callsMeanwhile(site);
    site.answered(other.far);
    site.request(1, { method, arguments: {} });
    press(site, '1234');
    expect(site.states(1, site.id)).toEqual([3, 6, 9, 6]);
    expect(invariantFaults(site.state)).toEqual([]);
  }
});

test('CAL-182 a customer who hangs up meanwhile leaves the other call alone', () => {
  const site = authenticating();
  const other = callsMeanwhile(site);
  site.answered(other.far);
  site.cleared(site.caller);
  expect([site.call(1, site.id).State, site.call(1, other.id).State]).toEqual([99, 6]);
});

test('REC-20 a recording is paused while the customer identifies himself, and goes on when he is back', () => {
  const site = createDriver({
    agent: () => ({ privileges: ['makeCalls', 'record'] }),
    change: { flows: [pinFlow], authentication },
  });
  const talk = site.talk(1);
  site.request(1, { method: 'startRecording', arguments: { agentId: 0, allCalls: false } });
  const recording = site.commands.findLast(each => each.type === 'startRecording');
  if (recording?.type !== 'startRecording') throw new Error('nothing is recorded');
  site.report({ type: 'recordingStarted', leg: talk.leg, file: recording.file });
  const pauses = () => site.commands.flatMap(each => (each.type === 'pauseRecording' ? [each.on] : []));
  expect(site.call(1, talk.id).RecordingState).toBe(2);
  site.request(1, { method: 'deflectCall', arguments: { callId: talk.id, destination: '790' } });
  expect(pauses()).toEqual([true]);
  expect(site.call(1, talk.id).RecordingState).toBe(1);
  for (const digit of '1234') site.report({ type: 'digit', leg: talk.caller, digit });
  expect(pauses()).toEqual([true, false]);
  expect(site.call(1, talk.id).RecordingState).toBe(2);
});

test('REC-20 it does not go on where the agent has come to hold the call meanwhile, or has stopped it', () => {
  for (const how of ['held', 'stopped'] as const) {
    const site = createDriver({
      agent: () => ({ privileges: ['makeCalls', 'record'] }),
      change: { flows: [pinFlow], authentication },
    });
    const talk = site.talk(1);
    site.request(1, { method: 'startRecording', arguments: { agentId: 0, allCalls: false } });
    const recording = site.commands.findLast(each => each.type === 'startRecording');
    if (recording?.type !== 'startRecording') throw new Error('nothing is recorded');
    site.report({ type: 'recordingStarted', leg: talk.leg, file: recording.file });
    site.request(1, { method: 'deflectCall', arguments: { callId: talk.id, destination: '790' } });
    if (how === 'held') site.report({ type: 'held', leg: talk.leg });
    else site.request(1, { method: 'stopRecording', arguments: { agentId: 0 } });
    for (const digit of '1234') site.report({ type: 'digit', leg: talk.caller, digit });
    expect(site.commands).not.toContainEqual({ type: 'pauseRecording', leg: talk.leg, on: false });
    expect(site.call(1, talk.id).RecordingState).toBe(how === 'held' ? 1 : 0);
  }
});
