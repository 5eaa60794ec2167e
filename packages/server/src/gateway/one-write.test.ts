import { Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { inOneWrite } from './one-write.ts';

function create() {
  const writes: string[] = [];
  const stream = new Writable({
    write(chunk, _encoding, done) {
      writes.push(String(chunk));
      done();
    },
    writev(chunks, done) {
      writes.push(chunks.map(each => String(each.chunk)).join(''));
      done();
    },
  });
  return { stream, writes, hold: inOneWrite(stream) };
}

test('what is written in one go leaves in one write, and the next go in another', async () => {
  const { stream, writes, hold } = create();
  for (const text of ['a', 'b', 'c']) {
    hold();
    stream.write(text);
  }
  expect(writes).toEqual([]);
  await Promise.resolve();
  expect(writes).toEqual(['abc']);
  hold();
  stream.write('d');
  await Promise.resolve();
  expect(writes).toEqual(['abc', 'd']);
});

test('what is written before the end still leaves, and a stream that is destroyed meanwhile harms nobody', async () => {
  const ended = create();
  ended.hold();
  ended.stream.write('last');
  ended.stream.end();
  await Promise.resolve();
  expect(ended.writes).toEqual(['last']);

  const destroyed = create();
  destroyed.hold();
  destroyed.stream.write('lost');
  destroyed.stream.destroy();
  await Promise.resolve();
  expect(destroyed.writes).toEqual([]);
});
