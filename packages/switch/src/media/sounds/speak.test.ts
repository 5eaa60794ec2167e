import { expect, test } from 'vitest';
import { amplitudeOf, sine } from '../goertzel.ts';
import { writeWav } from '../wav.ts';
import { resampleTo8000 } from './resample.ts';
import { spokenSamples } from './speak.ts';

test('MED-20 speech of 22050 Hz keeps its pitch and level at 8000 Hz', () => {
  const samples = resampleTo8000(sine(1000, 10_000, 22_050, 22_050), 22_050);
  expect(samples.length).toBe(8000);
  const middle = samples.subarray(400, 7600);
  expect(Math.abs(amplitudeOf(middle, 1000) - 10_000)).toBeLessThan(200);
});

test('MED-20 what 8000 Hz cannot carry is taken out and does not fold back', () => {
  const samples = resampleTo8000(sine(6000, 10_000, 22_050, 22_050), 22_050);
  expect(amplitudeOf(samples.subarray(400, 7600), 2000)).toBeLessThan(100);
});

test('the sizes in the header of spoken speech are not believed', () => {
  const file = writeWav(sine(500, 1000, 8000));
  file.writeUInt32LE(0x7fffffff, 40);
  expect(spokenSamples(file)?.length).toBe(8000);
});

test.each([
  ['nothing', Buffer.alloc(0)],
  ['an error message', Buffer.from('x'.repeat(100))],
  ['a header alone', writeWav(new Int16Array())],
])('%s is no speech', (_what, output) => {
  expect(spokenSamples(output)).toBeUndefined();
});
