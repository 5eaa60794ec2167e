import { expect, test } from 'vitest';
import { createVirtualClock } from '../clock/virtual-clock.ts';
import { createWire } from './wire.ts';

const scene = () => {
  const clock = createVirtualClock(0);
  const wire = createWire(clock, () => 10);
  const seen: string[] = [];
  wire.far.onMessage(text => void seen.push(text));
  wire.far.onClose(end => void seen.push(`far: ${end.by}`));
  wire.near.onClose(end => void seen.push(`near: ${end.by}`));
  return { clock, wire, seen };
};

test('what is sent arrives in order, and the end after it', () => {
  const { clock, wire, seen } = scene();
  wire.near.send('a');
  wire.near.send('b');
  wire.near.close();
  expect(wire.near.send('too late')).toBe(false);
  clock.advance(10);
  expect(seen).toEqual(['near: us', 'a', 'b', 'far: peer']);
});

test('a message that comes before there is a reader is kept for it', () => {
  const { clock, wire } = scene();
  const read: string[] = [];
  wire.far.send('early');
  clock.advance(10);
  wire.near.onMessage(text => void read.push(text));
  expect(read).toEqual(['early']);
});

test('what is under way is what the reader has not taken yet', () => {
  const { clock, wire, seen } = scene();
  wire.near.send('12345');
  expect([wire.near.bufferedBytes, wire.far.bufferedBytes]).toEqual([5, 0]);
  clock.advance(10);
  expect([seen, wire.near.bufferedBytes]).toEqual([['12345'], 0]);
});

test('a broken wire loses what is on the way, and each side learns of it once, in its own time', () => {
  const { clock, wire, seen } = scene();
  wire.near.send('lost');
  wire.cut(5, 50);
  clock.advance(20);
  expect(seen).toEqual(['near: fault']);
  expect(wire.far.send('into nothing')).toBe(true);
  clock.advance(50);
  expect(seen).toEqual(['near: fault', 'far: fault']);
});
