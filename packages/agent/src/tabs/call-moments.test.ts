import { SessionState } from '@cordboard/contract';
import { expect, test } from 'vitest';
import { exampleCall } from '../testing/index.ts';
import { createCallMoments } from './call-moments.ts';

const { Idle, Dialing, Offered, Connected, Held, Clerical } = SessionState;
const momentsOf = (...states: SessionState[]) => {
  const moments = createCallMoments();
  return states.map(State => moments.next(exampleCall({ State })));
};

test('TAB-54 a call rings, is connected and ends once, however often it is told and held', () => {
  expect(momentsOf(Offered, Offered, Connected, Held, Connected, Clerical, Clerical, Idle)).toEqual([
    ...['ringing', null, 'connected', null, null, 'ended', null, null],
  ]);
});

test('TAB-54 a call without clerical time ends when it is gone, also one that was never answered', () => {
  expect(momentsOf(Offered, Connected, Idle)).toEqual(['ringing', 'connected', 'ended']);
  expect(momentsOf(Offered, Idle)).toEqual(['ringing', 'ended']);
});

test('TAB-54 an outgoing call does not ring at the agent; one that failed ended nothing', () => {
  expect(momentsOf(Dialing, Connected)).toEqual([null, 'connected']);
  expect(momentsOf(Dialing, Idle)).toEqual([null, null]);
});
