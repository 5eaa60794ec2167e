import { expect, test } from 'vitest';
import { callDetails } from '../record/call-detail.ts';
import type { SiteOptions } from '../testing/configuration.ts';
import { createDriver, type Driver } from '../testing/driver.ts';
import { menuFlow } from '../testing/flows.ts';
import { invariantFaults } from '../testing/invariants.ts';

const deflect = (site: Driver, agentId: number, callId: number, destination: string) =>
  site.request(agentId, { method: 'deflectCall', arguments: { callId, destination } }, 'deflection');
const toGroup = (site: Driver, agentId: number, callId: number, serviceGroupId: number) =>
  site.request(agentId, { method: 'deflectCallToServiceGroup', arguments: { callId, serviceGroupId } });
const accepted = { ok: true, value: true };
const refused = (reason: string) => ({ ok: false, refusal: { reason } });
const failure = (detail: string) => ({
  event: 'operationFailed',
  values: ['deflection', { reason: 'destinationNotReached', detail }],
});
const items = (site: Driver) => site.published.map(each => each.item);

const sites = { agents: 3, groups: 2, group: (id: number) => ({ agentGroups: [id] }) } satisfies SiteOptions;

/** Rings at agent 1. */
function ringing(options: SiteOptions = sites): Driver & { id: number; caller: string; leg: string } {
  const site = createDriver(options);
  site.logOn(1);
  site.logOn(2);
  site.ready(1);
  const caller = site.arrive(1);
  return Object.assign(site, { id: site.calls(1)[0]?.ID ?? 0, caller, leg: site.lastLeg() });
}

/** Agent 1 speaks. */
function connected(options: SiteOptions = sites): ReturnType<typeof ringing> {
  const site = ringing(options);
  site.answered(site.leg);
  return site;
}

test('CAL-150 a ringing call that is deflected rings at the destination, and has no clerical state', () => {
  const site = ringing();
  site.request(1, { method: 'setPrivateData', arguments: { callId: site.id, data: 'kept' } });
  expect(deflect(site, 1, site.id, '1002')).toEqual(accepted);
  expect(site.call(1, site.id).State).toBe(3);
  const leg = site.lastLeg();
  site.report({ type: 'alerting', leg });
  expect(site.states(1, site.id)).toEqual([3, 1]);
  expect(site.calls(2).at(-1)).toMatchObject({ State: 3, PhoneNumber: '0441234', PrivateData: 'kept' });
  site.answered(leg);
  expect(site.commands.at(-1)).toMatchObject({ type: 'setMedia', media: { type: 'connected' } });
  expect(site.user(1).ReadyStatus).toBe(true);
});

test('CAL-150 a phone that is called only on answering rings at once', () => {
  const site = ringing({ ...sites, answering: 'autoAnswer' });
  deflect(site, 1, site.id, '1002');
  expect(site.states(1, site.id)).toEqual([3, 1]);
  expect(site.calls(2).at(-1)?.State).toBe(3);
});

test('CAL-151 a connected call that is deflected: the caller hears ringing, the agent is in clerical state', () => {
  const site = connected();
  deflect(site, 1, site.id, '1002');
  expect(site.call(1, site.id).State).toBe(6);
  const leg = site.lastLeg();
  site.report({ type: 'alerting', leg });
  expect(site.states(1, site.id)).toEqual([3, 6, 11, 99]);
  expect(site.commands).toContainEqual({
    type: 'setMedia',
    leg: site.caller,
    media: { type: 'play', sounds: [{ type: 'tone', name: 'ringback' }] },
  });
  site.answered(leg);
  expect(site.calls(2).at(-1)).toMatchObject({ State: 6, PhoneNumber: '0441234' });
});

test('CAL-152 an outside number is called while the agent still has the call', () => {
  const site = connected();
  deflect(site, 1, site.id, '0770');
  expect(site.commands.at(-1)).toMatchObject({
    type: 'originate',
    to: { uri: 'sip:0770@trunk' },
    callerNumber: '0441234',
  });
  expect(site.call(1, site.id).State).toBe(6);
  site.answered(site.lastLeg());
  expect(site.states(1, site.id)).toEqual([3, 6, 11, 99]);
  expect(invariantFaults(site.state)).toEqual([]);
});

const unreached: [text: string, destination: string, detail: string][] = [
  ['himself', '1001', 'busy'],
  ['a phone that is not registered', '1003', 'unreachable'],
];

