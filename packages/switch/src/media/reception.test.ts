import { expect, test } from 'vitest';
import { arrived, createInStream } from './in-stream.ts';
import { createReception, jitterMilliseconds, lostOf, noteReception } from './reception.ts';
import { createRtpPacket } from './rtp.ts';
import { createTestExchange } from './test-exchange.ts';

/** What is noted of packets with these sequence numbers that come at these times, ms. */
function noted(packets: [sequence: number, at: number][], speech = true, ssrc = 1) {
  const stream = createInStream();
  const reception = createReception();
  for (const [sequence, now] of packets) {
    const packet = { ...createRtpPacket(), ssrc, sequence: sequence & 0xffff, timestamp: 160 * sequence };
    const arrival = arrived(stream, packet);
    if (arrival !== 'probation') noteReception(reception, stream, packet, arrival, speech, now);
  }
  return { ...reception, lost: lostOf(reception), jitter: jitterMilliseconds(reception) };
}

const numbers = Array.from({ length: 200 }, (_, i) => 65_450 + i);

test('MED-46 of packets that all come in time none is lost and there is no jitter, across the wrap', () => {
  const { lost, jitter, received } = noted(numbers.map((sequence, i) => [sequence, 20 * i]));
  expect({ lost, jitter, received }).toEqual({ lost: 0, jitter: 0, received: 200 });
});

test('MED-46 what never came is lost; what came late or twice is not', () => {
  const times = numbers.map((sequence, i): [number, number] => [sequence, 20 * i]);
  expect(noted(times.filter((_, i) => i % 10 !== 5)).lost).toBe(20);
  const swapped = times.map((packet, i) => times[i % 10 === 4 ? i + 1 : i % 10 === 5 ? i - 1 : i] ?? packet);
  expect(noted(swapped).lost).toBe(0);
  expect(noted([...times, ...times.slice(-5)]).lost).toBe(0);
});

test('MED-46 jitter is the mean deviation of distances; the packets of a digit say nothing about it', () => {
  const uneven = numbers.map((sequence, i): [number, number] => [sequence, 20 * i + (i % 2 === 0 ? 0 : 10)]);
  expect(noted(uneven).jitter).toBeCloseTo(10, 0);
  expect(noted(uneven, false).jitter).toBe(0);
});

test('MED-46 a source that begins anew is no loss', () => {
  const before = numbers.slice(0, 10).map((sequence, i): [number, number] => [sequence, 20 * i]);
  const after = numbers.slice(0, 10).map((_, i): [number, number] => [30_000 + i, 20 * (10 + i)]);
  const { lost, received } = noted([...before, ...after]);
  expect({ lost, received }).toEqual({ lost: 0, received: 19 });
});

test('MED-46 how well a leg was heard is told when it is closed, if it said anything', () => {
  const { phone, exchange, events } = createTestExchange();
  const alice = phone('a', { type: 'none' });
  phone('b', { type: 'none' });
  alice.speak(0x11, 10);
  for (const sequence of [15, 16, 17]) alice.say({ sequence, timestamp: 160 * sequence });
  exchange.close('a');
  exchange.close('b');
  expect(events).toEqual([
    { type: 'reception', leg: 'a', received: 13, lost: 5, jitter: expect.any(Number) },
  ]);
});
