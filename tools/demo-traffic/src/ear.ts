import type { Heard } from './conduct.ts';
import type { KnownSounds } from './known-sounds.ts';

/** Keeps what recording was heard last. */
export interface Ear {
  hear(payload: Buffer, payloadType: number, now: number): void;
  readonly heard: Heard | null;
}

/** A recording that comes again after so long is another time that it is played, ms. */
const again = 1500;

export const createEar = (sounds: KnownSounds): Ear => {
  let heard: Heard | null = null;
  return {
    hear(payload, payloadType, now) {
      const name = sounds.nameOf(payload, payloadType);
      if (name === undefined) return;
      const goesOn = heard?.name === name && now - heard.lastAt < again;
      heard = { name, begunAt: goesOn && heard ? heard.begunAt : now, lastAt: now };
    },
    get heard() {
      return heard;
    },
  };
};
