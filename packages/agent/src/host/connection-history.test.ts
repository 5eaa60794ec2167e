import { createManualClock } from '@cordboard/contract/testing';
import { expect, test } from 'vitest';
import { createConnectionHistory } from './connection-history.ts';

test('WIN-81 the history says what the connection went through and why, and since when it is attached', () => {
  const clock = createManualClock(1_000);
  const history = createConnectionHistory(clock);
  expect(history.attachedSince).toBeNull();
  history.note('loggingOn', null);
  clock.advance(10);
  history.note('attached', null);
  history.note('attached', null);
  expect(history.attachedSince).toBe(1_010);
  clock.advance(10);
  history.note('attaching', 'the connection to the server is broken');
  expect(history.attachedSince).toBeNull();
  expect(history.moments).toEqual([
    { at: 1_000, state: 'loggingOn', problem: null },
    { at: 1_010, state: 'attached', problem: null },
    { at: 1_020, state: 'attaching', problem: 'the connection to the server is broken' },
  ]);
});

test('WIN-81 a connection that breaks for days fills no memory: the last hundred changes are kept', () => {
  const history = createConnectionHistory(createManualClock());
  for (let turn = 0; turn < 500; turn++) history.note(turn % 2 === 0 ? 'attaching' : 'attached', null);
  for (let turn = 0; turn < 500; turn++) history.ping({ at: turn, roundTrip: 1, clockOffset: 0 });
  expect(history.moments).toHaveLength(100);
  expect(history.pings).toHaveLength(180);
  expect(history.pings.at(-1)?.at).toBe(499);
});