test.each(unreached)(
  'CAL-153 deflecting to %s fails, and the call is as it was',
  (_, destination, detail) => {
    for (const make of [ringing, connected]) {
      const site = make();
      const { State } = site.call(1, site.id);
      const originated = site.commands.filter(each => each.type === 'originate').length;
      expect(deflect(site, 1, site.id, destination)).toEqual(accepted);
      expect(items(site)).toContainEqual(failure(detail));
      expect(site.call(1, site.id)).toMatchObject({ State, CanDeflect: true });
      expect(site.commands.filter(each => each.type === 'originate')).toHaveLength(originated);
    }
  },
);

test('CAL-153 a number that nobody knows, and a destination that turns out to be busy, fail too', () => {
  const nowhere = connected({ ...sites, change: { outsideUri: '' } });
  deflect(nowhere, 1, nowhere.id, '0770');
  expect(items(nowhere)).toContainEqual(failure('unknownNumber'));
  const site = ringing();
  deflect(site, 1, site.id, '0770');
  site.cleared(site.lastLeg(), 'busy');
  expect(items(site)).toContainEqual(failure('busy'));
  expect(site.states(1, site.id)).toEqual([3]);
  site.answered(site.leg);
  expect(site.call(1, site.id).State).toBe(6);
});

test('CAL-154 while one deflection is under way there is no other; what the agent does ends it', () => {
  const site = ringing();
  deflect(site, 1, site.id, '0770');
  const leg = site.lastLeg();
  expect(
    site.request(1, { method: 'deflectCall', arguments: { callId: site.id, destination: '1002' } }),
  ).toEqual(refused('inProgress'));
  expect(toGroup(site, 1, site.id, 2)).toEqual(refused('inProgress'));
  site.answered(site.leg);
  expect(items(site)).toContainEqual(failure('answered'));
  expect(site.commands).toContainEqual({ type: 'clear', leg, cause: 'normal' });
  expect(site.call(1, site.id).State).toBe(6);
});

test('CAL-155 a caller who hangs up meanwhile ends it all, an agent who hangs up lets the call go on', () => {
  const gone = connected();
  deflect(gone, 1, gone.id, '0770');
  const called = gone.lastLeg();
  gone.cleared(gone.caller);
  expect(gone.commands).toContainEqual({ type: 'clear', leg: called, cause: 'normal' });
  expect(gone.states(1, gone.id)).toEqual([3, 6, 11, 99]);
  const site = connected();
  deflect(site, 1, site.id, '0770');
  site.request(1, { method: 'hangupCall', arguments: { callId: site.id } });
  site.answered(site.lastLeg());
  expect(site.state.legs.get(site.caller)?.media).toMatchObject({ type: 'connected' });
});

test('CAL-156 a service call whose destination does not answer goes back to its queue, another is cleared', () => {
  const site = ringing();
  deflect(site, 1, site.id, '1002');
  const leg = site.lastLeg();
  site.report({ type: 'alerting', leg });
  site.request(1, { method: 'setReadyStatus', arguments: { status: false } });
  site.cleared(leg, 'noAnswer');
  expect(site.state.queues.waiting.size).toBe(1);
  expect(site.state.legs.get(site.caller)?.clearing).toBe(null);
  const direct = createDriver(sites);
  direct.logOn(1);
  direct.logOn(2);
  direct.dials('1001', { leg: 'caller', callerNumber: '077' });
  deflect(direct, 1, direct.calls(1).at(-1)?.ID ?? 0, '1002');
  direct.report({ type: 'alerting', leg: direct.lastLeg() });
  direct.cleared(direct.lastLeg(), 'noAnswer');
  expect(direct.commands.at(-1)).toEqual({ type: 'clear', leg: 'caller', cause: 'noAnswer' });
});

test('CAL-157 DeflectActiveCall takes the active call, else the one that rings longest', () => {
  const site = connected();
  const active = (destination: string) =>
    site.request(1, { method: 'deflectActiveCall', arguments: { destination } }, `active-${destination}`);
  expect(active('0770')).toEqual(accepted);
  site.answered(site.lastLeg());
  expect(site.call(1, site.id).State).toBe(99);
  expect(active('0771')).toEqual(refused('noActiveCall'));
  const other = ringing();
  expect(other.request(1, { method: 'deflectActiveCall', arguments: { destination: '0770' } })).toEqual(
    accepted,
  );
});

test('CAL-158 what is held, failed, queued or over cannot be deflected; nor to what is no number', () => {
  const site = connected();
  expect(deflect(site, 1, site.id, '-')).toEqual(refused('invalidNumber'));
  expect(site.request(1, { method: 'deflectCall', arguments: { callId: 99, destination: '1' } })).toEqual(
    refused('unknownCall'),
  );
  site.request(1, { method: 'holdActiveCall', arguments: {} });
  expect(
    site.request(1, { method: 'deflectCall', arguments: { callId: site.id, destination: '1002' } }),
  ).toEqual(refused('notDeflectable'));
});

