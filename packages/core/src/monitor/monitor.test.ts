import { CallType, SessionState } from '@cordboard/contract';
import { expect, test } from 'vitest';
import { abilities } from '../call/allowed.ts';
import type { SiteOptions } from '../testing/configuration.ts';
import { testConfiguration } from '../testing/configuration.ts';
import { createDriver, type Driver } from '../testing/driver.ts';
import { invariantFaults } from '../testing/invariants.ts';

/** Agent 2 supervises; agent 1 takes calls. */
const options: SiteOptions = {
  agents: 3,
  agent: id => ({ privileges: id === 2 ? ['makeCalls', 'monitor'] : ['makeCalls'] }),
};

const monitorSite = (change: SiteOptions = {}): Driver => createDriver({ ...options, ...change });

const start = (site: Driver, agentLogonId = 'agent1', continuous = false) =>
  site.request(2, { method: 'startMonitor', arguments: { agentLogonId, continuous } });
const stop = (site: Driver) => site.request(2, { method: 'stopMonitor', arguments: {} });
const accepted = { ok: true, value: true };
const refused = (reason: string) => ({ ok: false, refusal: { reason } });

/** The media that the leg was told last. */
const mediaOf = (site: Driver, leg: string) => site.state.legs.get(leg)?.media;
const causes = (site: Driver) =>
  site.steps.flatMap(({ events }) =>
    events.flatMap(each => (each.type === 'monitorEnded' ? [each.cause] : [])),
  );

/** The supervisor's phone is called and answers by itself. */
function listens(site: Driver) {
  const leg = site.lastLeg();
  site.answered(leg);
  return { leg, id: site.calls(2).at(-1)?.ID ?? 0 };
}

test('MON-01 the phone of the supervisor is called, an outgoing call of his, and he hears the leg of the agent', () => {
  const site = monitorSite();
  const talk = site.talk(1);
  site.logOn(2);
  expect(start(site)).toEqual(accepted);
  expect(site.commands.at(-1)).toMatchObject({
    type: 'originate',
    to: { extension: '1002' },
    answering: 'immediately',
  });
  const { leg, id } = listens(site);
  expect(mediaOf(site, leg)).toEqual({ type: 'monitor', of: talk.leg, whisper: false });
  expect(site.states(2, id)).toEqual([SessionState.Dialing, SessionState.Calling, SessionState.Connected]);
  expect(site.call(2, id)).toMatchObject({
    Type: CallType.Outgoing,
    Incoming: false,
    PhoneNumber: '1001',
    CallerName: 'Agent 1',
  });
});

test('MON-02 the monitored call knows nothing of it: no event, no party, and it ends as it would', () => {
  const site = monitorSite();
  const talk = site.talk(1);
  site.logOn(2);
  const before = site.calls(1).length;
  start(site);
  listens(site);
  expect(site.calls(1)).toHaveLength(before);
  expect(site.state.calls.get(1)?.legs).toEqual([talk.caller, talk.leg]);
  site.cleared(talk.caller);
  expect(site.call(1, talk.id).State).toBe(SessionState.Clerical);
  expect(invariantFaults(site.state)).toEqual([]);
});

test('MON-03 without a call it waits for the next one', () => {
  const site = monitorSite();
  site.logOn(1);
  site.logOn(2);
  expect(start(site)).toEqual(accepted);
  expect(site.calls(2)).toEqual([]);
  site.ready(1);
  site.arrive(1);
  const agentLeg = site.lastLeg();
  expect(site.calls(2)).toEqual([]);
  site.answered(agentLeg);
  const { leg } = listens(site);
  expect(mediaOf(site, leg)).toEqual({ type: 'monitor', of: agentLeg, whisper: false });
});

test('MON-04 not continuous, it ends with that call', () => {
  const site = monitorSite();
  const talk = site.talk(1);
  site.logOn(2);
  start(site);
  const { id } = listens(site);
  site.cleared(talk.caller);
  expect(site.call(2, id).State).toBe(SessionState.Idle);
  expect(causes(site)).toEqual(['callEnded']);
  expect(stop(site)).toEqual(refused('notMonitoring'));
});

test('MON-05 continuous, it waits again, and each call is one of the supervisor’s', () => {
  const site = monitorSite({ group: () => ({ clericalSeconds: 0 }) });
  const talk = site.talk(1);
  site.logOn(2);
  start(site, 'agent1', true);
  const first = listens(site);
  site.cleared(talk.caller);
  expect(site.call(2, first.id).State).toBe(SessionState.Idle);
  const next = site.talk(1);
  const second = listens(site);
  expect(second.id).not.toBe(first.id);
  expect(mediaOf(site, second.leg)).toEqual({ type: 'monitor', of: next.leg, whisper: false });
});

