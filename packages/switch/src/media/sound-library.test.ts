import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { eventually } from '../testing/eventually.ts';
import { builtInSounds } from './built-in-sounds.ts';
import { codeSound, createSoundLibrary, type SoundLibrary } from './sound-library.ts';
import { writeWav } from './wav.ts';

let outer: string;
let folder: string;
let time: number;
let library: SoundLibrary;

beforeEach(async () => {
  outer = await mkdtemp(join(tmpdir(), 'library-'));
  folder = join(outer, 'sounds');
  await mkdir(folder);
  time = 0;
  library = createSoundLibrary(folder, () => time);
});
afterEach(() => rm(outer, { recursive: true }));

async function found(name: string) {
  return eventually(() => {
    const sound = library.find(name);
    if (sound === 'loading') throw new Error('not yet');
    return sound;
  });
}

test('MED-09 a WAV file is found in both laws and in whole frames', async () => {
  await writeFile(join(folder, 'hello.wav'), writeWav(new Int16Array(200).fill(1000)));
  expect(await found('hello')).toEqual({
    ulaw: Buffer.concat([Buffer.alloc(200, 0xce), Buffer.alloc(120, 0xff)]),
    alaw: Buffer.concat([Buffer.alloc(200, 0xfa), Buffer.alloc(120, 0xd5)]),
  });
});

test('TRK-71 a warning is heard at a site that has no file for it, and its own file where it has one', async () => {
  const { ulaw } = codeSound(builtInSounds['limit-warning']?.() ?? new Int16Array());
  const tones = createSoundLibrary(folder, () => time, builtInSounds);
  tones.find('limit-warning');
  await eventually(() => expect(tones.find('limit-warning')).toMatchObject({ ulaw }));
  // a second of it: three beeps
  expect(ulaw).toHaveLength(8_000);
  await writeFile(join(folder, 'intrusion-warning.ulaw'), Buffer.alloc(160, 0xce));
  tones.find('intrusion-warning');
  await eventually(() =>
    expect(tones.find('intrusion-warning')).toMatchObject({ ulaw: Buffer.alloc(160, 0xce) }),
  );
  tones.find('constructor');
  await eventually(() => expect(tones.find('constructor')).toBe('missing'));
});

test('MED-09 raw PCMU is found where there is no WAV', async () => {
  await writeFile(join(folder, 'raw.ulaw'), Buffer.alloc(160, 0xce));
  expect(await found('raw')).toMatchObject({ ulaw: Buffer.alloc(160, 0xce) });
});

test('MED-09 a file is read once', async () => {
  await writeFile(join(folder, 'raw.ulaw'), Buffer.alloc(160, 0xce));
  expect(await found('raw')).toBe(await found('raw'));
});

test.each(['../secret', '/etc/passwd', '', '.hidden', 'a/b', 'a.b', 'x'.repeat(100)])(
  'MED-09 the name "%s" never leaves the folder: it is missing',
  async name => {
    await writeFile(join(folder, '..', 'secret.wav'), writeWav(new Int16Array(160)));
    expect(library.find(name)).toBe('missing');
  },
);

test('MED-09 what is broken or empty is missing', async () => {
  await writeFile(join(folder, 'broken.wav'), 'RIFFnonsense');
  await writeFile(join(folder, 'empty.wav'), writeWav(new Int16Array()));
  expect(await found('broken')).toBe('missing');
  expect(await found('empty')).toBe('missing');
});

test('a missing file is looked for again after a while, not at each tick', async () => {
  expect(await found('later')).toBe('missing');
  await writeFile(join(folder, 'later.wav'), writeWav(new Int16Array(160)));
  expect(library.find('later')).toBe('missing');
  time = 6000;
  expect(library.find('later')).toBe('loading');
  expect(await found('later')).not.toBe('missing');
});
