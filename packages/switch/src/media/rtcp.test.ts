import { expect, test } from 'vitest';
import { createTestExchange, type FakePhone } from './test-exchange.ts';

/** The packets of a compound one: type, count and body. */
function packetsOf(compound: Buffer): { type: number; count: number; body: Buffer }[] {
  const packets = [];
  for (let at = 0; at < compound.length; ) {
    const length = 4 * (compound.readUInt16BE(at + 2) + 1);
    expect((compound[at] ?? 0) >> 6).toBe(2);
    packets.push({
      count: (compound[at] ?? 0) & 0x1f,
      type: compound[at + 1] ?? 0,
      body: compound.subarray(at + 4, at + length),
    });
    at += length;
  }
  return packets;
}

/** A phone that says what is in `sequences`, one in each 20 ms. */
function sayAll(phone: FakePhone, sequences: number[], pass: (ms: number) => void): void {
  for (const sequence of sequences) {
    phone.say({ ssrc: 77, sequence, timestamp: 160 * sequence });
    pass(20);
  }
}

const upTo = (count: number, from = 0) => Array.from({ length: count }, (_, i) => from + i);

test('MED-47 a phone is told what was sent to it, with its own stamps and a name', () => {
  const { phone, pass } = createTestExchange();
  const alice = phone('a', { type: 'play', sounds: [{ type: 'silence' }] });
  pass(4000);
  expect(alice.reports).toHaveLength(1);
  const [report, description] = packetsOf(alice.reports[0] as Buffer);
  const newest = alice.heard[alice.times.indexOf(1000 + 20 + 3760) - 1];
  expect(report).toMatchObject({ type: 200, count: 0 });
  const { ssrc = 0, timestamp = 0 } = newest ?? {};
  expect(report?.body.readUInt32BE(0)).toBe(ssrc);
  const packets = report?.body.readUInt32BE(16) ?? 0;
  expect(Math.abs((report?.body.readUInt32BE(12) ?? 0) - timestamp)).toBeLessThanOrEqual(320);
  expect([packets * 160, packets > 150]).toEqual([report?.body.readUInt32BE(20), true]);
  expect(description).toMatchObject({ type: 202, count: 1 });
  expect(description?.body.readUInt32BE(0)).toBe(ssrc);
  expect(description?.body.toString('latin1', 6)).toMatch(/^cordboard-[0-9a-f]+\0+$/);
});

test('MED-47 and how well it was heard: losses since the last report and in all, jitter, the newest number', () => {
  const { phone, pass } = createTestExchange();
  const alice = phone('a', { type: 'play', sounds: [{ type: 'silence' }] });
  sayAll(alice, [...upTo(100, 65_500), ...upTo(60, 65_620), ...upTo(300, 65_680)], pass);
  const [first, second] = alice.reports.map(report => packetsOf(report)[0]?.body.subarray(24));
  expect(first?.readUInt32BE(0)).toBe(77);
  // the numbers begin at 65,500: so many were expected until then
  const expected = (first?.readUInt32BE(8) ?? 0) - 65_499;
  expect(first?.[4]).toBe(Math.floor((256 * 20) / expected));
  expect(first?.readUIntBE(5, 3)).toBe(20);
  expect(first?.readUInt16BE(8)).toBe(1);
  expect(second?.[4]).toBe(0);
  expect(second?.readUIntBE(5, 3)).toBe(20);
  expect(second?.readUInt32BE(12)).toBe(0);
  expect(second?.readUInt32BE(8) ?? 0).toBeGreaterThan(first?.readUInt32BE(8) ?? 0);
});

test('MED-47 a phone to which nothing was sent is told only how it was heard; one that was neither nothing', () => {
  const { phone, pass } = createTestExchange();
  const alice = phone('a', { type: 'none' }, { direction: 'recvonly' });
  const bob = phone('b', { type: 'none' }, { direction: 'inactive' });
  sayAll(alice, upTo(300), pass);
  const [report] = packetsOf(alice.reports[0] as Buffer);
  expect(report).toMatchObject({ type: 201, count: 1 });
  expect(report?.body).toHaveLength(28);
  expect(bob.reports).toEqual([]);
});
