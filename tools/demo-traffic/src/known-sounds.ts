import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { encodeSpeech, readWav } from '@cordboard/switch';

/** Bytes in 20 ms, the packet of the switch. */
const frame = 160;

/** What the site plays, by what a phone gets of it: a person knows an announcement when he hears it. */
export interface KnownSounds {
  /** the name of the sound file that this packet of speech is a part of; undefined: somebody speaks, or nobody */
  nameOf(payload: Buffer, payloadType: number): string | undefined;
}

const isUniform = (payload: Buffer): boolean => payload.every(byte => byte === payload[0]);

/** Of sounds by name, 8 kHz linear. A packet that stands in several sounds, or is mere silence, tells nothing. */
export const knownSounds = (sounds: Iterable<readonly [name: string, samples: Int16Array]>): KnownSounds => {
  const names = new Map<string, string | undefined>();
  for (const [name, samples] of sounds)
    for (const law of ['ulaw', 'alaw'] as const) {
      const coded = encodeSpeech(samples, law);
      for (let at = 0; at + frame <= coded.length; at += frame) {
        const payload = coded.subarray(at, at + frame);
        if (isUniform(payload)) continue;
        const key = payload.toString('latin1');
        names.set(key, names.has(key) && names.get(key) !== name ? undefined : name);
      }
    }
  return { nameOf: payload => names.get(payload.toString('latin1')) };
};

/** Of the sound files in a folder; those that cannot be read are left out. */
export const readKnownSounds = async (folder: string): Promise<KnownSounds> => {
  const files = (await readdir(folder)).filter(each => each.endsWith('.wav'));
  const sounds: [string, Int16Array][] = [];
  for (const file of files) {
    const samples = readWav(await readFile(path.join(folder, file)));
    if (samples) sounds.push([path.basename(file, '.wav'), samples]);
  }
  return knownSounds(sounds);
};
