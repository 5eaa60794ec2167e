import { expect, test } from 'vitest';
import { createNetstringReader, NetstringError, printNetstring } from './netstring.ts';

function read(...pieces: string[]): string[] {
  const texts: string[] = [];
  const take = createNetstringReader(text => void texts.push(text));
  for (const piece of pieces) take(Buffer.from(piece));
  return texts;
}

test('texts are read whole, however the stream is cut', () => {
  const stream = printNetstring('{"a":1}') + printNetstring('') + printNetstring('Åsa');
  expect(read(stream)).toEqual(['{"a":1}', '', 'Åsa']);
  const bytes = [...Buffer.from(stream)];
  const texts: string[] = [];
  const take = createNetstringReader(text => void texts.push(text));
  for (const byte of bytes) take(Buffer.from([byte]));
  expect(texts).toEqual(['{"a":1}', '', 'Åsa']);
});

test.each(['x:a,', '3:abcd', ':,', '99999999:', '-1:,'])('%s is no netstring', stream => {
  expect(() => read(stream)).toThrow(NetstringError);
});
