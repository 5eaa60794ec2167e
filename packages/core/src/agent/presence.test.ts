import { expect, test } from 'vitest';
import { testExtension } from '../testing/configuration.ts';
import { createDriver } from '../testing/driver.ts';

const logOn = (agentId: number, extension = testExtension(agentId)) =>
  ({ type: 'logOn', agentId, extension, client: `client-${agentId}` }) as const;

test('AGT-01 an agent who logs on is Not Ready for every media', () => {
  const site = createDriver();
  expect(site.send(logOn(1)).answer).toEqual({ ok: true, value: true });
  expect(site.user(1)).toMatchObject({
    LoggedOn: 1,
    ExtensionNumber: '1001',
    LoginID: 'agent1',
    UserName: 'Agent 1',
    RecordID: 1,
    OASID: 1,
    OASServerName: 'Test',
    ReadyStatus: false,
    EmailReadyStatus: false,
    OpenMediaReadyStatus: false,
    ChatReadyStatus: false,
  });
});

test("AGT-02 a logon without an extension takes the user's own", () => {
  const site = createDriver();
  site.send(logOn(2, ''));
  expect(site.user(2).ExtensionNumber).toBe('1002');
});

test.each([
  ['an unknown user', 9, '1001', 'unknownUser'],
  ['an unknown extension', 2, '4711', 'unknownExtension'],
  ['an extension where another agent is logged on', 2, '1001', 'extensionOccupied'],
])('AGT-03 a logon of %s is refused', (_, agentId, extension, detail) => {
  const site = createDriver();
  site.send(logOn(1));
  expect(site.send(logOn(agentId, extension)).answer).toEqual({
    ok: false,
    refusal: { reason: 'invalidValue', detail },
  });
});

test('AGT-04 an agent who logs on again elsewhere keeps his calls, is Not Ready, and the earlier client counts no more', () => {
  const site = createDriver();
  const { id } = site.talk(1);
  site.send({ type: 'logOn', agentId: 1, extension: '1001', client: 'other' });
  site.send({ type: 'clientAttached', agentId: 1, client: 'other' });
  site.send({ type: 'clientLost', agentId: 1, client: 'client-1' });
  site.pass(120_000);
  expect(site.user(1)).toMatchObject({ LoggedOn: 1, ReadyStatus: false });
  expect(site.call(1, id).State).toBe(6);
});

test('AGT-03 news of an application whose agent never logged on leave nothing behind', () => {
  const site = createDriver();
  site.send({ type: 'clientAttached', agentId: 1, client: 'x' });
  site.send({ type: 'clientLost', agentId: 1, client: 'x' });
  expect(site.send({ type: 'logOff', agentId: 1 }).answer).toEqual({
    ok: false,
    refusal: { reason: 'notLoggedOn' },
  });
  expect(site.state.agents.has(1)).toBe(false);
});

test('AGT-04 he cannot change the extension while he has calls', () => {
  const site = createDriver();
  site.talk(1);
  expect(site.send(logOn(1, '1002')).answer).toMatchObject({ refusal: { detail: 'callsElsewhere' } });
});

test('AGT-05 an agent without calls is logged off at once and hears of it', () => {
  const site = createDriver();
  site.logOn(1);
  site.ready(1);
  const { published } = site.send({ type: 'logOff', agentId: 1 });
  expect(published.map(each => each.item.event)).toContain('OnUserStatusUpdate');
  expect(site.user(1)).toMatchObject({ LoggedOn: 0, ReadyStatus: false, ExtensionNumber: '' });
  expect(site.send({ type: 'logOff', agentId: 1 }).answer).toEqual({
    ok: false,
    refusal: { reason: 'notLoggedOn' },
  });
});

test('AGT-06 a log-off waits for the end of the last call and skips its clerical state', () => {
  const site = createDriver();
  const { id, caller } = site.talk(1);
  site.send({ type: 'logOff', agentId: 1 });
  expect(site.user(1).LoggedOn).toBe(1);
  expect(site.request(1, { method: 'holdActiveCall', arguments: {} }).ok).toBe(true);
  expect(site.request(1, { method: 'setReadyStatus', arguments: { status: true } }).ok).toBe(false);
  site.cleared(caller);
  expect(site.user(1).LoggedOn).toBe(0);
  expect(site.states(1, id)).toEqual([3, 6, 8, 11, 1]);
});

