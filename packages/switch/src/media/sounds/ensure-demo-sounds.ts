import { access, mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeWav } from '../wav.ts';
import { prompts, spokenNumbers, synthesizeCount } from './prompts.ts';
import { speak } from './speak.ts';
import { synthesizeChime, synthesizeMusic } from './synthesize-music.ts';

const greetings: Record<string, string> = {
  'greeting-sales': 'Welcome to Cordboard sales. Please hold the line. The next free agent is yours.',
  'greeting-support': 'Welcome to Cordboard support. Please hold the line. The next free agent is yours.',
  'greeting-default': 'Welcome to Cordboard. Please hold the line. The next free agent is yours.',
};

async function exists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch {
    return false; // absent, or not for us: writing it then says why
  }
}

/** A file appears whole or not at all. */
async function writeWhole(path: string, samples: Int16Array): Promise<void> {
  const unfinished = `${path}.${process.pid}.part`;
  await writeFile(unfinished, writeWav(samples));
  await rename(unfinished, path);
}

/** Names of the sound files that are made, beside the music. */
export const demoSounds: readonly string[] = Object.keys({ ...greetings, ...prompts, ...spokenNumbers });

/** Speaking takes a process each; so many at once. */
const speakers = 4;

/**
 * Puts the demo's music, greetings and prompts into the sound folder, making it if needed; a file that is there already is left as it
 * is. Where nothing can speak a greeting is a chime and a number so many notes. Rejects where the folder cannot be written.
 */
export async function ensureDemoSounds(folder: string, speaker: typeof speak = speak): Promise<void> {
  await mkdir(folder, { recursive: true });
  const music = join(folder, 'music-default.wav');
  if (!(await exists(music))) await writeWhole(music, synthesizeMusic());
  const warning = join(folder, 'intrusion-warning.wav');
  if (!(await exists(warning))) await writeWhole(warning, synthesizeChime());
  const texts = Object.entries({ ...greetings, ...prompts, ...spokenNumbers });
  const speakNext = async (): Promise<void> => {
    for (let next = texts.shift(); next !== undefined; next = texts.shift()) {
      const [name, text] = next;
      const path = join(folder, `${name}.wav`);
      if (!(await exists(path))) await writeWhole(path, (await speaker(text)) ?? soundInstead(name));
    }
  };
  await Promise.all(Array.from({ length: speakers }, speakNext));
}

const soundInstead = (name: string): Int16Array =>
  Object.hasOwn(spokenNumbers, name) ? synthesizeCount(name) : synthesizeChime();
