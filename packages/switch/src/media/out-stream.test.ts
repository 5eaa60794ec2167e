import { expect, test } from 'vitest';
import { createOutStream, joinOn, stepFrame, takeMarker } from './out-stream.ts';
import { createRtpPacket } from './rtp.ts';

const stream = (start = 0.5) => createOutStream(() => start);
const source = {};

function packetAt(sequence: number, timestamp: number) {
  return { ...createRtpPacket(), sequence: sequence & 0xffff, timestamp: timestamp >>> 0 };
}

test('MED-04 frames made here follow each other by one and by 160', () => {
  const out = stream();
  stepFrame(out, 100, 160);
  const { sequence, timestamp } = out;
  stepFrame(out, 120, 160);
  expect(out.sequence).toBe(sequence + 1);
  expect(out.timestamp).toBe(timestamp + 160);
});

test('MED-04 a pause moves the timestamp by its length and the sequence by one', () => {
  const out = stream();
  stepFrame(out, 100, 160);
  const { sequence, timestamp } = out;
  stepFrame(out, 1100, 160);
  expect(out.sequence).toBe(sequence + 1);
  expect(out.timestamp).toBe(timestamp + 8000);
});

test('MED-04 a source is joined on without a gap, with the marker bit once', () => {
  const out = stream();
  stepFrame(out, 100, 160);
  takeMarker(out, false);
  const { sequence, timestamp } = out;
  const first = packetAt(40_000, 4_000_000_000);
  expect(joinOn(out, first, source, 1, 121, 160)).toBe(true);
  expect(first.sequence).toBe(sequence + 1);
  expect(first.timestamp).toBe(timestamp + 160);
  expect([takeMarker(out, false), takeMarker(out, false)]).toEqual([true, false]);
  const second = packetAt(40_001, 4_000_000_160);
  joinOn(out, second, source, 1, 140, 160);
  expect(second.sequence).toBe(sequence + 2);
  expect(second.timestamp).toBe(timestamp + 320);
});

test('MED-04 a loss and a wrong order of the source stay visible, also where its numbers wrap', () => {
  const out = stream(0.9999999);
  const sent = [65_534, 0, 65_535].map((sequence, i) => {
    const packet = packetAt(sequence, 0xffffff00 + 160 * i);
    expect(joinOn(out, packet, source, 1, 100 + 20 * i, 160)).toBe(true);
    return packet.sequence;
  });
  const first = sent[0] as number;
  expect(sent.map(sequence => (sequence - first) & 0xffff)).toEqual([0, 2, 1]);
});

test('MED-04 a packet from before the change would repeat a number: it is not sent', () => {
  const out = stream();
  stepFrame(out, 100, 160);
  joinOn(out, packetAt(500, 80_000), source, 1, 120, 160);
  expect(joinOn(out, packetAt(499, 79_840), source, 1, 121, 160)).toBe(false);
  expect(joinOn(out, packetAt(501, 80_160), source, 1, 140, 160)).toBe(true);
});

test('MED-04 when a source begins anew with other numbers, the listener is told nothing but the marker', () => {
  const out = stream();
  joinOn(out, packetAt(10, 1000), source, 1, 100, 160);
  takeMarker(out, false);
  const { sequence, timestamp } = out;
  const anew = packetAt(50_000, 77);
  joinOn(out, anew, source, 2, 120, 160);
  expect(anew.sequence).toBe((sequence + 1) & 0xffff);
  expect(anew.timestamp).toBe(timestamp + 160);
  expect(takeMarker(out, false)).toBe(true);
});
