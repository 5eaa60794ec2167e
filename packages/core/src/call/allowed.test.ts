import { SessionState } from '@cordboard/contract';
import { expect, test } from 'vitest';
import { consult, consulted } from '../testing/consultation.ts';
import { createDriver, type Driver } from '../testing/driver.ts';
import { allowed } from './allowed.ts';
import { type SessionPhase, stateOfPhase } from './session.ts';

const { Failed, Dialing, Offered, Calling, Connected, Held, Conference, Clearing, Clerical } = SessionState;

/**
 * Every state of a session, in all documented numbers, and what can be done in it. "answer?": where the phone can be made to
 * answer; "reject?": a service call; "retrieve?": while no other call is Dialing or Calling.
 */
const table: {
  [Type in SessionPhase['type']]: [phase: Extract<SessionPhase, { type: Type }>, may: string];
} = {
  failed: [{ type: 'failed', cause: 'busy' }, 'hangup'],
  dialing: [{ type: 'dialing' }, 'hangup'],
  calling: [{ type: 'calling' }, 'hangup'],
  offered: [{ type: 'offered' }, 'answer? deflect reject?'],
  connected: [{ type: 'connected' }, 'deflect hangup hold'],
  held: [{ type: 'held', order: 1 }, 'hangup retrieve?'],
  onHold: [{ type: 'onHold' }, 'hangup'],
  authenticating: [{ type: 'authenticating' }, ''],
  conference: [{ type: 'conference' }, 'hangup hold'],
  clearing: [{ type: 'clearing' }, ''],
  clerical: [{ type: 'clerical', since: 0, until: 1 }, ''],
  forceClearing: [{ type: 'forceClearing' }, ''],
  idle: [{ type: 'idle', cause: 'completed' }, ''],
};

/** Beside it a second call of the agent, in each of these states. */
const beside: SessionPhase[] = [
  { type: 'dialing' },
  { type: 'calling' },
  { type: 'connected' },
  { type: 'failed', cause: 'busy' },
];

test.each(Object.values(table))('CAL-147 in %o a session may exactly: %s', (phase, may) => {
  const { site, id, second } = consult('1002');
  const [session, another] = [site.state.sessions.get(id), site.state.sessions.get(second)];
  const leg = site.state.legs.get(session?.legId ?? '');
  if (!session || !another || !leg?.origin) throw new Error('the agent has two calls');
  const { service } = session;
  const { origin } = leg;
  session.phase = phase;
  for (const isService of [true, false]) {
    for (const byHand of [true, false]) {
      for (const other of beside) {
        session.service = isService ? service : null;
        leg.origin = { ...origin, answering: byHand ? 'phone' : 'autoAnswer' };
        another.phase = other;
        const conditions: Record<string, boolean> = {
          'answer?': !byHand,
          'reject?': isService,
          'retrieve?': other.type !== 'dialing' && other.type !== 'calling',
        };
        const expected = may.split(' ').filter(each => each !== '' && conditions[each] !== false);
        const flags = Object.entries(allowed(site.state, session)).flatMap(([flag, on]) =>
          on ? [flag] : [],
        );
        expect(flags.sort(), JSON.stringify({ isService, byHand, other })).toEqual(
          expected.map(each => each.replace('?', '')).sort(),
        );
      }
    }
  }
});

test('CAL-147 the table has every state that is documented', () => {
  // Undefined is never sent; the last two are of messages
  const { Undefined, EmailSmsOffered, EmailSmsHandling, ...ofCalls } = SessionState;
  expect([Undefined, EmailSmsOffered, EmailSmsHandling]).toEqual([0, 101, 102]);
  const shown = new Set<SessionState>(Object.values(table).map(([{ type }]) => stateOfPhase[type]));
  expect(shown).toEqual(new Set(Object.values(ofCalls)));
});

test('CAL-147 only what came from a service group can be rejected; a phone answered by hand cannot be answered from here', () => {
  const direct = consult('1002');
  expect(direct.site.call(2, direct.other())).toMatchObject({ CanAnswer: true, CanReject: false });
  const byHand = consult('1002', { answering: 'phone' });
  expect(byHand.site.call(2, byHand.other())).toMatchObject({ CanAnswer: false });
});

