import { expect, test } from 'vitest';
import { createVirtualClock } from '../clock/virtual-clock.ts';
import { createLane } from './lane.ts';

test('a slow parcel holds up those behind it, so that order is kept', () => {
  const clock = createVirtualClock(0);
  const latencies = [50, 10, 1];
  const seen: [string, number][] = [];
  const lane = createLane<string>(
    clock,
    () => latencies.shift() ?? 0,
    parcel => void seen.push([parcel, clock.now()]),
  );
  for (const parcel of ['a', 'b', 'c', 'd']) lane.send(parcel);
  clock.advance(100);
  expect(seen).toEqual([
    ['a', 50],
    ['b', 50],
    ['c', 50],
    ['d', 50],
  ]);
});

test('what is on the way when the lane is cut is lost, and nothing goes in afterwards', () => {
  const clock = createVirtualClock(0);
  const seen: string[] = [];
  const lane = createLane<string>(
    clock,
    () => 10,
    parcel => void seen.push(parcel),
  );
  lane.send('arrives');
  clock.advance(10);
  lane.send('lost');
  lane.cut();
  lane.send('too late');
  clock.advance(100);
  expect(seen).toEqual(['arrives']);
});
