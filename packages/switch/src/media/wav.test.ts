import { expect, test } from 'vitest';
import { encode } from './g711.ts';
import { readWav, WAV_HEADER, wavHeader, writeWav } from './wav.ts';

const samples = Int16Array.of(0, 1000, -1000, 32767, -32768);

/** A G.711 file, with a chunk before the data that players write. */
function g711File(format: 6 | 7): Buffer {
  const file = Buffer.concat([wavHeader(1, samples.length), encode(samples, format === 6 ? 'alaw' : 'ulaw')]);
  file.writeUInt16LE(format, 20);
  file.writeUInt16LE(8, 34);
  const list = Buffer.from('LIST\x03\0\0\0abc\0', 'latin1');
  return Buffer.concat([file.subarray(0, 36), list, file.subarray(36)]);
}

function changed(at: number, value: number): Buffer {
  const file = writeWav(samples);
  file.writeUInt16LE(value, at);
  return file;
}

test('MED-09 PCM of 16 bit is read as it was written', () => {
  expect(readWav(writeWav(samples))).toEqual(samples);
});

test.each<[6 | 7]>([[6], [7]])('MED-09 G.711 in WAV, format %i, is read past other chunks', format => {
  const read = readWav(g711File(format)) ?? new Int16Array();
  expect(read).toHaveLength(samples.length);
  expect(Math.abs((read[1] ?? 0) - 1000)).toBeLessThan(40);
});

test('MED-09 a file whose data were cut short is read as far as it goes', () => {
  expect(readWav(writeWav(samples).subarray(0, WAV_HEADER + 4))).toEqual(samples.subarray(0, 2));
});

test.each([
  ['no WAV at all', Buffer.from('hello')],
  ['stereo', changed(22, 2)],
  ['44.1 kHz', changed(24, 44100)],
  ['8 bit PCM', changed(34, 8)],
  ['MP3 in WAV', changed(20, 0x55)],
  ['a header without data', writeWav(samples).subarray(0, 36)],
  ['a format chunk cut off', writeWav(samples).subarray(0, 30)],
])('MED-09 %s is not read', (_what, file) => {
  expect(readWav(file)).toBeUndefined();
});
