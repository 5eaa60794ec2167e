import { expect, test } from 'vitest';
import { callDetails } from '../record/call-detail.ts';
import { createDriver, type Driver, type Talk } from '../testing/driver.ts';
import { pinFlow } from '../testing/flows.ts';

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
