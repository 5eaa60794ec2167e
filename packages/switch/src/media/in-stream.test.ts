import { expect, test } from 'vitest';
import { arrived, createInStream } from './in-stream.ts';
import { createRtpPacket } from './rtp.ts';

function arrivals(...packets: [ssrc: number, sequence: number][]) {
  const stream = createInStream();
  const found = packets.map(([ssrc, sequence]) => arrived(stream, { ...createRtpPacket(), ssrc, sequence }));
  return { found, generation: stream.generation };
}

test('packets in order are in order, across the wrap and across losses', () => {
  expect(arrivals([1, 65_534], [1, 65_535], [1, 0], [1, 50]).found).toEqual(Array(4).fill('inOrder'));
});

test('a packet behind a later one is late', () => {
  expect(arrivals([1, 10], [1, 12], [1, 11], [1, 11]).found).toEqual(['inOrder', 'inOrder', 'late', 'late']);
});

test('MED-21 another source is believed when a second packet in sequence follows', () => {
  const { found, generation } = arrivals([1, 10], [2, 500], [2, 501], [2, 502]);
  expect(found).toEqual(['inOrder', 'probation', 'inOrder', 'inOrder']);
  expect(generation).toBe(2);
});

test('MED-21 invented sources change nothing for the real one', () => {
  const invented = Array.from({ length: 100 }, (_, i): [number, number] => [1000 + i, i * 7]);
  const { found, generation } = arrivals([1, 10], ...invented, [1, 11]);
  expect(found.at(-1)).toBe('inOrder');
  expect(found.slice(1, -1).every(one => one === 'probation')).toBe(true);
  expect(generation).toBe(1);
});

test('a jump of the same source is believed when it goes on from there', () => {
  const { found, generation } = arrivals([1, 10], [1, 30_000], [1, 30_001]);
  expect(found).toEqual(['inOrder', 'probation', 'inOrder']);
  expect(generation).toBe(2);
});