test('CAL-147 nobody is deflected who is not there yet, or waits for a queue', () => {
  const queued = consult('501');
  expect(queued.site.call(1, queued.second)).toMatchObject({ State: Connected, CanDeflect: false });
  const talking = consulted();
  expect(talking.site.call(1, talking.second)).toMatchObject({ State: Connected, CanDeflect: true });
});

test('CAL-147 a held call cannot be retrieved while another is Dialing or Calling', () => {
  const desk = consult('1002');
  expect(desk.site.call(1, desk.id)).toMatchObject({ State: Held, CanRetrieve: false });
  desk.site.report({ type: 'alerting', leg: desk.far });
  expect(desk.site.call(1, desk.id)).toMatchObject({ State: Held, CanRetrieve: false });
  desk.site.answered(desk.far);
  expect(desk.site.call(1, desk.id)).toMatchObject({ State: Held, CanRetrieve: true });
});

const abilities = (site: Driver) => {
  const told = site.published.findLast(({ agentId, item }) => agentId === 1 && item.event === 'abilities');
  return told?.item.event === 'abilities' ? told.item.values[0] : undefined;
};
const can = (canMakeCall: boolean, canConference: boolean, canTransfer: boolean) => ({
  canMakeCall,
  canConference,
  canTransfer,
});

test('CAL-148 CanMakeCall, CanConference and CanTransfer follow the consultation step by step', () => {
  const { site, far, own, id, second, transfer } = consult('1002');
  expect(site.call(1, second).State).toBe(Dialing);
  expect(abilities(site)).toEqual(can(false, false, false));
  site.report({ type: 'alerting', leg: far });
  expect(site.call(1, second).State).toBe(Calling);
  expect(abilities(site)).toEqual(can(false, false, true));
  site.answered(far);
  expect(site.call(1, second).State).toBe(Connected);
  expect(abilities(site)).toEqual(can(true, true, true));
  site.report({ type: 'held', leg: own });
  expect(abilities(site)).toEqual(can(true, false, false));
  site.report({ type: 'retrieved', leg: own });
  site.clears = false;
  transfer();
  expect([site.call(1, id).State, site.call(1, second).State]).toEqual([Clearing, Clearing]);
  expect(abilities(site)).toEqual(can(false, false, false));
  for (const leg of [...site.state.legs.values()]) if (leg.clearing !== null) site.cleared(leg.id);
  expect(site.call(1, id).State).toBe(Clerical);
  expect(abilities(site)).toMatchObject(can(true, false, false));
});

test('CAL-148 not while a call rings, a party holds, or the second one failed', () => {
  const { site, other, conference, id } = consulted();
  site.request(2, { method: 'holdActiveCall', arguments: {} });
  expect(abilities(site)).toEqual(can(true, false, false));
  site.request(2, { method: 'retrieveCall', arguments: { callId: other() } });
  conference();
  expect(site.call(1, id).State).toBe(Conference);
  expect(abilities(site)).toEqual(can(true, false, false));
  const failed = consult('1002');
  failed.site.cleared(failed.far, 'busy');
  expect(failed.site.call(1, failed.second).State).toBe(Failed);
  expect(abilities(failed.site)).toEqual(can(true, false, false));
  const offered = createDriver();
  offered.logOn(1);
  offered.ready(1);
  expect(abilities(offered)).toEqual(can(true, false, false));
  offered.arrive(1);
  expect(offered.calls(1).at(-1)?.State).toBe(Offered);
  expect(abilities(offered)).toEqual(can(false, false, false));
});

test('CAL-148 not without a registered phone, nor when logged off', () => {
  const site = createDriver();
  site.logOn(1);
  site.report({ type: 'unregistered', extension: '1001' });
  expect(abilities(site)).toEqual(can(false, false, false));
  site.report({ type: 'registered', extension: '1001', address: '' });
  expect(abilities(site)).toEqual(can(true, false, false));
  site.send({ type: 'logOff', agentId: 1 });
  expect(abilities(site)).toEqual(can(false, false, false));
});
