import { expect, test } from 'vitest';
import { decode, FRAME } from './g711.ts';
import { amplitudeOf } from './goertzel.ts';
import { codeTones, etsiCadences, type ToneName } from './tones.ts';

const tones = codeTones(etsiCadences);

test.each<[ToneName, number, number]>([
  ['ringback', 1000, 4000],
  ['busy', 500, 500],
  ['congestion', 250, 250],
])('MED-12 %s is 425 Hz for %i ms, then silence for %i ms, in both laws', (name, on, off) => {
  for (const law of ['ulaw', 'alaw'] as const) {
    const samples = decode(tones[name][law], law);
    expect(samples.length % FRAME).toBe(0);
    expect(samples.length).toBeGreaterThanOrEqual(8 * (on + off));
    const heard = samples.subarray(80, 8 * on - 80);
    expect(amplitudeOf(heard, 425)).toBeGreaterThan(3500);
    expect(amplitudeOf(heard, 1000)).toBeLessThan(150);
    const quiet = samples.subarray(8 * on, 8 * (on + off));
    expect(quiet.every(sample => Math.abs(sample) <= 8)).toBe(true);
  }
});
