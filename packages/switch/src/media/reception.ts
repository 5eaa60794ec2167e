import type { Arrival, InStream } from './in-stream.ts';
import type { RtpPacket } from './rtp.ts';

/** How well one phone's packets come, over the life of its leg (RFC 3550 §6.4.1 and A.8). */
export interface Reception {
  received: number;
  /** that the sequence numbers say were sent */
  expected: number;
  /** mean deviation of the packets' distances, in samples */
  jitter: number;
  /** the newest speech packet: how late it was by its timestamp, in samples; and the numbers of the stream */
  transit: number;
  sequence: number;
  generation: number;
}

export const createReception = (): Reception => ({
  received: 0,
  expected: 0,
  jitter: 0,
  transit: 0,
  sequence: 0,
  generation: 0,
});

/** Notes a packet that was believed. A digit's packets have the time of its beginning and say nothing about jitter. */
export function noteReception(
  reception: Reception,
  stream: InStream,
  packet: RtpPacket,
  arrival: Arrival,
  speech: boolean,
  now: number,
): void {
  reception.received++;
  if (arrival !== 'inOrder') return;
  const anew = reception.generation !== stream.generation;
  reception.expected += anew ? 1 : (stream.sequence - reception.sequence) & 0xffff;
  reception.sequence = stream.sequence;
  reception.generation = stream.generation;
  if (!speech) return;
  const transit = (Math.round(now * 8) - packet.timestamp) | 0;
  if (!anew) reception.jitter += (Math.abs((transit - reception.transit) | 0) - reception.jitter) / 16;
  reception.transit = transit;
}

/** Packets that never came; those that came twice hide as many. */
export const lostOf = (reception: Reception): number => Math.max(0, reception.expected - reception.received);

export const jitterMilliseconds = (reception: Reception): number => reception.jitter / 8;
