import { SessionState } from '@cordboard/contract';
import { expect, test } from 'vitest';
import { callDetails } from '../record/call-detail.ts';
import type { SiteOptions } from '../testing/configuration.ts';
import { createDriver, type Driver } from '../testing/driver.ts';
import { invariantFaults } from '../testing/invariants.ts';

/** Agent 1 talks to a customer, and a second one rings or waits there: 1001 is busy for agent 2. */
const options: SiteOptions = {
  agents: 3,
  agent: () => ({ privileges: ['makeCalls', 'monitor', 'intrude'] }),
};

const busySite = (change: SiteOptions = {}): Driver => createDriver({ ...options, ...change });

/** A call of agent 2 to extension 1001 that has met a busy extension; agent 1 has a talk and a held call. */
function meetBusy(site: Driver) {
  const talk = site.talk(1);
  site.logOn(2);
  site.logOn(3);
  site.request(3, { method: 'makeCall', arguments: { number: '1001' } });
  site.answered(site.lastLeg());
  site.request(2, { method: 'makeCall', arguments: { number: '1001' } });
  const leg = site.lastLeg();
  site.answered(leg);
  const failed = site.calls(2).at(-1);
  if (failed?.State !== SessionState.Failed) throw new Error(`it is ${failed?.StateDescription}`);
  return { talk, leg, id: failed.ID };
}

const intrude = (site: Driver, callId: number, agentId = 2) =>
  site.request(agentId, { method: 'intrudeCall', arguments: { callId } });
const accepted = { ok: true, value: true };
const refused = (reason: string) => ({ ok: false, refusal: { reason } });

test('INT-01 a call that met a busy extension joins its call: a conference of all three', () => {
  const site = busySite();
  const { talk, leg, id } = meetBusy(site);
  expect(intrude(site, id)).toEqual(accepted);
  expect(site.call(2, id).State).toBe(SessionState.Conference);
  expect(site.call(1, talk.id).State).toBe(SessionState.Conference);
  const media = [talk.caller, talk.leg, leg].map(each => site.state.legs.get(each)?.media);
  expect(new Set(media.map(each => JSON.stringify(each))).size).toBe(1);
  expect(media[0]).toMatchObject({ type: 'conference' });
  expect(invariantFaults(site.state)).toEqual([]);
});

test('INT-01 also where the agent has dialled it on his phone, which is answered for that', () => {
  const site = busySite();
  const { talk } = meetBusy(site);
  site.request(2, { method: 'hangupActiveCall', arguments: {} });
  site.dials('1001', { leg: 'dialled', extension: '1002' });
  const { ID, State } = site.calls(2).at(-1) ?? { ID: 0, State: 0 };
  expect(State).toBe(SessionState.Failed);
  const from = site.commands.length;
  expect(intrude(site, ID)).toEqual(accepted);
  expect(site.call(2, ID).State).toBe(SessionState.Conference);
  const media = [talk.caller, talk.leg, 'dialled'].map(each => site.state.legs.get(each)?.media);
  expect(new Set(media.map(each => JSON.stringify(each))).size).toBe(1);
  expect(site.commands.slice(from).flatMap(each => (each.leg === 'dialled' ? [each.type] : []))).toEqual([
    'answer',
    'setMedia',
    'announce',
  ]);
  site.pass(60_000);
  expect(site.call(2, ID).State).toBe(SessionState.Conference);
  expect(invariantFaults(site.state)).toEqual([]);
});

test('INT-02 everybody in the call is warned by a sound', () => {
  const site = busySite();
  const { talk, leg, id } = meetBusy(site);
  intrude(site, id);
  const warned = site.commands.flatMap(each => (each.type === 'announce' ? [each.leg] : []));
  expect(warned.sort()).toEqual([talk.caller, talk.leg, leg].sort());
});

test('INT-03 who intruded and leaves leaves the two as they were', () => {
  const site = busySite();
  const { talk, id } = meetBusy(site);
  intrude(site, id);
  site.request(2, { method: 'hangupCall', arguments: { callId: id } });
  expect(site.call(2, id).State).toBe(SessionState.Idle);
  expect(site.call(1, talk.id).State).toBe(SessionState.Connected);
  expect(site.state.legs.get(talk.caller)?.media).toEqual({ type: 'connected', with: talk.leg });
});

test('INT-04 a protected extension is refused, and the call stays Failed with its busy tone', () => {
  const site = busySite({
    change: {
      extensions: ['1001', '1002', '1003'].map(number => ({
        number,
        answering: 'talk',
        protectedFromIntrusion: number === '1001',
      })),
    },
  });
  const { talk, leg, id } = meetBusy(site);
  expect(intrude(site, id)).toEqual(refused('intrusionProtected'));
  expect(site.call(2, id)).toMatchObject({ State: SessionState.Failed, StateDescription: 'Busy' });
  expect(site.state.legs.get(leg)?.media).toMatchObject({ sounds: [{ name: 'busy' }] });
  expect(site.call(1, talk.id).State).toBe(SessionState.Connected);
});

