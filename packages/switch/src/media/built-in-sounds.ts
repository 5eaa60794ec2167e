import { synthesizeTone } from './tones.ts';

/** Heard where the sound folder has no file of the name: warnings must be heard at every site. ITU-T E.180 has 1400 Hz for them. */
export const builtInSounds: Readonly<Record<string, () => Int16Array>> = {
  // somebody has come into the call
  'intrusion-warning': () => synthesizeTone({ hertz: 1_400, milliseconds: [400], amplitude: 4_000 }),
  // the call will soon be cut off
  'limit-warning': () =>
    synthesizeTone({ hertz: 1_400, milliseconds: [200, 200, 200, 200, 200], amplitude: 4_000 }),
};
