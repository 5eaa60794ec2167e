import { FRAME } from './g711.ts';
import { type RtpPacket, sequenceAfter } from './rtp.ts';

/**
 * What one phone hears: one SSRC, one line of sequence numbers and timestamps for the whole life of the leg, whatever the source of the
 * moment is. At a change of source the timestamp goes on by the time that has passed and the marker bit is set (RFC 3551 §4.1).
 */
export interface OutStream {
  readonly ssrc: number;
  /** of the newest packet sent */
  sequence: number;
  timestamp: number;
  /** samples in that packet */
  duration: number;
  /** when it was sent, ms of the engine's clock; -1: nothing was sent yet */
  sentAt: number;
  /** sent, and the bytes of their payloads */
  packets: number;
  octets: number;
  markNext: boolean;
  /** the stream that is being forwarded, and its generation; undefined while frames are made here */
  source: object | undefined;
  sourceGeneration: number;
  sequenceOffset: number;
  timestampOffset: number;
  /** the source's sequence number when it was joined on; older packets of it are stale for a while */
  joinedAt: number;
  sinceJoin: number;
}

export const createOutStream = (random: () => number): OutStream => ({
  ssrc: Math.floor(random() * 2 ** 32),
  sequence: Math.floor(random() * 2 ** 16),
  timestamp: Math.floor(random() * 2 ** 32),
  duration: 0,
  sentAt: -1,
  packets: 0,
  octets: 0,
  markNext: true,
  source: undefined,
  sourceGeneration: 0,
  sequenceOffset: 0,
  timestampOffset: 0,
  joinedAt: 0,
  sinceJoin: 0,
});

/** The timestamp that is due at `now`: after the last packet, and on by the whole frames that have passed since. */
function dueTimestamp(stream: OutStream, now: number): number {
  if (stream.sentAt < 0) return stream.timestamp;
  const passed = Math.round((now - stream.sentAt) / 20) * FRAME;
  return (stream.timestamp + Math.max(stream.duration, passed)) >>> 0;
}

/** Steps to the next packet of our own making. */
export function stepFrame(stream: OutStream, now: number, duration: number): void {
  if (stream.source) {
    stream.source = undefined;
    stream.markNext = true;
  }
  stream.timestamp = dueTimestamp(stream, now);
  stream.sequence = (stream.sequence + 1) & 0xffff;
  stream.duration = duration;
  stream.sentAt = now;
}

/**
 * Changes the packet's numbers from its source's line to ours. False: it is older than the moment at which its source was joined on and
 * would repeat a number that was used.
 */
export function joinOn(
  stream: OutStream,
  packet: RtpPacket,
  source: object,
  generation: number,
  now: number,
  duration: number,
): boolean {
  if (stream.source !== source || stream.sourceGeneration !== generation) {
    stream.source = source;
    stream.sourceGeneration = generation;
    stream.sequenceOffset = (stream.sequence + 1 - packet.sequence) & 0xffff;
    stream.timestampOffset = (dueTimestamp(stream, now) - packet.timestamp) | 0;
    stream.joinedAt = packet.sequence;
    stream.sinceJoin = 0;
    stream.markNext = true;
  } else if (stream.sinceJoin < 1000) {
    stream.sinceJoin++;
    if (sequenceAfter(packet.sequence, stream.joinedAt) < 0) return false;
  }
  packet.sequence = (packet.sequence + stream.sequenceOffset) & 0xffff;
  packet.timestamp = (packet.timestamp + stream.timestampOffset) >>> 0;
  if (sequenceAfter(packet.sequence, stream.sequence) > 0) {
    stream.sequence = packet.sequence;
    stream.timestamp = packet.timestamp;
    stream.duration = duration;
  }
  stream.sentAt = now;
  return true;
}

/** The marker bit of the packet being sent now: once after a change of source, or where the source set it. */
export function takeMarker(stream: OutStream, marker: boolean): boolean {
  const mark = marker || stream.markNext;
  stream.markNext = false;
  return mark;
}
