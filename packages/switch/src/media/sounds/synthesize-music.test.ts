import { expect, test } from 'vitest';
import { FRAME } from '../g711.ts';
import { synthesizeChime, synthesizeMusic } from './synthesize-music.ts';

const loudest = (samples: Int16Array) =>
  samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);

test('MED-20 the music lasts 20 to 30 seconds, is never silent and never harsh', () => {
  const music = synthesizeMusic();
  expect(music.length / 8000).toBeGreaterThanOrEqual(20);
  expect(music.length / 8000).toBeLessThanOrEqual(30);
  for (let second = 0; second < music.length / 8000; second++) {
    const level = loudest(music.subarray(second * 8000, second * 8000 + 8000));
    expect(level).toBeGreaterThan(500);
    expect(level).toBeLessThanOrEqual(9000);
  }
});

test('MED-20 the music repeats without a seam, in whole frames', () => {
  const music = synthesizeMusic();
  expect(music.length % FRAME).toBe(0);
  const steps = music.map((sample, i) => Math.abs(sample - (music[i - 1] ?? sample)));
  const seam = Math.abs((music[0] as number) - (music[music.length - 1] as number));
  expect(seam).toBeLessThanOrEqual(loudest(steps));
});

test('the music is the same each time', () => {
  expect(synthesizeMusic()).toEqual(synthesizeMusic());
});

test('the chime is short and dies away', () => {
  const chime = synthesizeChime();
  expect(chime.length / 8000).toBeLessThan(3);
  expect(loudest(chime)).toBe(12_000);
  expect(loudest(chime.subarray(-80))).toBeLessThan(200);
});
