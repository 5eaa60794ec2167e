import { expect, test } from 'vitest';
import { callDetails } from '../record/call-detail.ts';
import { createDriver, type Driver } from '../testing/driver.ts';
import { invariantFaults } from '../testing/invariants.ts';
import type { CallbackOffer } from './waiting.ts';

const offer = {
  digit: '1',
  prompt: ['offer'],
  accepted: [],
  attempts: 2,
  retrySeconds: 60,
  expiryMinutes: 10,
};

const callbackSite = (change: Partial<CallbackOffer> = {}): Driver =>
  createDriver({
    agents: 3,
    group: () => ({
      clericalSeconds: 0,
      waiting: {
        announceSeconds: 0,
        announcePosition: false,
        announceWaitingTime: false,
        overflow: null,
        callback: { ...offer, ...change },
      },
    }),
  });

/** A customer has asked for a call-back and is gone; where he waits. */
function accepted(change: Partial<CallbackOffer> = {}) {
  const site = callbackSite(change);
  const caller = site.arrive(1);
  site.report({ type: 'digit', leg: caller, digit: '1' });
  return site;
}

const work = (site: Driver, agentId: number) => {
  site.logOn(agentId);
  site.ready(agentId);
};

/** The agent who is offered it answers, and the customer's phone is called; its leg. */
function dialled(site: Driver): { agent: string; customer: string } {
  const agent = site.lastLeg();
  site.answered(agent);
  return { agent, customer: site.lastLeg() };
}

const rows = (site: Driver) =>
  site.steps
    .flatMap(callDetails)
    .filter(each => each.type.startsWith('callback'))
    .map(({ type, detail, data }) => [type.slice(8), detail, data].filter(each => each !== '').join(' '));

const waiting = (site: Driver): number => site.state.queues.waiting.size;

test('IVR-42 a customer who is not reached is called again later, and the agent is free meanwhile', () => {
  const site = accepted();
  work(site, 1);
  const { customer } = dialled(site);
  const first = site.calls(1).at(-1)?.ID ?? 0;
  site.cleared(customer, 'noAnswer');
  expect(site.states(1, first)).toEqual([3, 6, 11, 1]);
  expect(waiting(site)).toBe(1);
  expect(invariantFaults(site.state)).toEqual([]);
  site.pass(59_999);
  expect(site.calls(1).at(-1)?.ID).toBe(first);
  site.pass(1);
  expect(site.calls(1).at(-1)).toMatchObject({ State: 3, Type: 4, PhoneNumber: '0441234' });
  site.answered(dialled(site).customer);
  expect(site.calls(1).at(-1)?.State).toBe(6);
  expect(site.state.timers.save()).toEqual([]);
});

test('IVR-54 each attempt and the end stand in the detail record', () => {
  const site = accepted();
  work(site, 1);
  site.cleared(dialled(site).customer, 'noAnswer');
  site.pass(60_000);
  site.answered(dialled(site).customer);
  expect(rows(site)).toEqual([
    'Accepted 0441234',
    'Dialled 0441234 1',
    'Failed noAnswer 1',
    'Dialled 0441234 2',
    'Ended reached',
  ]);
});

test('IVR-47 it rests for that time, others pass it, and then it has its old place', () => {
  const site = accepted();
  work(site, 1);
  site.cleared(dialled(site).customer, 'busy');
  const other = site.arrive(1);
  expect(site.calls(1).at(-1)).toMatchObject({ State: 3, Type: 1 });
  site.pass(20_000);
  site.arrive(1);
  site.pass(40_000);
  site.cleared(other);
  expect(site.state.queues.waiting.size).toBe(2);
  site.ready(1);
  expect(site.calls(1).at(-1)).toMatchObject({ State: 3, Type: 4 });
});

test('IVR-48 after so many attempts it is given up', () => {
  const site = accepted();
  work(site, 1);
  site.cleared(dialled(site).customer, 'busy');
  site.pass(60_000);
  site.cleared(dialled(site).customer, 'noAnswer');
  expect(rows(site).slice(-2)).toEqual(['Failed noAnswer 2', 'Ended givenUp']);
  expect(site.state.calls.size + site.state.timers.save().length).toBe(0);
});

test('IVR-48 a number that does not exist is not tried again', () => {
  const site = accepted({ attempts: 9 });
  work(site, 1);
  site.cleared(dialled(site).customer, 'unknownNumber');
  expect(rows(site).at(-1)).toBe('Ended givenUp');
  expect(site.state.calls.size).toBe(0);
});

