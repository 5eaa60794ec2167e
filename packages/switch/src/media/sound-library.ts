import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { decode, encode, FRAME, silenceCode } from './g711.ts';
import { readWav } from './wav.ts';

/** Sounds that are there without a file, by name. */
type BuiltIn = Readonly<Record<string, () => Int16Array>>;

/** A sound ready to be sent, in both laws, a whole number of 20 ms frames. */
export interface CodedSound {
  ulaw: Buffer;
  alaw: Buffer;
}

/** What a look into the library finds. `loading`: look again at the next tick. */
export type Found = CodedSound | 'loading' | 'missing';

/** The files of the sound folder. A file is read at its first use and kept: a changed file is heard after a restart. */
export interface SoundLibrary {
  find(name: string): Found;
}

/** About 20 minutes of PCM. */
const maximumFile = 20_000_000;
/** A name that was missing is looked for again after this many ms. */
const missingFor = 5000;
const plainName = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/;

export function codeSound(linear: Int16Array): CodedSound {
  const whole = new Int16Array(Math.ceil(linear.length / FRAME) * FRAME);
  whole.set(linear);
  return { ulaw: encode(whole, 'ulaw'), alaw: encode(whole, 'alaw') };
}

export const silence: CodedSound = {
  ulaw: Buffer.alloc(FRAME, silenceCode.ulaw),
  alaw: Buffer.alloc(FRAME, silenceCode.alaw),
};

async function readBounded(path: string): Promise<Buffer | undefined> {
  try {
    if ((await stat(path)).size > maximumFile) return undefined;
    return await readFile(path);
  } catch {
    return undefined; // absent or unreadable: the sound is missing, whatever the reason
  }
}

async function load(folder: string, name: string, builtIn: BuiltIn): Promise<CodedSound | undefined> {
  const wav = await readBounded(join(folder, `${name}.wav`));
  const linear = wav ? readWav(wav) : undefined;
  if (linear) return linear.length > 0 ? codeSound(linear) : undefined;
  const raw = await readBounded(join(folder, `${name}.ulaw`));
  if (raw && raw.length > 0) return codeSound(decode(raw, 'ulaw'));
  const synthesize = Object.hasOwn(builtIn, name) ? builtIn[name] : undefined;
  return synthesize && codeSound(synthesize());
}

export function createSoundLibrary(folder: string, now: () => number, builtIn: BuiltIn = {}): SoundLibrary {
  const known = new Map<string, CodedSound | 'loading'>();
  const missingSince = new Map<string, number>();

  function begin(name: string): void {
    known.set(name, 'loading');
    void load(folder, name, builtIn).then(sound => {
      if (sound) {
        known.set(name, sound);
        return;
      }
      known.delete(name);
      if (missingSince.size > 1000) missingSince.clear();
      missingSince.set(name, now());
    });
  }

  return {
    find(name) {
      const sound = known.get(name);
      if (sound) return sound;
      if (!plainName.test(name)) return 'missing';
      const since = missingSince.get(name);
      if (since !== undefined && now() - since < missingFor) return 'missing';
      missingSince.delete(name);
      begin(name);
      return 'loading';
    },
  };
}
