import { UpdateType } from '@cordboard/contract';
import { expect, test } from 'vitest';
import { exampleCall, exampleSnapshot, exampleWaitingCall } from '../../../src/testing/examples.ts';
import { sameBesideWaiting } from './beside-waiting.ts';
import { initialState, reduce, type WindowState } from './window-state.ts';

const working = reduce(initialState, {
  type: 'snapshot',
  snapshot: exampleSnapshot({ calls: [exampleCall()] }),
  now: 1,
});
const heard = (state: WindowState, event: string, ...values: unknown[]) =>
  reduce(state, { type: 'event', event, values, now: 2 });

test('WIN-67 what waits changes, and the rest of the page is not made anew', () => {
  const after = heard(working, 'OnDispatchVoiceCallEvent', exampleWaitingCall(), UpdateType.Add);
  expect(after.agent?.dispatch.voiceCalls).toHaveLength(1);
  expect(sameBesideWaiting(working, after)).toBe(true);
});

test('WIN-67 anything else is another state', () => {
  expect(sameBesideWaiting(working, heard(working, 'OnRegistrationStatus', false))).toBe(false);
  expect(sameBesideWaiting(working, heard(working, 'OnCallEvent', exampleCall({ ID: 2 })))).toBe(false);
  const refused = { type: 'refused', method: null, reason: 'itemGone', detail: '' } as const;
  expect(sameBesideWaiting(working, reduce(working, refused))).toBe(false);
  expect(sameBesideWaiting(initialState, working)).toBe(false);
});
