import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { amplitudeOf, loudnessOf } from './frequency.ts';
import { newestRecording, readSamples, sampleCount, writeToneFile } from './wav-file.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tones-'));
  await writeToneFile(join(folder, 'a-dec.wav'), 440, 2);
});
afterAll(() => rm(folder, { recursive: true }));

test('a tone of a file is found at its frequency and nowhere else, in any window', () => {
  const file = join(folder, 'a-dec.wav');
  expect(sampleCount(file)).toBe(16_000);
  const samples = readSamples(file, 3_000, 7_000);
  expect(amplitudeOf(440, samples)).toBeCloseTo(8000 / 32_768, 2);
  expect(amplitudeOf(1000, samples)).toBeLessThan(0.002);
  expect(loudnessOf(samples)).toBeCloseTo(8000 / 32_768 / Math.SQRT2, 2);
});

test('the newest recording is the one with the ending asked for', async () => {
  await writeToneFile(join(folder, 'b-enc.wav'), 1000, 1);
  expect(newestRecording(folder, '-dec.wav')).toBe(join(folder, 'a-dec.wav'));
  expect(newestRecording(folder, '-none.wav')).toBeUndefined();
});

test('nothing has no amplitude', () => {
  expect([amplitudeOf(440, new Float64Array()), loudnessOf(new Float64Array())]).toEqual([0, 0]);
});
