/** ITU-T G.711: both laws and the ways between them, by table; the tables are computed once. */
export type Law = 'ulaw' | 'alaw';

/** Static payload types, RFC 3551 §6. */
export const PCMU = 0;
export const PCMA = 8;

export const lawOf = (payloadType: number): Law => (payloadType === PCMA ? 'alaw' : 'ulaw');

/** Bytes (= samples) in 20 ms. */
export const FRAME = 160;

function ulawToLinear(code: number): number {
  const inverted = ~code & 0xff;
  const magnitude = ((((inverted & 0x0f) << 3) + 0x84) << ((inverted & 0x70) >> 4)) - 0x84;
  return inverted & 0x80 ? -magnitude : magnitude;
}

function alawToLinear(code: number): number {
  const even = code ^ 0x55;
  const segment = (even & 0x70) >> 4;
  const step = ((even & 0x0f) << 4) + 8;
  const magnitude = segment === 0 ? step : (step + 0x100) << (segment - 1);
  return even & 0x80 ? magnitude : -magnitude;
}

function linearToUlaw(sample: number): number {
  const sign = sample < 0 ? 0x80 : 0;
  const biased = Math.min(Math.abs(sample), 32635) + 0x84;
  const exponent = 31 - Math.clz32(biased) - 7;
  return ~(sign | (exponent << 4) | ((biased >> (exponent + 3)) & 0x0f)) & 0xff;
}

function linearToAlaw(sample: number): number {
  const mask = sample < 0 ? 0x55 : 0xd5;
  const magnitude = sample < 0 ? -sample - 1 : sample;
  const segment = magnitude < 256 ? 0 : 31 - Math.clz32(magnitude) - 7;
  const code = segment === 0 ? magnitude >> 4 : (segment << 4) | ((magnitude >> (segment + 3)) & 0x0f);
  return code ^ mask;
}

const codes = Array.from({ length: 256 }, (_, code) => code);
const samples = Array.from({ length: 65536 }, (_, index) => (index < 32768 ? index : index - 65536));

/** By code: the linear sample, 16 bit. */
export const toLinear: Record<Law, Int16Array> = {
  ulaw: Int16Array.from(codes, ulawToLinear),
  alaw: Int16Array.from(codes, alawToLinear),
};

/** By `sample & 0xffff`: the code. */
export const fromLinear: Record<Law, Uint8Array> = {
  ulaw: Uint8Array.from(samples, linearToUlaw),
  alaw: Uint8Array.from(samples, linearToAlaw),
};

/** By code of the named law: the code of the other. */
export const toOtherLaw: Record<Law, Uint8Array> = {
  ulaw: Uint8Array.from(codes, code => linearToAlaw(ulawToLinear(code))),
  alaw: Uint8Array.from(codes, code => linearToUlaw(alawToLinear(code))),
};

/** The code of a sample of zero: what silence is made of. */
export const silenceCode: Record<Law, number> = { ulaw: 0xff, alaw: 0xd5 };

export function encode(linear: Int16Array, law: Law): Buffer {
  const table = fromLinear[law];
  const coded = Buffer.allocUnsafe(linear.length);
  for (let i = 0; i < linear.length; i++) coded[i] = table[(linear[i] as number) & 0xffff] as number;
  return coded;
}

export function decode(coded: Uint8Array, law: Law): Int16Array {
  const table = toLinear[law];
  const linear = new Int16Array(coded.length);
  for (let i = 0; i < coded.length; i++) linear[i] = table[coded[i] as number] as number;
  return linear;
}