test('CAL-160 a call that is deflected to a service group waits there anew, with its data', () => {
  for (const make of [ringing, connected]) {
    const site = make();
    site.request(1, { method: 'setIVRData', arguments: { callId: site.id, label: 'A', data: 'b' } });
    site.pass(1000);
    expect(toGroup(site, 1, site.id, 2)).toEqual(accepted);
    expect([1, 99]).toContain(site.call(1, site.id).State);
    site.pass(7000);
    const [waiting] = [...site.state.calls.values()];
    expect(waiting).toMatchObject({ service: { groupId: 2, stage: { type: 'waiting' } }, ivrData: ['b'] });
    expect(waiting?.service?.since).toBe(site.now - 7000);
  }
});

test('CAL-160 the next agent sees the data and how long it waited there', () => {
  const site = connected({ ...sites, agent: id => ({ agentGroups: [id] }) });
  site.request(1, { method: 'setIVRData', arguments: { callId: site.id, label: 'A', data: 'b' } });
  site.pass(3000);
  toGroup(site, 1, site.id, 2);
  site.pass(4000);
  site.ready(2);
  expect(site.calls(2).at(-1)).toMatchObject({
    State: 3,
    IVRLabels: ['A'],
    IVRData: ['b'],
    CallInfo: { GroupName: 'Group 2', QueueDuration: 4 },
  });
});

test('CAL-161 refused: an unknown group, another media, the same group while it rings, a closed group', () => {
  const site = ringing({
    ...sites,
    groups: 4,
    group: id => ({ media: id === 3 ? 'email' : 'voice', ...(id === 4 && { openingHours: 'never' }) }),
    change: { openingHours: [{ name: 'never', timeZone: 'UTC', weekly: [], holidays: [] }] },
  });
  expect(toGroup(site, 1, site.id, 9)).toEqual(refused('unknownServiceGroup'));
  expect(toGroup(site, 1, site.id, 3)).toEqual(refused('wrongMedia'));
  expect(toGroup(site, 1, site.id, 1)).toEqual(refused('notDeflectable'));
  expect(toGroup(site, 1, site.id, 4)).toEqual(refused('notDeflectable'));
  expect(site.states(1, site.id)).toEqual([3]);
});

test('CAL-162 who sent a ringing call to a group that he serves himself does not get it right back', () => {
  const site = ringing({ agents: 1, groups: 2 });
  toGroup(site, 1, site.id, 2);
  expect(site.state.queues.waiting.size).toBe(1);
  site.pass(10_000);
  expect(site.calls(1).at(-1)).toMatchObject({ State: 3, CallInfo: { GroupName: 'Group 2' } });
});

test('CAL-163 deflecting to the number of a service group or of a flow leads there', () => {
  const site = connected({ ...sites, change: { flows: [menuFlow] } });
  expect(deflect(site, 1, site.id, '502')).toEqual(accepted);
  expect([...site.state.calls.values()][0]?.service?.groupId).toBe(2);
  const menu = connected({ ...sites, change: { flows: [menuFlow] } });
  expect(deflect(menu, 1, menu.id, '702')).toEqual(accepted);
  expect([...menu.state.calls.values()][0]?.flow).toMatchObject({ flow: 'menu', leg: menu.caller });
  expect(menu.call(1, menu.id).State).toBe(99);
});

test('CAL-164 an outgoing call can be deflected as well: the party that was called goes on', () => {
  const site = createDriver(sites);
  site.logOn(1);
  site.request(1, { method: 'makeCall', arguments: { number: '0770' } });
  site.answered(site.lastLeg());
  const customer = site.lastLeg();
  site.answered(customer);
  site.logOn(2);
  const id = site.calls(1).at(-1)?.ID ?? 0;
  deflect(site, 1, id, '1002');
  site.report({ type: 'alerting', leg: site.lastLeg() });
  expect(site.calls(2).at(-1)).toMatchObject({ State: 3, PhoneNumber: '0770' });
  expect(site.call(1, id).State).toBe(1);
  site.answered(site.lastLeg());
  expect(site.state.legs.get(customer)?.media.type).toBe('connected');
});

test('CAL-165 the record says who sent the call on, and where to', () => {
  const site = connected();
  deflect(site, 1, site.id, '0770');
  site.answered(site.lastLeg());
  expect(site.steps.flatMap(callDetails)).toContainEqual(
    expect.objectContaining({ type: 'deflected', sessionId: site.id, agentId: 1, detail: '0770' }),
  );
});
