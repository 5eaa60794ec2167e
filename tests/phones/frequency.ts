import { samplesPerSecond } from './wav-file.ts';

/** Amplitude, from 0 to 1, of one frequency in the samples: the algorithm of Goertzel. */
export function amplitudeOf(hertz: number, samples: Float64Array): number {
  const coefficient = 2 * Math.cos((2 * Math.PI * hertz) / samplesPerSecond);
  let last = 0;
  let before = 0;
  for (const sample of samples) {
    const next = sample + coefficient * last - before;
    before = last;
    last = next;
  }
  const power = last * last + before * before - coefficient * last * before;
  return samples.length === 0 ? 0 : (2 * Math.sqrt(Math.max(0, power))) / samples.length;
}

/** Root mean square of the samples, from 0 to 1: how loud it is, whatever it is. */
export function loudnessOf(samples: Float64Array): number {
  const sum = samples.reduce((total, sample) => total + sample * sample, 0);
  return samples.length === 0 ? 0 : Math.sqrt(sum / samples.length);
}
