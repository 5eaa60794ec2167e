import { expect, test } from 'vitest';
import { isRingTone, lengthOf, ringToneNames, ringTones } from './ring-tones.ts';
import { samplesOf } from './tone-samples.ts';

const rate = 8_000;

test.each(ringToneNames)(
  'WIN-93 the ring tone %s is as long as its parts, never too loud, and begins and ends without a click',
  name => {
    const parts = ringTones[name];
    const samples = samplesOf(parts, rate);
    expect(samples.length / rate).toBeCloseTo(lengthOf(parts), 2);
    expect(samples.every(each => Math.abs(each) <= 1)).toBe(true);
    if (name === 'none') return expect(samples).toHaveLength(0);
    expect(samples.some(each => Math.abs(each) > 0.5)).toBe(true);
    const steps = [...samples].map((each, index) => Math.abs(each - (samples[index - 1] ?? 0)));
    // no step larger than the steepest sine of 1.2 kHz makes
    expect(Math.max(...steps)).toBeLessThan(1);
    expect(samples.at(-1)).toBe(0);
  },
);

test('a pause is silent', () => {
  expect([...samplesOf([{ hertz: [], seconds: 0.01 }], rate)].every(each => each === 0)).toBe(true);
});

test('a ring tone is one of those that there are', () =>
  expect(['soft', 'none', 'toString', 7, null].map(isRingTone)).toEqual([true, true, false, false, false]));
