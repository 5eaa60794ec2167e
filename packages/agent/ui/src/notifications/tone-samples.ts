import type { RingPart } from './ring-tones.ts';

/** Long enough that no click is heard where a tone begins and ends. */
const rampSeconds = 0.01;

/** A ring tone once, as samples between -1 and 1. */
export const samplesOf = (parts: readonly RingPart[], sampleRate: number): Float32Array<ArrayBuffer> => {
  const lengths = parts.map(each => Math.round(each.seconds * sampleRate));
  const samples = new Float32Array(lengths.reduce((sum, each) => sum + each, 0));
  let begin = 0;
  for (const [index, { hertz }] of parts.entries()) {
    const length = lengths[index] ?? 0;
    const ramp = rampSeconds * sampleRate;
    for (let each = 0; each < length; each++) {
      const loudness = Math.min(1, each / ramp, (length - each) / ramp);
      const sum = hertz.reduce((all, one) => all + Math.sin((2 * Math.PI * one * each) / sampleRate), 0);
      samples[begin + each] = hertz.length === 0 ? 0 : (loudness * sum) / hertz.length;
    }
    begin += length;
  }
  return samples;
};
