import { WAV_HEADER } from './wav.ts';

/** The two sides of a recording, as far as its header says. */
export function readStereo(file: Buffer): { left: Int16Array; right: Int16Array } {
  if (file.toString('latin1', 0, 4) !== 'RIFF' || file.readUInt16LE(22) !== 2) throw new Error('not stereo');
  const pairs = file.readUInt32LE(40) / 4;
  const side = (offset: number) =>
    Int16Array.from({ length: pairs }, (_, i) => file.readInt16LE(WAV_HEADER + 4 * i + offset));
  return { left: side(0), right: side(2) };
}
