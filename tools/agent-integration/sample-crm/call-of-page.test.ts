import { exampleCall } from '@cordboard/agent/testing';
import type { ICall } from '@cordboard/contract';
import { expect, test } from 'vitest';
import { actionsOf, type Calls, callOfPage, numberOf, withCall } from './call-of-page.ts';

const quiet = { CanAnswer: false, CanHold: false, CanRetrieve: false, CanHangup: false };
const call = (ID: number, changes: Partial<ICall>): ICall => exampleCall({ ID, ...quiet, ...changes });
const all = (...calls: ICall[]): Calls => calls.reduce<Calls>(withCall, new Map());

test('DEM-15 a ringing call is what the page is about, then who is spoken with, then who is held', () => {
  const ringing = call(1, { State: 3, CanAnswer: true });
  const talking = call(2, { State: 6, CanHold: true, CanHangup: true });
  const held = call(3, { State: 8, CanRetrieve: true, CanHangup: true });
  const wrapped = call(4, { State: 99 });
  expect(callOfPage(all(wrapped, held, talking, ringing))?.ID).toBe(1);
  expect(callOfPage(all(wrapped, held, talking))?.ID).toBe(2);
  expect(callOfPage(all(wrapped, held))?.ID).toBe(3);
  expect(callOfPage(all(wrapped))?.ID).toBe(4);
  expect(callOfPage(all(wrapped, call(5, { State: 99 })))?.ID).toBe(5);
  expect(callOfPage(new Map())).toBeNull();
});

test('a call that is over is forgotten', () => {
  expect(withCall(all(call(1, { State: 6 })), call(1, { State: 1 })).size).toBe(0);
});

test('its buttons are what its flags allow', () => {
  const names = (changes: Partial<ICall>) => actionsOf(call(1, changes)).map(each => each.text);
  expect(names({ CanAnswer: true })).toEqual(['Answer']);
  expect(names({ CanHold: true, CanHangup: true })).toEqual(['Hold', 'Hang up']);
  expect(names({ CanRetrieve: true })).toEqual(['Retrieve']);
  expect(names({ State: 99 })).toEqual(['Wrapped up']);
  expect(names({ State: 11 })).toEqual([]);
});

test('the call is with its number, or with the number that the service call came from', () => {
  const information = { ...call(1, {}).CallInfo, CallingNumber: '2005' };
  expect(numberOf(call(1, { PhoneNumber: '2004', CallInfo: information }))).toBe('2004');
  expect(numberOf(call(1, { PhoneNumber: '', CallInfo: information }))).toBe('2005');
});
