import { PassThrough } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { linesOf } from './lines-of.ts';

test('no line is lost that came before the first one was asked for, or while a command ran', async () => {
  const input = new PassThrough();
  const lines = linesOf(input);
  input.write('one\ntwo\n');
  for (let turns = 0; turns < 5; turns++) await turn();
  const seen: string[] = [];
  for await (const line of lines) {
    seen.push(line);
    if (line === 'two') input.end('three\nfour');
    for (let turns = 0; turns < 5; turns++) await turn();
  }
  expect(seen).toEqual(['one', 'two', 'three', 'four']);
});
