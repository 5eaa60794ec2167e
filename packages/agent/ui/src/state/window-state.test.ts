import { type DeskStatus, SessionState, UpdateType } from '@cordboard/contract';
import { expect, test } from 'vitest';
import { exampleCall, exampleSnapshot, exampleUser } from '../../../src/testing/examples.ts';
import { type Action, callInFocus, initialState, reduce, type WindowState } from './window-state.ts';

const status: DeskStatus = {
  release: '0.1.0',
  pid: 1,
  startedAt: '2026-11-22T20:00:00.000Z',
  connection: 'attached',
  problem: null,
  ready: true,
  loggedOnAt: '2026-11-22T20:00:01.000Z',
  privileges: [],
  remembered: { server: '', logonId: 'anna', extension: '', softphone: false },
  softphone: false,
  logLevel: 3,
};

const after = (actions: readonly Action[], from: WindowState = initialState): WindowState =>
  actions.reduce(reduce, from);
const call = (ID: number, State: SessionState, now: number): Action => ({
  type: 'event',
  event: 'OnCallEvent',
  values: [exampleCall({ ID, State })],
  now,
});
const snapshot: Action = { type: 'snapshot', snapshot: exampleSnapshot({ calls: [] }), now: 100 };
const working = after([{ type: 'application', application: 'open' }, { type: 'status', status }, snapshot]);

test('WIN-20 an event before the first snapshot changes nothing: the snapshot has it', () => {
  expect(after([{ type: 'status', status }, call(1, SessionState.Offered, 5)]).agent).toBeNull();
});

test('WIN-20 calls follow their events and are gone with the last', () => {
  const state = after([call(1, SessionState.Offered, 1), call(1, SessionState.Connected, 2)], working);
  expect(state.agent?.calls.map(each => each.State)).toEqual([SessionState.Connected]);
  expect(after([call(1, SessionState.Idle, 3)], state)).toMatchObject({
    agent: { calls: [] },
    stateSince: {},
  });
});

test('WIN-21 a state lasts since the event that began it, whatever else the call tells meanwhile', () => {
  const state = after(
    [
      call(1, SessionState.Connected, 1_000),
      call(1, SessionState.Connected, 5_000),
      call(1, SessionState.Held, 9_000),
    ],
    working,
  );
  expect(state.stateSince[1]).toEqual({ state: SessionState.Held, at: 9_000 });
  expect(
    after([call(2, SessionState.Connected, 1), call(2, SessionState.Connected, 7)], working).stateSince[2]
      ?.at,
  ).toBe(1);
});

test('WIN-21 Not Ready lasts since its reason is the one of now', () => {
  const user = (VoiceNotReadyReasonID: number, now: number): Action => ({
    type: 'event',
    event: 'OnUserStatusUpdate',
    values: [{ ...exampleUser, ReadyStatus: false, VoiceNotReadyReasonID }],
    now,
  });
  const since = (...actions: Action[]) => after(actions, working).readySince?.at;
  expect(since(user(5, 200), user(5, 300))).toBe(200);
  expect(since(user(5, 200), user(6, 300))).toBe(300);
});

test('WIN-22 who rings is in focus before who is spoken to, unless the agent chose another', () => {
  const state = after(
    [call(1, SessionState.Clerical, 1), call(2, SessionState.Connected, 2), call(3, SessionState.Offered, 3)],
    working,
  );
  expect(callInFocus(state)?.ID).toBe(3);
  const chosen = after([{ type: 'chosen', callId: 1 }], state);
  expect(callInFocus(chosen)?.ID).toBe(1);
  expect(callInFocus(after([call(1, SessionState.Idle, 4)], chosen))?.ID).toBe(3);
  expect(callInFocus(working)).toBeNull();
});

test('WIN-23 logged off, nothing of the agent is left in the page', () => {
  const state = after(
    [
      call(1, SessionState.Clerical, 1),
      { type: 'codes', callId: 1, codes: [{ ID: 1, Code: 'S', Name: 'Sold' }] },
      { type: 'status', status: { ...status, ready: false, connection: 'off' } },
    ],
    working,
  );
  expect(state).toMatchObject({ agent: null, stateSince: {}, codes: {}, chosen: null, readySince: null });
});

test('WIN-24 what waits is added, changed and taken away', () => {
  const item = { ...exampleWaiting, ID: 4 };
  const told = (update: UpdateType): Action => ({
    type: 'event',
    event: 'OnDispatchVoiceCallEvent',
    values: [item, update],
    now: 1,
  });
  expect(after([told(UpdateType.Add)], working).agent?.dispatch.voiceCalls).toEqual([item]);
  expect(after([told(UpdateType.Add), told(UpdateType.Delete)], working).agent?.dispatch.voiceCalls).toEqual(
    [],
  );
});

const exampleWaiting = {
  ReservedAgentID: 0,
  ReservedAgentName: '',
  ServiceGroupID: 7,
  QueueStartTime: null,
  Number: '2001',
  CalledNumber: '700',
  IVR: '',
  IVRData: [],
  IVRLabels: [],
  IVRDataString: '',
  IVRLabelString: '',
};

test('WIN-25 a refusal is a message until it is dismissed; of many the last five', () => {
  const refused = (reason: string): Action => ({ type: 'refused', method: 'makeCall', reason, detail: '' });
  const state = after(['a', 'b', 'c', 'd', 'e', 'f'].map(refused), working);
  expect(state.notices.map(each => each.reason)).toEqual(['b', 'c', 'd', 'e', 'f']);
  const number = state.notices[0]?.number ?? 0;
  expect(after([{ type: 'dismissed', number }], state).notices.map(each => each.reason)).toEqual([
    'c',
    'd',
    'e',
    'f',
  ]);
});

test('an event that changes nothing that is shown makes no new agent', () => {
  const state = after([{ type: 'event', event: 'OnUserLogin', values: [], now: 5 }], working);
  expect(state.agent).toBe(working.agent);
});

test('WIN-58 what is written in a session and not saved stays, though another rings', () => {
  const written = after(
    [call(1, SessionState.Connected, 1), { type: 'drafted', callId: 1, text: 'wants a bicycle' }],
    working,
  );
  const rung = after([call(2, SessionState.Offered, 2)], written);
  expect(callInFocus(rung)?.ID).toBe(1);
  expect(rung.drafts).toEqual({ 1: 'wants a bicycle' });
  expect(after([{ type: 'drafted', callId: 1, text: null }], rung).drafts).toEqual({});
  expect(after([call(1, SessionState.Idle, 3)], rung).drafts).toEqual({});
});

test('WIN-59 who was spoken to last stands first to be called again, each number once', () => {
  const over = (ID: number, PhoneNumber: string, now: number): Action[] =>
    [SessionState.Connected, SessionState.Idle].map(State => ({
      type: 'event',
      event: 'OnCallEvent',
      values: [exampleCall({ ID, State, PhoneNumber })],
      now,
    }));
  const numbers = ['1', '2', '1', '', '3', '4', '5', '6', '7', '8', '9'];
  const state = after(
    numbers.flatMap((number, index) => over(index + 1, number, index)),
    working,
  );
  expect(state.recent.map(each => each.number)).toEqual(['9', '8', '7', '6', '5', '4', '3', '1']);
});
