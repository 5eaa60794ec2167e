import { expect, test } from 'vitest';
import type { Cause } from '../ports/call-manager.ts';
import type { SiteOptions } from '../testing/configuration.ts';
import { createDriver, type Driver } from '../testing/driver.ts';

const ringing = (agents: number[], options: SiteOptions = {}): Driver & { id: number } => {
  const site = createDriver({ agents: 3, ...options });
  for (const agentId of agents) {
    site.logOn(agentId);
    site.ready(agentId);
  }
  site.pass(5000);
  site.arrive(1);
  return Object.assign(site, { id: site.calls(agents[0] ?? 1).at(-1)?.ID ?? 0 });
};
const reject = (site: Driver, agentId: number, callId: number) =>
  site.request(agentId, { method: 'rejectServiceCall', arguments: { callId } });
const offers = (site: Driver) => site.commands.filter(each => each.type === 'originate').length;

test('RTE-20 a call that nobody answers in the ring time goes to another agent with its old time', () => {
  const site = ringing([1, 2]);
  site.pass(19_999);
  expect(site.call(1, site.id).State).toBe(3);
  site.pass(1);
  expect(site.states(1, site.id)).toEqual([3, 1]);
  expect(site.calls(2).at(-1)).toMatchObject({ State: 3, CallInfo: { QueueDuration: 20 } });
  expect(site.commands).toContainEqual({ type: 'clear', leg: 'l1', cause: 'normal' });
});

const failures: [text: string, cause: Cause, id: number, name: string][] = [
  ['does not answer', 'noAnswer', -1, 'No answer'],
  ['cannot be reached', 'unreachable', -2, 'Phone unreachable'],
  ['has no common codec', 'incompatible', -2, 'Phone unreachable'],
  ['is busy', 'busy', -3, 'Phone busy'],
  ['is told to reject', 'rejected', -3, 'Phone busy'],
];

test.each(failures)(
  'RTE-21 an agent whose phone %s is Not Ready with a reason of the system',
  (_, cause, id, name) => {
    const site = ringing([1]);
    site.cleared('l1', cause);
    expect(site.user(1)).toMatchObject({
      ReadyStatus: false,
      VoiceNotReadyReasonID: id,
      VoiceNotReadyReasonString: name,
    });
    expect(site.states(1, site.id)).toEqual([3, 1]);
    expect(site.state.queues.waiting.size).toBe(1);
    expect(offers(site)).toBe(1);
  },
);

test('RTE-22 a rejected call keeps its time and goes to another agent', () => {
  const site = ringing([1, 2]);
  site.pass(3000);
  expect(reject(site, 1, site.id)).toEqual({ ok: true, value: true });
  expect(site.calls(2).at(-1)).toMatchObject({ State: 3, CallInfo: { QueueDuration: 3 } });
  expect(site.user(1).ReadyStatus).toBe(true);
});

test('RTE-23 a rejected call is not offered to the same agent again for 10 seconds, though he is alone', () => {
  const site = ringing([1]);
  reject(site, 1, site.id);
  expect(offers(site)).toBe(1);
  site.pass(9999);
  expect(offers(site)).toBe(1);
  site.pass(1);
  expect(offers(site)).toBe(2);
  expect(site.calls(1).at(-1)).toMatchObject({ State: 3, CallInfo: { QueueDuration: 10 } });
});

test('RTE-23 other calls are, at once', () => {
  const site = ringing([1]);
  reject(site, 1, site.id);
  site.arrive(1, 'another');
  expect(site.calls(1).at(-1)).toMatchObject({ State: 3, PhoneNumber: 'another' });
});

test('RTE-24 an agent who becomes Ready anew may get what he rejected', () => {
  const site = ringing([1]);
  reject(site, 1, site.id);
  site.request(1, { method: 'setReadyStatus', arguments: { status: false } });
  site.ready(1);
  expect(site.calls(1).at(-1)).toMatchObject({ State: 3 });
});

test('RTE-25 two who rejected a call both rest', () => {
  const site = ringing([1, 2]);
  reject(site, 1, site.id);
  site.pass(4000);
  reject(site, 2, site.calls(2).at(-1)?.ID ?? 0);
  expect(offers(site)).toBe(2);
  site.pass(6000);
  expect(site.calls(1).at(-1)).toMatchObject({ State: 3 });
});

test('RTE-26 in a group that says so, who rejects is Not Ready', () => {
  const site = ringing([1], { group: () => ({ rejectSetsNotReady: true }) });
  reject(site, 1, site.id);
  expect(site.user(1)).toMatchObject({ ReadyStatus: false, VoiceNotReadyReasonString: 'Call rejected' });
});

test('RTE-27 only a ringing service call can be rejected', () => {
  const site = ringing([1]);
  expect(reject(site, 1, 999)).toMatchObject({ refusal: { reason: 'unknownCall' } });
  site.answered('l1');
  expect(reject(site, 1, site.id)).toMatchObject({ refusal: { reason: 'notRinging' } });
});

test("RTE-27 nor can another agent's", () => {
  const site = ringing([1, 2]);
  expect(reject(site, 2, site.id)).toMatchObject({ refusal: { reason: 'unknownCall' } });
});

test('RTE-28 a caller who hangs up while it rings ends the session without clerical state', () => {
  const site = ringing([1]);
  site.cleared('caller-1');
  expect(site.states(1, site.id)).toEqual([3, 1]);
  expect(site.commands.at(-1)).toEqual({ type: 'clear', leg: 'l1', cause: 'normal' });
  expect(site.user(1).ReadyStatus).toBe(true);
});