test('MON-06 one agent at a time; oneself, strangers, those who are not logged on and of other tenants are refused', () => {
  const site = monitorSite({
    change: {
      tenants: [
        { id: 1, name: 'One' },
        { id: 2, name: 'Two' },
      ],
    },
    agent: id => ({
      privileges: id === 2 ? ['monitor'] : [],
      tenantId: id === 3 ? 2 : 1,
    }),
  });
  site.logOn(2);
  site.logOn(3);
  expect(start(site, 'agent1')).toEqual(refused('unknownAgent'));
  expect(start(site, 'nobody')).toEqual(refused('unknownAgent'));
  expect(start(site, 'agent3')).toEqual(refused('unknownAgent'));
  expect(start(site, 'agent2')).toEqual(refused('invalidValue'));
  site.logOn(1);
  expect(start(site, 'agent1')).toEqual(accepted);
  expect(start(site, 'agent1')).toEqual(refused('alreadyMonitoring'));
});

test('MON-07 StopMonitor ends what is heard, or waited for; without any it is refused', () => {
  const site = monitorSite();
  site.logOn(2);
  expect(stop(site)).toEqual(refused('notMonitoring'));
  site.talk(1);
  start(site);
  const { id } = listens(site);
  expect(stop(site)).toEqual(accepted);
  expect(site.call(2, id).State).toBe(SessionState.Idle);
  expect(site.call(1, site.calls(1).at(-1)?.ID ?? 0).State).toBe(SessionState.Connected);
  expect(causes(site)).toEqual(['asked']);
});

test('MON-08 it follows the agent into hold and consultation, and hears where he speaks', () => {
  const site = monitorSite();
  const talk = site.talk(1);
  site.logOn(2);
  start(site);
  const { leg, id } = listens(site);
  site.request(1, { method: 'holdActiveCall', arguments: {} });
  expect(mediaOf(site, leg)).toEqual({ type: 'monitor', of: talk.leg, whisper: false });
  site.request(1, { method: 'makeCall', arguments: { number: '077' } });
  const consulting = site.lastLeg();
  site.answered(consulting);
  expect(mediaOf(site, leg)).toEqual({ type: 'monitor', of: consulting, whisper: false });
  site.request(1, { method: 'hangupActiveCall', arguments: {} });
  expect(mediaOf(site, leg)).toEqual({ type: 'monitor', of: talk.leg, whisper: false });
  expect(site.call(2, id).State).toBe(SessionState.Connected);
});

test('MON-09 who is protected from monitoring is not monitored; protected later, it ends', () => {
  const site = monitorSite();
  site.logOn(1);
  site.logOn(2);
  start(site);
  const protectedOne = (id: number) => ({
    ...options.agent?.(id),
    ...(id === 1 && { protectedFromMonitoring: true }),
  });
  site.send({ type: 'configure', configuration: testConfiguration({ ...options, agent: protectedOne }) });
  expect(causes(site)).toEqual(['notAllowed']);
  expect(start(site)).toEqual(refused('monitoringProtected'));
});

test('MON-10 it needs the privilege, and a registered phone', () => {
  const site = monitorSite();
  site.logOn(1);
  site.logOn(2);
  expect(
    site.request(1, { method: 'startMonitor', arguments: { agentLogonId: 'agent2', continuous: false } }),
  ).toEqual(refused('missingPrivilege'));
  site.report({ type: 'unregistered', extension: '1002' });
  expect(start(site)).toEqual(refused('phoneNotRegistered'));
});

test('MON-11 the supervisor who hangs up monitors nobody any more', () => {
  const site = monitorSite();
  site.talk(1);
  site.logOn(2);
  start(site, 'agent1', true);
  const { leg } = listens(site);
  site.cleared(leg);
  expect(causes(site)).toEqual(['hungUp']);
  expect(site.state.monitors.watchers.size).toBe(0);
});

test('MON-12 it ends when either logs off', () => {
  const site = monitorSite();
  site.logOn(1);
  site.logOn(2);
  start(site);
  site.send({ type: 'logOff', agentId: 1 });
  site.logOn(1);
  start(site);
  site.send({ type: 'logOff', agentId: 2 });
  expect(causes(site)).toEqual(['loggedOff', 'loggedOff']);
});

test('MON-13 the supervisor’s own calls are not interrupted: his phone is called when he is free', () => {
  const site = monitorSite();
  site.logOn(2);
  site.request(2, { method: 'makeCall', arguments: { number: '077' } });
  const own = site.lastLeg();
  site.answered(own);
  site.answered(site.lastLeg());
  const talk = site.talk(1);
  expect(start(site)).toEqual(accepted);
  expect(site.state.monitors.bySupervisor.get(2)?.stage.type).toBe('waiting');
  site.request(2, { method: 'hangupActiveCall', arguments: {} });
  const { leg } = listens(site);
  expect(mediaOf(site, leg)).toEqual({ type: 'monitor', of: talk.leg, whisper: false });
});