test('AGT-07 on log-off a ringing service call goes back to its queue, and to the next agent', () => {
  const site = createDriver();
  for (const agentId of [1, 2]) {
    site.logOn(agentId);
    site.ready(agentId);
  }
  site.arrive(1);
  const id = site.calls(1)[0]?.ID ?? 0;
  site.send({ type: 'logOff', agentId: 1 });
  expect(site.user(1).LoggedOn).toBe(0);
  expect(site.states(1, id)).toEqual([3, 1]);
  expect(site.calls(2).at(-1)).toMatchObject({ State: 3 });
});

test('AGT-07 on log-off clerical state ends', () => {
  const site = createDriver();
  const { caller } = site.talk(1);
  site.cleared(caller);
  site.send({ type: 'logOff', agentId: 1 });
  expect(site.user(1).LoggedOn).toBe(0);
});

test('AGT-08 an agent whose application is lost gets no service calls, and is free again when it is back in time', () => {
  const site = createDriver();
  site.logOn(1);
  site.ready(1);
  site.send({ type: 'clientLost', agentId: 1, client: 'client-1' });
  site.arrive(1);
  expect(site.calls(1)).toEqual([]);
  site.pass(59_999);
  site.send({ type: 'clientAttached', agentId: 1, client: 'client-1' });
  expect(site.calls(1)).toHaveLength(1);
  site.pass(5000);
  expect(site.user(1).LoggedOn).toBe(1);
});

test('AGT-09 after 60 seconds without his application an agent is logged off by force and his caller waits again, first', () => {
  const site = createDriver();
  const { id, caller, leg } = site.talk(1);
  site.arrive(1);
  site.pass(1000);
  site.send({ type: 'clientLost', agentId: 1, client: 'client-1' });
  site.pass(60_000);
  expect(site.states(1, id)).toEqual([3, 6, 100, 1]);
  expect(site.user(1).LoggedOn).toBe(0);
  expect(site.commands).toContainEqual({ type: 'clear', leg, cause: 'normal' });
  expect(site.commands.at(-1)).toMatchObject({ type: 'setMedia', leg: caller });
  site.logOn(2);
  site.ready(2);
  expect(site.calls(2).at(-1)).toMatchObject({ State: 3, CallInfo: { QueueDuration: 61 } });
});

test('AGT-09 a direct call of an agent who is forced out ends', () => {
  const site = createDriver();
  site.logOn(1);
  site.request(1, { method: 'makeCall', arguments: { number: '0049' } });
  site.answered(site.lastLeg());
  site.answered(site.lastLeg());
  site.send({ type: 'clientLost', agentId: 1, client: 'client-1' });
  site.pass(60_000);
  expect(site.calls(1).at(-1)?.State).toBe(1);
  expect(site.state.calls.size).toBe(0);
});

test('AGT-10 an application that does not attach after the logon is lost too', () => {
  const site = createDriver();
  site.send(logOn(1));
  site.pass(60_000);
  expect(site.user(1).LoggedOn).toBe(0);
});

test("AGT-11 the registration of the agent's phone is told, with its address", () => {
  const site = createDriver();
  site.send(logOn(1));
  const came = site.report({ type: 'registered', extension: '1001', address: '10.0.0.7' }).published;
  expect(came.map(each => [each.item.event, each.item.values[0]])).toEqual([
    ['OnRegistrationStatus', true],
    ['OnUserStatusUpdate', expect.objectContaining({ PhoneIPAddress: '10.0.0.7' })],
    ['abilities', { canMakeCall: true, canConference: false, canTransfer: false }],
  ]);
  const went = site.report({ type: 'unregistered', extension: '1001' }).published;
  expect(went[0]?.item).toEqual({ event: 'OnRegistrationStatus', values: [false] });
});

const desk = { address: '10.0.0.7', form: 'application' } as const;
const web = { address: '10.0.0.9', form: 'browser' } as const;