const endings: [how: string, end: (site: Driver, agent: string) => void][] = [
  ['on his screen', site => void site.request(1, { method: 'hangupActiveCall', arguments: {} })],
  ['on his phone', (site, agent) => site.cleared(agent)],
];

test.each(endings)(
  'IVR-49 an agent who hangs up %s while it rings ends this attempt, and not the call-back',
  (_how, end) => {
    const site = accepted();
    work(site, 1);
    const { agent, customer } = dialled(site);
    end(site, agent);
    expect(site.commands).toContainEqual({ type: 'clear', leg: customer, cause: 'normal' });
    expect(rows(site).at(-1)).toBe('Failed normal 1');
    expect(waiting(site)).toBe(1);
    expect(invariantFaults(site.state)).toEqual([]);
  },
);

test('IVR-49 so does an agent who is forced out', () => {
  const site = accepted();
  work(site, 1);
  dialled(site);
  site.send({ type: 'clientLost', agentId: 1, client: 'client-1' });
  site.pass(60_000);
  expect(rows(site).at(-1)).toBe('Failed normal 1');
  expect(waiting(site)).toBe(1);
  expect(invariantFaults(site.state)).toEqual([]);
});

test('IVR-53 nobody is called back when the time for it is over', () => {
  const site = accepted();
  site.pass(599_999);
  expect(waiting(site)).toBe(1);
  site.pass(1);
  expect(rows(site)).toEqual(['Accepted 0441234', 'Ended expired']);
  expect(site.state.calls.size + site.state.timers.save().length).toBe(0);
});

test('IVR-53 one that rings at an agent then is over when he does not answer', () => {
  const site = accepted();
  site.pass(590_000);
  work(site, 1);
  site.pass(15_000);
  expect(site.calls(1).at(-1)?.State).toBe(3);
  site.pass(5_000);
  expect(rows(site).at(-1)).toBe('Ended expired');
  expect(site.state.calls.size).toBe(0);
});

test('IVR-53 one that is being dialled is not tried again', () => {
  const site = accepted();
  site.pass(560_000);
  work(site, 1);
  site.cleared(dialled(site).customer, 'noAnswer');
  expect(rows(site).slice(-2)).toEqual(['Failed noAnswer 1', 'Ended expired']);
  expect(site.state.calls.size + site.state.timers.save().length).toBe(0);
});

test('IVR-46 attempts, rest and time survive a restart of the site and of the call manager', () => {
  const site = accepted();
  const inventory = (instance: string) => ({
    instance,
    legs: [],
    registrations: [{ extension: '1001', address: '' }],
  });
  site.send({ type: 'inventory', inventory: inventory('one'), seq: 0 });
  work(site, 1);
  dialled(site);
  site.send({ type: 'inventory', inventory: inventory('two'), seq: 0 });
  expect(rows(site).at(-1)).toBe('Failed switchRestarted 1');
  const again = site.fork();
  again.pass(60_000);
  expect(again.calls(1).at(-1)).toMatchObject({ State: 3, Type: 4 });
  again.cleared(dialled(again).customer, 'noAnswer');
  expect(rows(again).at(-1)).toBe('Ended givenUp');
});

test('IVR-47 who picks it gets it before', () => {
  const site = accepted();
  work(site, 1);
  site.cleared(dialled(site).customer, 'busy');
  const [item] = [...site.state.dispatch.items.values()];
  expect(item).toMatchObject({ kind: 'voice', groupId: 1 });
});

test('IVR-49 who hands it over while it rings makes it a call as others', () => {
  const site = accepted();
  work(site, 1);
  const { customer } = dialled(site);
  site.logOn(2);
  site.request(1, { method: 'makeCall', arguments: { number: '1002' } });
  site.answered(site.lastLeg());
  site.answered(site.lastLeg());
  const [held = 0] = site.state.agents.get(1)?.sessions ?? [];
  expect(site.request(1, { method: 'transferCall', arguments: { callId: held } }).ok).toBe(true);
  expect(site.state.timers.save().map(each => each.type)).not.toContain('callbackExpiry');
  site.answered(customer);
  expect(site.calls(2).at(-1)?.State).toBe(6);
  expect(invariantFaults(site.state)).toEqual([]);
});

test('IVR-79 the time for the parting words of a call-back ends with it', () => {
  const site = accepted({ accepted: ['thanks'] });
  work(site, 1);
  const { agent, customer } = dialled(site);
  site.answered(customer);
  expect(site.state.timers.has('flow', 1)).toBe(false);
  site.cleared(agent);
  expect(site.state.timers.save()).toEqual([]);
});
