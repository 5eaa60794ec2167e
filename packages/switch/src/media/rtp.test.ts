import { expect, test } from 'vitest';
import { createRtpPacket, readRtp, sequenceAfter, timestampAfter, writeRtpHeader } from './rtp.ts';

function packetOf(...bytes: number[]): Buffer {
  const packet = Buffer.alloc(12 + bytes.length);
  writeRtpHeader(packet, 0, 8, true, 65535, 0xfffffff0, 0x12345678);
  packet.set(bytes, 12);
  return packet;
}

/** The packet with its first byte (version, padding, extension, CSRC count) changed. */
function withFirst(packet: Buffer, first: number): Buffer {
  packet[0] = first;
  return packet;
}

test('a packet reads as it was written', () => {
  const into = createRtpPacket();
  expect(readRtp(packetOf(1, 2, 3), into)).toBeUndefined();
  expect(into).toEqual({
    payloadType: 8,
    marker: true,
    sequence: 65535,
    timestamp: 0xfffffff0,
    ssrc: 0x12345678,
    start: 12,
    end: 15,
  });
});

test('contributing sources, a header extension and padding are not payload', () => {
  const into = createRtpPacket();
  const packet = withFirst(packetOf(9, 9, 9, 9, 0, 0, 0, 1, 8, 8, 8, 8, 77, 0, 2), 0x80 | 0x20 | 0x10 | 1);
  expect(readRtp(packet, into)).toBeUndefined();
  expect([...packet.subarray(into.start, into.end)]).toEqual([77]);
});

test.each([
  ['nothing at all', Buffer.alloc(0), 'malformed'],
  ['half a header', packetOf().subarray(0, 7), 'malformed'],
  ['a header without payload', packetOf(), 'malformed'],
  ['more contributing sources than bytes', withFirst(packetOf(1), 0x8f), 'malformed'],
  ['an extension that points past the end', withFirst(packetOf(0, 0, 255, 255, 1), 0x90), 'malformed'],
  ['an extension cut off', withFirst(packetOf(1, 2), 0x90), 'malformed'],
  ['more padding than packet', withFirst(packetOf(1, 200), 0xa0), 'malformed'],
  ['padding of no length', withFirst(packetOf(1, 0), 0xa0), 'malformed'],
  ['version 0, as STUN has', withFirst(packetOf(1), 0x00), 'version'],
  ['version 1', withFirst(packetOf(1), 0x40), 'version'],
  ['version 3', withFirst(packetOf(1), 0xc0), 'version'],
  ['more than any phone sends', Buffer.alloc(65000, 0x80), 'huge'],
])('MED-02 %s is no packet', (_what, packet, fault) => {
  expect(readRtp(packet, createRtpPacket())).toBe(fault);
});

test('sequence numbers and timestamps wrap', () => {
  expect(sequenceAfter(2, 65534)).toBe(4);
  expect(sequenceAfter(65534, 2)).toBe(-4);
  expect(timestampAfter(160, 0xffffff60)).toBe(320);
});
