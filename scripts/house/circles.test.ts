import { expect, test } from 'vitest';
import { circlesOf } from './circles.ts';

/** `{ a: 'b c' }`: a imports b and c. */
const circles = (imports: Record<string, string>): string[][] =>
  circlesOf(new Map(Object.entries(imports).map(([file, targets]) => [file, targets.split(' ')])));

test('arrows that go one way are no circle, however often they meet', () => {
  expect(circles({ top: 'left right', left: 'bottom', right: 'bottom left', bottom: '' })).toEqual([]);
});

test('a circle is found wherever one begins, without the files that only lead to it or from it', () => {
  const imports = { before: 'b', a: 'b', b: 'c after', c: 'a', after: '' };
  expect(circles(imports)).toEqual([['a', 'b', 'c']]);
  const { a, ...others } = imports;
  expect(circles({ ...others, a })).toEqual([['a', 'b', 'c']]);
});

test('two circles with a file in common are one, two with an arrow between them are two', () => {
  expect(circles({ a: 'b c', b: 'a', c: 'a' })).toEqual([['a', 'b', 'c']]);
  expect(circles({ a: 'b', b: 'a c', c: 'd', d: 'c' })).toEqual([
    ['c', 'd'],
    ['a', 'b'],
  ]);
});