const takenOver = (site: ReturnType<typeof createDriver>) =>
  site.steps
    .flatMap(step => step.events)
    .flatMap(event => (event.type === 'agentLoggedOn' && event.takenOverFrom ? [event.takenOverFrom] : []));

test('WEB-40 where an agent has logged on is known as long as he is there, whatever becomes of his application', () => {
  const site = createDriver();
  site.send({ ...logOn(1), place: desk });
  const since = site.state.now;
  const place = () => {
    const presence = site.state.agents.get(1)?.presence;
    return presence?.type === 'loggedOn' ? presence.client.place : undefined;
  };
  for (const type of ['clientAttached', 'clientLost', 'clientAttached'] as const) {
    site.send({ type, agentId: 1, client: 'client-1' });
    expect(place()).toEqual({ ...desk, since });
  }
  site.send({ type: 'logOff', agentId: 1 });
  expect(place()).toBeUndefined();
});

test('WEB-41 who takes over an application that is attached stands in the journal with the place that he took over', () => {
  const site = createDriver();
  site.send({ ...logOn(1), place: desk });
  site.send({ type: 'clientAttached', agentId: 1, client: 'client-1' });
  site.send({ ...logOn(1), client: 'other', place: web });
  expect(takenOver(site)).toEqual([desk]);
});

test('WEB-41 who comes after an application that was lost, or never attached, takes over nobody', () => {
  const site = createDriver();
  site.send({ ...logOn(1), place: desk });
  site.send({ ...logOn(1), client: 'second', place: web });
  site.send({ type: 'clientAttached', agentId: 1, client: 'second' });
  site.send({ type: 'clientLost', agentId: 1, client: 'second' });
  site.send({ ...logOn(1), client: 'third', place: desk });
  expect(takenOver(site)).toEqual([]);
});

test('WEB-42 of two take-overs at once the later stands, and what the earlier does counts no more', () => {
  const site = createDriver();
  const { id } = site.talk(1);
  site.send({ ...logOn(1), client: 'one', place: desk });
  site.send({ ...logOn(1), client: 'two', place: web });
  site.send({ type: 'clientAttached', agentId: 1, client: 'two' });
  site.send({ type: 'clientLost', agentId: 1, client: 'one' });
  site.pass(120_000);
  expect(site.user(1).LoggedOn).toBe(1);
  expect(site.call(1, id).State).toBe(6);
});

test('WEB-43 taken over while it rings, the call goes on ringing at the same phone, once, and is answered from the new place', () => {
  const site = createDriver();
  site.logOn(1);
  site.ready(1);
  site.arrive(1);
  const id = site.calls(1)[0]?.ID ?? 0;
  const before = site.commands.length;
  site.send({ ...logOn(1), client: 'other', place: web });
  site.send({ type: 'clientAttached', agentId: 1, client: 'other' });
  expect(site.commands.slice(before)).toEqual([]);
  expect(site.call(1, id).State).toBe(3);
  expect(site.user(1).ReadyStatus).toBe(false);
  site.answered(site.lastLeg());
  expect(site.call(1, id).State).toBe(6);
});

test('WEB-43 taken over in clerical time, it goes on and ends when it would have', () => {
  const site = createDriver();
  const { id, caller } = site.talk(1);
  site.cleared(caller);
  expect(site.call(1, id).State).toBe(99);
  site.send({ ...logOn(1), client: 'other', place: web });
  site.send({ type: 'clientAttached', agentId: 1, client: 'other' });
  expect(site.call(1, id).State).toBe(99);
  site.pass(900_000);
  expect(site.states(1, id).at(-1)).toBe(1);
});

test('WEB-44 a request that was in flight and comes again from the new place acts once', () => {
  const site = createDriver();
  site.talk(1);
  const hold = {
    type: 'request',
    agentId: 1,
    requestId: 'same',
    request: { method: 'holdActiveCall', arguments: {} },
  } as const;
  const first = site.send(hold).answer;
  site.send({ ...logOn(1), client: 'other', place: web });
  const { answer, published } = site.send(hold);
  expect([answer, published]).toEqual([first, []]);
});
