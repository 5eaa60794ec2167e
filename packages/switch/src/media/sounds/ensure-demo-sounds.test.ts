import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readWav } from '../wav.ts';
import { ensureDemoSounds } from './ensure-demo-sounds.ts';
import { prompts, spokenNumbers, synthesizeCount } from './prompts.ts';
import { synthesizeChime } from './synthesize-music.ts';

const names = [
  ...['greeting-default', 'greeting-sales', 'greeting-support', 'intrusion-warning', 'music-default'],
  ...Object.keys({ ...prompts, ...spokenNumbers }),
]
  .map(name => `${name}.wav`)
  .sort();
let outer: string;
let folder: string;

beforeEach(async () => {
  outer = await mkdtemp(join(tmpdir(), 'sounds-'));
  folder = join(outer, 'made', 'here');
});
afterEach(() => rm(outer, { recursive: true }));

test('MED-20 missing demo sounds are made, each as something that can be played', async () => {
  const spoken: string[] = [];
  await ensureDemoSounds(folder, async text => {
    spoken.push(text);
    return new Int16Array(8000).fill(100);
  });
  expect((await readdir(folder)).sort()).toEqual(names);
  expect(spoken).toHaveLength(names.length - 2);
  for (const name of names) {
    expect(readWav(await readFile(join(folder, name)))?.length).toBeGreaterThanOrEqual(8000);
  }
});

test('MED-20 where nothing can speak, a greeting is a chime', async () => {
  await ensureDemoSounds(folder, async () => undefined);
  expect(readWav(await readFile(join(folder, 'greeting-sales.wav')))).toEqual(synthesizeChime());
});

test('MED-20 a sound that is there already is left as it is', async () => {
  await ensureDemoSounds(folder, async () => undefined);
  await writeFile(join(folder, 'greeting-sales.wav'), 'our own');
  await ensureDemoSounds(folder, async () => {
    throw new Error('nothing is missing');
  });
  expect(await readFile(join(folder, 'greeting-sales.wav'), 'utf8')).toBe('our own');
});

test('MED-20 where nothing can speak, a larger number is a longer row of notes', async () => {
  await ensureDemoSounds(folder, async () => undefined);
  const lengths = await Promise.all(
    ['number-1', 'number-2', 'number-9'].map(
      async name => readWav(await readFile(join(folder, `${name}.wav`)))?.length ?? 0,
    ),
  );
  expect(lengths).toEqual(['number-1', 'number-2', 'number-9'].map(name => synthesizeCount(name).length));
  expect(lengths).toEqual([...lengths].sort((left, right) => left - right));
});
