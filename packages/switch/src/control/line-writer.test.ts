import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createLineWriter } from './line-writer.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function create() {
  const stream = new PassThrough();
  const writes: string[] = [];
  stream.write = (chunk: unknown) => writes.push(String(chunk)) > 0;
  return { ...createLineWriter(stream), stream, writes };
}

test('what one turn of the event loop says goes out in one write', () => {
  const { write, writes } = create();
  write({ a: 1 });
  write({ b: 2 });
  expect(writes).toEqual([]);
  vi.advanceTimersByTime(0);
  expect(writes).toEqual(['{"a":1}\n{"b":2}\n']);
});

test('a line that may wait goes with the next one that may not, before it', () => {
  const { write, writeLater, writes } = create();
  writeLater({ a: 1 }, 250);
  vi.advanceTimersByTime(249);
  write({ b: 2 });
  vi.advanceTimersByTime(0);
  expect(writes).toEqual(['{"a":1}\n{"b":2}\n']);
  vi.advanceTimersByTime(1_000);
  expect(writes).toHaveLength(1);
});

test('without another line it goes when its patience is over', () => {
  const { writeLater, writes } = create();
  writeLater({ a: 1 });
  vi.advanceTimersByTime(19);
  expect(writes).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(writes).toEqual(['{"a":1}\n']);
});

test('the least patient of those that wait takes the others along', () => {
  const { writeLater, writes } = create();
  writeLater({ a: 1 }, 250);
  writeLater({ b: 2 });
  writeLater({ c: 3 }, 250);
  vi.advanceTimersByTime(20);
  expect(writes).toEqual(['{"a":1}\n{"b":2}\n{"c":3}\n']);
});

test('what waits for a stream that has ended is forgotten', () => {
  const { writeLater, stream, writes } = create();
  writeLater({ a: 1 });
  stream.destroy();
  vi.advanceTimersByTime(20);
  expect(writes).toEqual([]);
});
