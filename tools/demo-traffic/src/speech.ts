import { speak } from '@cordboard/switch';
import type { Person } from './people.ts';

/** What a person sounds like when he says a text: samples of 8 kHz. */
export type Speech = (person: Person, text: string) => Promise<Int16Array>;

const rate = 8000;

/**
 * Where nothing can speak: as many syllables of a hummed voice as the text has, at the person's pitch. Nobody understands
 * it, but it is told apart from music, and one person from another.
 */
export const hum = (person: Person, text: string): Int16Array => {
  const syllables = Math.max(2, Math.round(text.length / 4));
  const length = Math.round((rate * 60) / person.voice.speed / 1.6);
  const samples = new Int16Array(syllables * length);
  const lowest = 80 + 2 * person.voice.pitch;
  let phase = 0;
  for (let at = 0; at < samples.length; at++) {
    const within = (at % length) / length;
    const syllable = Math.floor(at / length);
    // the melody of a sentence: it moves, and falls towards the end
    const hertz = lowest * (1.15 + 0.12 * Math.sin(syllable * 1.7) - (0.2 * syllable) / syllables);
    phase += (2 * Math.PI * hertz) / rate;
    const voice = Math.sin(phase) + 0.5 * Math.sin(2 * phase) + 0.25 * Math.sin(3 * phase);
    samples[at] = Math.round(4_000 * Math.sin(Math.PI * within) ** 2 * voice);
  }
  return samples;
};

export const speech: Speech = async (person, text) => (await speak(text, person.voice)) ?? hum(person, text);
