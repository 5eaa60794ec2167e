/** How a note sounds: like a soft mallet, with two overtones that die away sooner. */
const partials = [
  { multiple: 1, level: 1, decay: 1 },
  { multiple: 2, level: 0.28, decay: 2 },
  { multiple: 3, level: 0.12, decay: 3.5 },
];

export interface Note {
  /** MIDI number: 69 is 440 Hz */
  key: number;
  /** seconds from the beginning */
  at: number;
  /** seconds until it has died away */
  lasts: number;
  /** 0 to 1 */
  level: number;
}

const rate = 8000;
/** A note begins softly within so many seconds: no click. */
const attack = 0.012;

/** Adds a note; what passes the end is heard at the beginning, so that a loop has no seam. */
export function addNote(into: Float32Array, note: Note): void {
  const hertz = 440 * 2 ** ((note.key - 69) / 12);
  const length = Math.round(note.lasts * rate);
  const begin = Math.round(note.at * rate);
  for (let i = 0; i < length; i++) {
    const seconds = i / rate;
    // The last tenth fades to nothing.
    const shape = Math.min(1, seconds / attack, (10 * (length - i)) / length) * note.level;
    let sample = 0;
    for (const { multiple, level, decay } of partials) {
      const died = Math.exp((-4 * decay * seconds) / note.lasts);
      sample += level * died * Math.sin(2 * Math.PI * hertz * multiple * seconds);
    }
    const at = (begin + i) % into.length;
    into[at] = (into[at] as number) + shape * sample;
  }
}

/** 16-bit samples, the loudest at `peak`. */
export function toLinear(sound: Float32Array, peak: number): Int16Array {
  let loudest = 0;
  for (const sample of sound) loudest = Math.max(loudest, Math.abs(sample));
  return Int16Array.from(sound, sample => Math.round((sample / (loudest || 1)) * peak));
}
