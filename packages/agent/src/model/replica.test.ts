import { SessionState } from '@cordboard/contract';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { exampleCall, exampleSnapshot, exampleUser } from '../testing/index.ts';
import { differences } from './differences.ts';
import { applyItem, createReplica, type Replica, type ReplicaItem } from './replica.ts';

const start = () => createReplica(exampleSnapshot(), 10);
const applied = (replica: Replica, ...events: [event: string, ...values: unknown[]][]): Replica => {
  let current = replica;
  for (const [event, ...values] of events) {
    const outcome = applyItem(current, { seq: current.seq + 1, event, values });
    if (outcome.type !== 'applied') throw new Error(outcome.type);
    current = outcome.replica;
  }
  return current;
};

test('APP-50 items apply in order: one that came before changes nothing, a gap is told and changes nothing', () => {
  const item: ReplicaItem = { seq: 10, event: 'OnRegistrationStatus', values: [false] };
  expect(applyItem(start(), item)).toEqual({ type: 'repeated' });
  expect(applyItem(start(), { ...item, seq: 12 })).toEqual({ type: 'gap' });
  expect(applyItem(start(), { ...item, seq: 11 })).toMatchObject({ type: 'applied', replica: { seq: 11 } });
});

const sessions: [event: string, list: 'calls' | 'emails' | 'sms' | 'openMedia' | 'chats', over: number][] = [
  ['OnCallEvent', 'calls', SessionState.Idle],
  ['OnEmailEvent', 'emails', SessionState.Undefined],
  ['OnSMSEvent', 'sms', SessionState.Undefined],
  ['OnOpenMediaEvent', 'openMedia', SessionState.Idle],
  ['OnChatEvent', 'chats', SessionState.Idle],
];

test.each(sessions)('APP-51 %s adds, changes and ends a session of %s', (event, list, over) => {
  const one = applied(start(), [event, { ID: 1, State: 3 }], [event, { ID: 2, State: 3 }]);
  expect(one.snapshot[list].map(each => each.ID)).toEqual([1, 2]);
  const changed = applied(one, [event, { ID: 1, State: 6 }]);
  expect(changed.snapshot[list].map(each => each.State)).toEqual([6, 3]);
  expect(applied(changed, [event, { ID: 1, State: over }]).snapshot[list].map(each => each.ID)).toEqual([2]);
});

test('a call in clerical state, failed or unknown is still there', () => {
  for (const State of [SessionState.Clerical, SessionState.Failed, SessionState.Undefined])
    expect(applied(start(), ['OnCallEvent', exampleCall({ State })]).snapshot.calls).toHaveLength(1);
});

test('user, registration and abilities are replaced; what the replica does not know only counts', () => {
  const replica = applied(
    start(),
    ['OnUserStatusUpdate', { ...exampleUser, ReadyStatus: false }],
    ['OnRegistrationStatus', false],
    ['abilities', { canMakeCall: false, canConference: true, canTransfer: true }],
    ['OnDispatchEmailEvent', {}, 0],
    ['constructor'],
  );
  expect(replica.seq).toBe(15);
  expect(replica.snapshot).toEqual(
    exampleSnapshot({
      user: { ...exampleUser, ReadyStatus: false },
      registered: false,
      abilities: { canMakeCall: false, canConference: true, canTransfer: true },
    }),
  );
});

const voiceCall = (ID: number, rest: object = {}) => ({ ID, ServiceGroupID: 1, ReservedAgentID: 0, ...rest });
const figures = (ServiceGroupID: number, CallsInQueue: number) => ({
  ServiceGroupID,
  ServiceGroupName: 'Sales',
  CallsInQueue,
});

test('DSP-52 what waits to be picked is added, changed and gone, and what is not covered any more is left out', () => {
  const known = applied(
    start(),
    ['OnDispatchVoiceCallEvent', voiceCall(1), 0],
    ['OnDispatchVoiceCallEvent', voiceCall(2, { ServiceGroupID: 2 }), 0],
    ['OnDispatchVoiceCallEvent', voiceCall(3), 0],
    ['OnDispatchVoiceCallEvent', voiceCall(1, { ReservedAgentID: 7 }), 1],
    ['OnDispatchVoiceCallEvent', voiceCall(3), 2],
    ['OnDispatchCommonHoldCallEvent', { ID: 4 }, 0],
    ['OnRealTimeInformationUpdate', figures(1, 2)],
    ['OnRealTimeInformationUpdate', figures(1, 3)],
  );
  expect(known.snapshot.dispatch.voiceCalls).toMatchObject([{ ID: 1, ReservedAgentID: 7 }, { ID: 2 }]);
  expect(known.snapshot.realTime).toEqual([figures(1, 3)]);
  const less = applied(known, ['coverage', { personal: [], commonHold: [], voice: [2], realTime: [] }]);
  expect(less.snapshot.dispatch).toMatchObject({ voiceCalls: [{ ID: 2 }], commonHoldCalls: [] });
  expect(less.snapshot.realTime).toEqual([]);
});

test('DSP-52 after a gap, what is gone is deleted, what has changed updated and what is new added', () => {
  const before = applied(
    start(),
    ...[1, 2, 3].map((id): [string, ...unknown[]] => ['OnDispatchVoiceCallEvent', voiceCall(id), 0]),
  );
  const now = applied(
    start(),
    ['OnDispatchVoiceCallEvent', voiceCall(2), 0],
    ['OnDispatchVoiceCallEvent', voiceCall(3, { ReservedAgentID: 9 }), 0],
    ['OnDispatchVoiceCallEvent', voiceCall(4), 0],
    ['OnRealTimeInformationUpdate', figures(1, 5)],
  );
  const made = differences(before.snapshot, now.snapshot);
  expect(made).toEqual([
    { event: 'OnDispatchVoiceCallEvent', values: [voiceCall(1), 2] },
    { event: 'OnDispatchVoiceCallEvent', values: [voiceCall(3, { ReservedAgentID: 9 }), 1] },
    { event: 'OnDispatchVoiceCallEvent', values: [voiceCall(4), 0] },
    { event: 'OnRealTimeInformationUpdate', values: [figures(1, 5)] },
  ]);
});

const calls = fc.uniqueArray(
  fc.record({ ID: fc.integer({ min: 1, max: 8 }), State: fc.constantFrom(2, 3, 6, 8, 99) }),
  {
    selector: each => each.ID,
  },
);

test('APP-52 the events between two snapshots lead from the one to the other, whatever they are', () => {
  fc.assert(
    fc.property(calls, calls, fc.boolean(), (before, now, registered) => {
      const from = exampleSnapshot({ calls: before.map(exampleCall) });
      const to = exampleSnapshot({
        calls: now.map(exampleCall),
        registered,
        user: { ...exampleUser, ReadyStatus: registered },
      });
      const events = differences(from, to).map(({ event, values }): [string, ...unknown[]] => [
        event,
        ...values,
      ]);
      const led = applied(createReplica(from, 0), ...events).snapshot;
      const sorted = (snapshot: typeof led) => ({
        ...snapshot,
        calls: snapshot.calls.toSorted((a, b) => a.ID - b.ID),
      });
      expect(sorted(led)).toEqual(sorted(to));
      expect(differences(to, to)).toEqual([]);
    }),
  );
});
