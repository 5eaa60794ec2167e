import { CallRecordingState, type ICall, SessionState } from '@cordboard/contract';
import type { AgentClient } from '@cordboard/sdk';
import { expect, test } from 'vitest';
import { exampleCall } from '../../../src/testing/examples.ts';
import { type Allowance, callActions } from './call-actions.ts';

const no = {
  CanAnswer: false,
  CanDeflect: false,
  CanHangup: false,
  CanHold: false,
  CanRetrieve: false,
  CanReject: false,
  RecordingState: CallRecordingState.Stopped,
};
const none = { canMakeCall: false, canConference: false, canTransfer: false };
const callOf = (changes: Partial<ICall>) => exampleCall({ ...no, ...changes });
const actionsOf = (changes: Partial<ICall>, allowance: Partial<Allowance> = {}) =>
  callActions(callOf(changes), { calls: [callOf(changes)], abilities: none, privileges: [], ...allowance });
const names = (...of: Parameters<typeof actionsOf>) => actionsOf(...of).map(each => each.name);

/** A client that notes what it is asked. */
const notingClient = () => {
  const asked: unknown[][] = [];
  const client = new Proxy({} as AgentClient, {
    get:
      (_, name) =>
      async (...values: unknown[]) => {
        asked.push([name, ...values]);
        return true;
      },
  });
  return { asked, client };
};

test.each([
  ['CanAnswer', 'answer'],
  ['CanReject', 'reject'],
  ['CanHold', 'hold'],
  ['CanRetrieve', 'retrieve'],
  ['CanDeflect', 'deflect'],
  ['CanHangup', 'hangUp'],
] as const)('WIN-26 %s of the call, and nothing else, shows the button %s', (flag, name) => {
  expect(names({ State: SessionState.Offered, [flag]: true })).toEqual([name]);
  expect(names({ State: SessionState.Offered })).toEqual([]);
});

test('WIN-26 transfer and conference follow the abilities that the site computed, at both calls of a consultation', async () => {
  const able = { ...none, canTransfer: true, canConference: true };
  const held = callOf({ ID: 1, State: SessionState.Held, CanRetrieve: true });
  const second = callOf({ ID: 2, State: SessionState.Connected });
  const calls = [held, second];
  expect(names({ ID: 1, State: SessionState.Held })).toEqual([]);
  expect(callActions(held, { calls, abilities: able, privileges: [] }).map(each => each.name)).toEqual([
    ...['retrieve', 'transfer', 'conference'],
  ]);
  const atSecond = callActions(second, { calls, abilities: able, privileges: [] });
  expect(atSecond.map(each => each.name)).toEqual(['alternate', 'transfer', 'conference', 'digits']);
  const { client, asked } = notingClient();
  for (const each of atSecond) if (each.needs === null) await each.run(client);
  expect(asked).toEqual([['retrieveCall', 1], ['transferCall', 1], ['conferenceActiveCall']]);
});

test('WIN-26 a button whose privilege is missing is not there', () => {
  const talking = { State: SessionState.Connected, CanHold: true };
  const abilities = { ...none, canMakeCall: true };
  expect(names(talking, { abilities })).toEqual(['hold', 'digits']);
  expect(names(talking, { abilities, privileges: ['dispatchCommonHold', 'record', 'makeCalls'] })).toEqual([
    ...['hold', 'consult', 'park', 'digits', 'record'],
  ]);
  const recorded = { ...talking, RecordingState: CallRecordingState.Recording };
  expect(names(recorded, { privileges: ['record'] })).toEqual(['hold', 'digits', 'stopRecording']);
});

test('WIN-26 who is busy can be intruded on, another failure not; a customer in authentication can be taken back', () => {
  const failed = { State: SessionState.Failed, StateDescription: 'Busy' };
  expect(names(failed, { privileges: ['intrude'] })).toEqual(['intrude']);
  expect(names({ ...failed, StateDescription: 'No answer' }, { privileges: ['intrude'] })).toEqual([]);
  const onHold = { State: SessionState.OnHold, StateDescription: 'Authenticating' };
  expect(names(onHold)).toEqual(['clearAuthenticating']);
  expect(names({ ...onHold, StateDescription: 'On Hold' })).toEqual([]);
});

test('WIN-26 in clerical it is ended, and extended as far as the site allows', () => {
  const clerical = (canExtend: boolean) => ({
    abilities: { ...none, clerical: [{ id: 1, until: '2026-11-22T12:00:00.000Z', canExtend }] },
  });
  expect(names({ State: SessionState.Clerical }, clerical(true))).toEqual([
    'extendClerical',
    'cancelClerical',
  ]);
  expect(names({ State: SessionState.Clerical }, clerical(false))).toEqual(['cancelClerical']);
});

test('a call is deflected to a number or to a service group', async () => {
  const { client, asked } = notingClient();
  const [deflect] = actionsOf({ ID: 4, State: SessionState.Offered, CanDeflect: true });
  if (deflect?.needs !== 'destination') throw new Error('no destination is asked for');
  await deflect.run(client, { type: 'number', number: '1002' });
  await deflect.run(client, { type: 'group', id: 7 });
  expect(asked).toEqual([
    ['deflectCall', 4, '1002'],
    ['deflectCallToServiceGroup', 4, 7],
  ]);
});
