import { decode } from './g711.ts';

/** WAV files (RIFF WAVE), the few kinds that a telephone system has: mono 8 kHz PCM 16 bit or G.711, and stereo PCM for recordings. */

export const WAV_HEADER = 44;

export function wavHeader(channels: 1 | 2, dataBytes: number): Buffer {
  const header = Buffer.alloc(WAV_HEADER);
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(WAV_HEADER - 8 + dataBytes, 4);
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(channels, 22);
  header.writeUInt32LE(8000, 24);
  header.writeUInt32LE(8000 * 2 * channels, 28);
  header.writeUInt16LE(2 * channels, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36, 'latin1');
  header.writeUInt32LE(dataBytes, 40);
  return header;
}

/** A whole mono file. */
export function writeWav(linear: Int16Array): Buffer {
  const file = Buffer.alloc(WAV_HEADER + 2 * linear.length);
  wavHeader(1, 2 * linear.length).copy(file);
  linear.forEach((sample, index) => {
    file.writeInt16LE(sample, WAV_HEADER + 2 * index);
  });
  return file;
}

const PCM = 1;
const ALAW = 6;
const ULAW = 7;

/** The samples of a mono 8 kHz file, or undefined when it is none or of another kind. A `data` chunk cut short is read as far as it goes. */
export function readWav(file: Buffer): Int16Array | undefined {
  if (
    file.length < 12 ||
    file.toString('latin1', 0, 4) !== 'RIFF' ||
    file.toString('latin1', 8, 12) !== 'WAVE'
  ) {
    return undefined;
  }
  let format: number | undefined;
  for (let at = 12; at + 8 <= file.length; ) {
    const id = file.toString('latin1', at, at + 4);
    const size = file.readUInt32LE(at + 4);
    const body = file.subarray(at + 8, at + 8 + size);
    if (id === 'fmt ') format = telephoneFormat(body);
    if (id === 'data') return format === undefined ? undefined : samplesOf(body, format);
    at += 8 + size + (size & 1);
  }
  return undefined;
}

function telephoneFormat(body: Buffer): number | undefined {
  if (body.length < 16) return undefined;
  const format = body.readUInt16LE(0);
  const bits = body.readUInt16LE(14);
  if (body.readUInt16LE(2) !== 1 || body.readUInt32LE(4) !== 8000) return undefined;
  if (format === PCM && bits === 16) return format;
  return (format === ALAW || format === ULAW) && bits === 8 ? format : undefined;
}

function samplesOf(body: Buffer, format: number): Int16Array {
  if (format !== PCM) return decode(body, format === ALAW ? 'alaw' : 'ulaw');
  const linear = new Int16Array(body.length >> 1);
  for (let i = 0; i < linear.length; i++) linear[i] = body.readInt16LE(2 * i);
  return linear;
}
