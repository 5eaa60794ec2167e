import { FRAME, fromLinear, type Law, toLinear } from './g711.ts';
import type { CodedSound } from './sound-library.ts';

/** A frame being summed: wider than a sample, so that no order of adding and taking away can lose anything. */
export type Sum = Int32Array;

export const createSum = (): Sum => new Int32Array(FRAME);

export function addSamples(sum: Sum, samples: Int16Array | Sum): void {
  for (let i = 0; i < FRAME; i++) sum[i] = (sum[i] as number) + (samples[i] as number);
}

export function takeAway(sum: Sum, samples: Int16Array): void {
  for (let i = 0; i < FRAME; i++) sum[i] = (sum[i] as number) - (samples[i] as number);
}

/** 20 ms of a sound from byte `at` on. */
export function addSound(sum: Sum, sound: CodedSound, at: number): void {
  const table = toLinear.ulaw;
  for (let i = 0; i < FRAME; i++) {
    sum[i] = (sum[i] as number) + (table[sound.ulaw[at + i] as number] as number);
  }
}

/** Codes the frame; what is too loud together is cut at what 16 bits hold. */
export function encodeSum(sum: Sum, law: Law, into: Buffer, at: number): void {
  const table = fromLinear[law];
  for (let i = 0; i < FRAME; i++) {
    const sample = Math.max(-32768, Math.min(32767, sum[i] as number));
    into[at + i] = table[sample & 0xffff] as number;
  }
}
