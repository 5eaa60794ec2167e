import { expect, test } from 'vitest';
import { wordsOf } from './words.ts';

const lines: [line: string, words: string[]][] = [
  ['', []],
  ['  getCalls  ', ['getCalls']],
  ['makeCall 100 "Anna Alm" true', ['makeCall', '100', 'Anna Alm', 'true']],
  [`setPrivateData 1 'say "yes"'`, ['setPrivateData', '1', 'say "yes"']],
  ['setPrivateData 1 ""', ['setPrivateData', '1', '']],
  ['a\\ b c\\"d', ['a b', 'c"d']],
  ['"not closed', ['not closed']],
  ['ends with \\', ['ends', 'with', '\\']],
];

test.each(lines)('%j', (line, words) => {
  expect(wordsOf(line)).toEqual(words);
});
