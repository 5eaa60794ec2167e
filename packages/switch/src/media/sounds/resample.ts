/** Taps to each side of the filter, in samples of the lower rate. */
const reach = 12;

/** Speech brought to 8 kHz: a windowed sinc cuts off what 8 kHz cannot carry. `rate`: 8000 Hz or more. */
export function resampleTo8000(samples: Int16Array, rate: number): Int16Array {
  const ratio = rate / 8000;
  const output = new Int16Array(Math.floor(samples.length / ratio));
  const width = reach * ratio;
  for (let i = 0; i < output.length; i++) {
    const centre = i * ratio;
    let sum = 0;
    let weights = 0;
    const last = Math.min(samples.length - 1, Math.floor(centre + width));
    for (let j = Math.max(0, Math.ceil(centre - width)); j <= last; j++) {
      const weight = windowedSinc((j - centre) / ratio);
      sum += weight * (samples[j] as number);
      weights += weight;
    }
    output[i] = Math.max(-32_768, Math.min(32_767, Math.round(sum / weights)));
  }
  return output;
}

/** The pass band ends at 0.92 of what is possible; Hann window. */
function windowedSinc(x: number): number {
  const angle = Math.PI * 0.92 * x;
  const sinc = Math.abs(angle) < 1e-9 ? 1 : Math.sin(angle) / angle;
  return sinc * (0.5 + 0.5 * Math.cos((Math.PI * x) / reach));
}
