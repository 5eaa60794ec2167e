import { expect } from 'vitest';
import { amplitudeOf } from '../phones/frequency.ts';
import { heard } from './voices.ts';

/** The two sides of a stereo WAV, from -1 to 1: left the agent, right what he hears. */
export function sidesOf(file: Buffer): { left: Float64Array; right: Float64Array } {
  expect([file.toString('latin1', 0, 4), file.readUInt16LE(22), file.readUInt32LE(24)]).toEqual([
    'RIFF',
    2,
    8000,
  ]);
  const pairs = file.readUInt32LE(40) / 4;
  const side = (offset: number) =>
    Float64Array.from({ length: pairs }, (_, at) => file.readInt16LE(44 + 4 * at + offset) / 32_768);
  return { left: side(0), right: side(2) };
}

/**
 * Amplitudes of a tone in pieces of 200 ms. A tone is not measured over the whole: each packet that was lost or early
 * shifts its phase, and the pieces would cancel each other out.
 */
function pieces(hertz: number, samples: Float64Array): number[] {
  const length = 1600;
  return Array.from({ length: Math.floor(samples.length / length) }, (_, index) =>
    amplitudeOf(hertz, samples.subarray(index * length, (index + 1) * length)),
  );
}

export const isIn = (hertz: number, samples: Float64Array): boolean => {
  const all = pieces(hertz, samples);
  return all.length > 0 && all.filter(each => each > heard).length > all.length / 2;
};

/** Loudest that it is anywhere. */
export const most = (hertz: number, samples: Float64Array): number => Math.max(0, ...pieces(hertz, samples));
