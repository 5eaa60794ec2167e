import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { encodeSpeech, ensureDemoSounds, readWav } from '@cordboard/switch';
import { expect, test } from 'vitest';
import { createEar } from './ear.ts';
import { knownSounds, readKnownSounds } from './known-sounds.ts';

const wave = (hertz: number, length: number) =>
  Int16Array.from({ length }, (_, at) => 8_000 * Math.sin((2 * Math.PI * hertz * at) / 8_000));
const packet = (samples: Int16Array, number: number, law: 'ulaw' | 'alaw' = 'ulaw') =>
  encodeSpeech(samples, law).subarray(number * 160, number * 160 + 160);

const menu = wave(433, 1_600);
const music = wave(577, 1_600);
const sounds = knownSounds([
  ['menu', menu],
  ['music', music],
]);

test('DEM-03 a recording is known by what comes of it, in both laws', () => {
  expect(sounds.nameOf(packet(menu, 3), 0)).toBe('menu');
  expect(sounds.nameOf(packet(music, 7, 'alaw'), 8)).toBe('music');
});

test('DEM-03 a voice, silence, and what two recordings share are no recording', () => {
  expect(sounds.nameOf(packet(wave(500, 160), 0), 0)).toBeUndefined();
  expect(sounds.nameOf(Buffer.alloc(160, 0xff), 0)).toBeUndefined();
  const same = knownSounds([
    ['one', menu],
    ['other', menu],
  ]);
  expect(same.nameOf(packet(menu, 0), 0)).toBeUndefined();
});

test('the sounds of the demo are read from their folder, and what is no sound is left out', async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'sounds-'));
  await ensureDemoSounds(folder, async () => undefined);
  await writeFile(path.join(folder, 'broken.wav'), 'RIFF');
  const known = await readKnownSounds(folder);
  const read = readWav(await readFile(path.join(folder, 'music-default.wav')));
  expect(known.nameOf(packet(read ?? new Int16Array(), 5), 0)).toBe('music-default');
  await rm(folder, { recursive: true });
});

test('the ear keeps when a recording began, and begins anew when it is played again', () => {
  const ear = createEar(sounds);
  expect(ear.heard).toBeNull();
  ear.hear(packet(menu, 0), 0, 100);
  ear.hear(packet(menu, 1), 0, 120);
  ear.hear(Buffer.alloc(160, 0xff), 0, 140);
  expect(ear.heard).toEqual({ name: 'menu', begunAt: 100, lastAt: 120 });
  ear.hear(packet(menu, 0), 0, 5_000);
  expect(ear.heard).toEqual({ name: 'menu', begunAt: 5_000, lastAt: 5_000 });
});