test('INT-05 where nobody speaks any more it is refused', () => {
  const site = busySite();
  const { talk, id } = meetBusy(site);
  site.cleared(talk.caller);
  expect(intrude(site, id)).toEqual(refused('notConnected'));
  expect(site.call(2, id).State).toBe(SessionState.Failed);
});

test('INT-06 a call that failed for another reason, or did not fail, cannot intrude', () => {
  const site = busySite();
  site.logOn(2);
  site.request(2, { method: 'makeCall', arguments: { number: '1003' } });
  site.answered(site.lastLeg());
  const failed = site.calls(2).at(-1);
  expect(failed?.StateDescription).toBe('Unreachable');
  expect(intrude(site, failed?.ID ?? 0)).toEqual(refused('notBusy'));
  const { id } = site.talk(1);
  expect(intrude(site, id, 1)).toEqual(refused('notBusy'));
});

test('INT-07 it needs the privilege', () => {
  const site = busySite({ agent: () => ({ privileges: ['makeCalls'] }) });
  const { id } = meetBusy(site);
  expect(intrude(site, id)).toEqual(refused('missingPrivilege'));
});

test('INT-08 agents of another tenant are as good as protected', () => {
  const site = busySite({
    agent: id => ({ privileges: ['makeCalls', 'intrude'], tenantId: id === 2 ? 2 : 1 }),
  });
  const { id } = meetBusy(site);
  expect(intrude(site, id)).toEqual(refused('intrusionProtected'));
});

test('INT-09 the call detail record of the call has who intruded', () => {
  const site = busySite();
  const { id } = meetBusy(site);
  intrude(site, id);
  const rows = site.steps.flatMap(callDetails).filter(each => each.type === 'intruded');
  expect(rows).toMatchObject([{ agentId: 2, sessionId: id, detail: '1001', callId: 1 }]);
});

test('MON-18 barge makes the supervisor a party of the call, heard by all, who are warned; he monitors nobody any more', () => {
  const site = busySite();
  const talk = site.talk(1);
  site.logOn(2);
  site.request(2, { method: 'startMonitor', arguments: { agentLogonId: 'agent1', continuous: false } });
  const leg = site.lastLeg();
  site.answered(leg);
  const id = site.calls(2).at(-1)?.ID ?? 0;
  expect(site.request(2, { method: 'setMonitorMode', arguments: { mode: 'barge' } })).toEqual(accepted);
  expect([site.call(1, talk.id).State, site.call(2, id).State]).toEqual([
    SessionState.Conference,
    SessionState.Conference,
  ]);
  expect(site.state.monitors.bySupervisor.size).toBe(0);
  expect(site.commands.filter(each => each.type === 'announce')).toHaveLength(3);
  site.request(2, { method: 'hangupCall', arguments: { callId: id } });
  expect(site.call(1, talk.id).State).toBe(SessionState.Connected);
  expect(invariantFaults(site.state)).toEqual([]);
});

test('MON-19 barge needs the privilege to intrude, and a call in which the agent speaks', () => {
  const site = busySite({ agent: id => ({ privileges: id === 2 ? ['monitor', 'intrude'] : ['monitor'] }) });
  const setMode = (agentId: number) =>
    site.request(agentId, { method: 'setMonitorMode', arguments: { mode: 'barge' } });
  site.talk(1);
  for (const agentId of [2, 3]) {
    site.logOn(agentId);
    site.request(agentId, {
      method: 'startMonitor',
      arguments: { agentLogonId: 'agent1', continuous: false },
    });
    site.answered(site.lastLeg());
  }
  expect(setMode(3)).toEqual(refused('missingPrivilege'));
  site.request(1, { method: 'holdActiveCall', arguments: {} });
  expect(setMode(2)).toEqual(refused('notConnected'));
});

test('MON-18 a continuous monitoring goes on with the next call of the agent, and not with the one barged into', () => {
  const site = busySite({ group: () => ({ clericalSeconds: 0 }) });
  const talk = site.talk(1);
  site.logOn(2);
  site.request(2, { method: 'startMonitor', arguments: { agentLogonId: 'agent1', continuous: true } });
  site.answered(site.lastLeg());
  const { ID } = site.calls(2).at(-1) ?? { ID: 0 };
  expect(site.request(2, { method: 'setMonitorMode', arguments: { mode: 'barge' } })).toEqual(accepted);
  expect(site.call(2, ID).State).toBe(SessionState.Conference);
  site.request(2, { method: 'hangupCall', arguments: { callId: ID } });
  expect(site.call(1, talk.id).State).toBe(SessionState.Connected);
  expect(site.calls(2).at(-1)).toMatchObject({ ID, State: SessionState.Idle });
  site.cleared(talk.caller);
  const next = site.talk(1);
  const leg = site.lastLeg();
  site.answered(leg);
  expect(site.state.legs.get(leg)?.media).toEqual({ type: 'monitor', of: next.leg, whisper: false });
  expect(site.request(2, { method: 'stopMonitor', arguments: {} })).toEqual(accepted);
  expect(invariantFaults(site.state)).toEqual([]);
});
