import { CallRecordingState, type ICall, SessionState } from '@cordboard/contract';
import { expect, test } from 'vitest';
import { exampleCall } from '../../../src/testing/examples.ts';
import { callActions } from './call-actions.ts';

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
const names = (call: Partial<ICall>, abilities = none, privileges: string[] = []) =>
  callActions(exampleCall({ ...no, ...call }), abilities, privileges).map(each => each.name);

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

test('WIN-26 transfer and conference follow the abilities that the site computed', () => {
  const held = { State: SessionState.Held };
  expect(names(held)).toEqual([]);
  expect(names(held, { ...none, canTransfer: true, canConference: true })).toEqual([
    'transfer',
    'conference',
  ]);
});

test('WIN-26 a button whose privilege is missing is not there', () => {
  const talking = { State: SessionState.Connected, CanHold: true };
  expect(names(talking)).toEqual(['hold', 'digits']);
  expect(names(talking, none, ['dispatchCommonHold', 'record'])).toEqual([
    'hold',
    'digits',
    'park',
    'record',
  ]);
  const recorded = { ...talking, RecordingState: CallRecordingState.Recording };
  expect(names(recorded, none, ['record'])).toEqual(['hold', 'digits', 'stopRecording']);
  expect(names({ State: SessionState.Failed }, none, ['intrude'])).toEqual(['intrude']);
});

test('WIN-26 in clerical it is extended and ended', () => {
  expect(names({ State: SessionState.Clerical })).toEqual(['extendClerical', 'cancelClerical']);
});
