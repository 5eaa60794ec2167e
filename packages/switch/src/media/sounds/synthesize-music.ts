import { addNote, toLinear } from './note.ts';

/** Four chords of six seconds, each as a low note, a held chord and a slow figure: calm, and within what a telephone carries. */
const chords = [
  { bass: 48, keys: [60, 64, 67, 71] },
  { bass: 45, keys: [57, 60, 64, 67] },
  { bass: 41, keys: [57, 60, 65, 69] },
  { bass: 43, keys: [59, 62, 65, 67] },
];
const chordSeconds = 6;
/** which note of the chord, an octave higher, at each half second */
const figure = [0, 2, 3, 1, 2, 0, 3, 2, 1, 3, 2, 1];
const stepSeconds = chordSeconds / figure.length;

/** Music on hold of our own, 24 seconds at 8 kHz that repeat without a seam; nobody's rights are touched. */
export function synthesizeMusic(): Int16Array {
  const sound = new Float32Array(chords.length * chordSeconds * 8000);
  chords.forEach((chord, index) => {
    const begin = index * chordSeconds;
    addNote(sound, { key: chord.bass + 12, at: begin, lasts: 5.5, level: 0.6 });
    for (const key of chord.keys) addNote(sound, { key, at: begin, lasts: 7, level: 0.3 });
    figure.forEach((which, step) => {
      const key = (chord.keys[which] as number) + 12;
      addNote(sound, { key, at: begin + step * stepSeconds, lasts: 2.2, level: step % 4 === 0 ? 0.5 : 0.35 });
    });
  });
  return toLinear(sound, 9000);
}

/** Three rising notes: what a greeting is where nothing can speak. */
export function synthesizeChime(): Int16Array {
  const sound = new Float32Array(2.4 * 8000);
  [67, 71, 74].forEach((key, index) => {
    addNote(sound, { key, at: 0.1 + index * 0.35, lasts: 1.5, level: 1 });
  });
  return toLinear(sound, 12_000);
}
