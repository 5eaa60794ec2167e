import { readdirSync, readFileSync, statSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** WAV files as baresip has them: one channel of 8000 samples a second, 16 bits each. */

const headerLength = 44;
export const samplesPerSecond = 8000;

export async function writeToneFile(path: string, hertz: number, seconds: number): Promise<void> {
  const count = samplesPerSecond * seconds;
  const file = Buffer.alloc(headerLength + 2 * count);
  file.write('RIFF', 0, 'latin1');
  file.writeUInt32LE(file.length - 8, 4);
  file.write('WAVEfmt ', 8, 'latin1');
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(1, 22);
  file.writeUInt32LE(samplesPerSecond, 24);
  file.writeUInt32LE(2 * samplesPerSecond, 28);
  file.writeUInt16LE(2, 32);
  file.writeUInt16LE(16, 34);
  file.write('data', 36, 'latin1');
  file.writeUInt32LE(2 * count, 40);
  for (let at = 0; at < count; at++) {
    const value = Math.round(8000 * Math.sin((2 * Math.PI * hertz * at) / samplesPerSecond));
    file.writeInt16LE(value, headerLength + 2 * at);
  }
  await writeFile(path, file);
}

/** The recording that is being written: the newest in the folder whose name ends so. */
export function newestRecording(folder: string, ending: string): string | undefined {
  return readdirSync(folder)
    .filter(name => name.endsWith(ending))
    .map(name => join(folder, name))
    .sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs)[0];
}

/** How many samples the file has so far. The length in its header is written only at its end, and is not looked at. */
export function sampleCount(path: string): number {
  return Math.max(0, (statSync(path).size - headerLength) >> 1);
}

/** Samples `from` to `to` (excluded) as numbers from -1 to 1. */
export function readSamples(path: string, from: number, to: number): Float64Array {
  const file = readFileSync(path);
  const samples = new Float64Array(Math.max(0, to - from));
  for (let at = 0; at < samples.length; at++) {
    samples[at] = file.readInt16LE(headerLength + 2 * (from + at)) / 32_768;
  }
  return samples;
}