test('MON-13 a call that the supervisor makes while he listens is a call as others, and no consultation', () => {
  const site = monitorSite();
  site.talk(1);
  site.logOn(2);
  start(site);
  const { id } = listens(site);
  expect(site.request(2, { method: 'makeCall', arguments: { number: '077' } }).ok).toBe(true);
  expect(site.calls(2).at(-1)).toMatchObject({ State: SessionState.Dialing, Type: CallType.Outgoing });
  expect(site.call(2, id).State).toBe(SessionState.Held);
  site.answered(site.lastLeg());
  site.answered(site.lastLeg());
  expect(abilities(site.state, 2)).toMatchObject({ canTransfer: false, canConference: false });
});

test('MON-14 whisper is heard by the agent too; the mode goes upwards only, and is silent again with the next call', () => {
  const site = monitorSite({ group: () => ({ clericalSeconds: 0 }) });
  const setMode = (mode: 'silent' | 'whisper' | 'barge') =>
    site.request(2, { method: 'setMonitorMode', arguments: { mode } });
  const talk = site.talk(1);
  site.logOn(2);
  expect(setMode('whisper')).toEqual(refused('notMonitoring'));
  start(site, 'agent1', true);
  const { leg } = listens(site);
  expect(setMode('whisper')).toEqual(accepted);
  expect(mediaOf(site, leg)).toEqual({ type: 'monitor', of: talk.leg, whisper: true });
  expect(setMode('silent')).toEqual(refused('invalidValue'));
  site.cleared(talk.caller);
  site.talk(1);
  const next = listens(site);
  expect(mediaOf(site, next.leg)).toMatchObject({ whisper: false });
});

test('MON-15 nobody listens to somebody who listens', () => {
  const site = monitorSite({ agent: () => ({ privileges: ['monitor'] }) });
  site.talk(1);
  site.logOn(2);
  site.logOn(3);
  start(site);
  listens(site);
  site.request(3, { method: 'startMonitor', arguments: { agentLogonId: 'agent2', continuous: false } });
  expect(site.calls(3)).toEqual([]);
});

test('MON-16 what a supervisor hears is not recorded on his leg', () => {
  const site = monitorSite({ agent: () => ({ privileges: ['monitor', 'record'] }) });
  site.talk(1);
  site.logOn(2);
  site.request(2, { method: 'startRecording', arguments: { agentId: 0, allCalls: true } });
  start(site);
  listens(site);
  expect(site.commands.some(each => each.type === 'startRecording')).toBe(false);
});

test('MON-20 where the site wants it, the agent is told that somebody listens, and when he is gone', () => {
  const told = (site: Driver) =>
    site.published.flatMap(({ agentId, item }) =>
      agentId === 1 && item.event === 'abilities' ? [item.values[0].monitored ?? false] : [],
    );
  for (const monitorNotice of [true, false]) {
    const site = monitorSite({ change: { monitorNotice } });
    site.talk(1);
    site.logOn(2);
    start(site);
    listens(site);
    expect(told(site).at(-1)).toBe(monitorNotice);
    stop(site);
    expect(told(site).at(-1)).toBe(false);
  }
});

test('MON-21 it stays with the agent into a conference and out of it, and with a call that is transferred to him', () => {
  const site = monitorSite({ agent: () => ({ privileges: ['makeCalls', 'monitor'] }) });
  const talk = site.talk(3);
  site.logOn(1);
  site.request(3, { method: 'makeCall', arguments: { number: '1001' } });
  site.answered(site.lastLeg());
  const consulted = site.lastLeg();
  site.answered(consulted);
  site.logOn(2);
  start(site);
  const { leg, id } = listens(site);
  const heard = () => mediaOf(site, leg);
  const agents = { type: 'monitor', of: consulted, whisper: false };
  expect(heard()).toEqual(agents);
  site.request(3, { method: 'conferenceActiveCall', arguments: {} });
  expect(site.state.legs.get(consulted)?.media.type).toBe('conference');
  expect(heard()).toEqual(agents);
  site.request(3, { method: 'hangupCall', arguments: { callId: talk.id } });
  expect(site.state.legs.get(consulted)?.media).toEqual({ type: 'connected', with: talk.caller });
  expect(heard()).toEqual(agents);
  expect(site.call(2, id).State).toBe(SessionState.Connected);
  expect(invariantFaults(site.state)).toEqual([]);
});

test('WIN-55 a supervisor is told whom he listens to and how, until he stops', () => {
  const site = monitorSite();
  site.logOn(1);
  site.logOn(2);
  start(site, 'agent1', true);
  const told = () => abilities(site.state, 2).monitoring;
  expect(told()).toMatchObject({
    agentLogonId: 'agent1',
    continuous: true,
    mode: 'silent',
    listening: false,
  });
  site.talk(1);
  listens(site);
  expect(told()).toMatchObject({ listening: true, mode: 'silent' });
  site.request(2, { method: 'setMonitorMode', arguments: { mode: 'whisper' } });
  expect(told()).toMatchObject({ listening: true, mode: 'whisper' });
  expect(abilities(site.state, 1).monitoring).toBeUndefined();
  stop(site);
  expect(told()).toBeUndefined();
});
