import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { decode, encode, fromLinear, type Law, toLinear, toOtherLaw } from './g711.ts';

/** sample, PCMU, PCMA: computed with another implementation (CPython's audioop) */
const golden: [number, number, number][] = [
  [0, 0xff, 0xd5],
  [100, 0xf2, 0xd3],
  [-100, 0x72, 0x53],
  [1000, 0xce, 0xfa],
  [-1000, 0x4e, 0x7a],
  [8000, 0xa0, 0x8a],
  [-8000, 0x20, 0x0a],
  [32767, 0x80, 0xaa],
  [-32768, 0x00, 0x2a],
];

const sha256 = (samples: Int16Array) =>
  createHash('sha256').update(new Uint8Array(samples.buffer)).digest('hex').slice(0, 16);

test.each(golden)('MED-01 the sample %i is 0x%x in PCMU and 0x%x in PCMA', (sample, ulaw, alaw) => {
  expect(encode(Int16Array.of(sample), 'ulaw')[0]).toBe(ulaw);
  expect(encode(Int16Array.of(sample), 'alaw')[0]).toBe(alaw);
});

test('MED-01 all 256 codes of both laws decode as another implementation decodes them', () => {
  expect(sha256(toLinear.ulaw)).toBe('3dab54339e520bb2');
  expect(sha256(toLinear.alaw)).toBe('e04788d110e58ff8');
});

test.each<Law>(['ulaw', 'alaw'])('MED-01 a decoded %s code encodes to itself', law => {
  for (let code = 0; code < 256; code++) {
    const again = fromLinear[law][(toLinear[law][code] as number) & 0xffff];
    // PCMU has two zeros; the positive one is what encoding gives.
    expect(again).toBe(law === 'ulaw' && code === 0x7f ? 0xff : code);
  }
});

test.each<[Law, Law]>([
  ['ulaw', 'alaw'],
  ['alaw', 'ulaw'],
])('MED-01 from %s to %s a sample moves by no more than half a step', (law, other) => {
  for (let code = 0; code < 256; code++) {
    const before = toLinear[law][code] as number;
    const after = toLinear[other][toOtherLaw[law][code] as number] as number;
    expect(Math.abs(after - before)).toBeLessThanOrEqual(Math.max(8, Math.abs(before) / 30));
  }
});

test('decoding gives the samples of each byte', () => {
  expect([...decode(Buffer.of(0xff, 0x80, 0x00), 'ulaw')]).toEqual([0, 32124, -32124]);
});
