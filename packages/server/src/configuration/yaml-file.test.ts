import { expect, test } from 'vitest';
import { formatProblem, type ValuePath } from './problem.ts';
import { readYaml } from './yaml-file.ts';

const text = `# a comment
base: &base
  one: 1
  list: [a, b]
other:
  - *base
  - { quoted key: x, "two": 2 }
empty:
`;

function at(path: ValuePath, atKey = false): string {
  const read = readYaml('file.yaml', text);
  if (!read.ok) throw new Error('refused');
  return formatProblem(read.yaml.problem({ path, message: 'here', atKey }));
}

test.each<[ValuePath, boolean, string]>([
  [['base', 'one'], false, '3:8: base.one'],
  [['base', 'one'], true, '3:3: base.one'],
  [['base', 'list', 1], false, '4:13: base.list[1]'],
  [['other', 1, 'quoted key'], false, '7:19: other[1].quoted key'],
  [['other', 1, 'two'], true, '7:22: other[1].two'],
  // through an alias: where the value is written
  [['other', 0, 'list', 0], false, '4:10: other[0].list[0]'],
  // what is not written: where it belongs
  [['base', 'missing'], false, '3:3: base.missing'],
  [['other', 9, 'missing'], false, '6:3: other[9].missing'],
  [['empty'], false, '8:7: empty'],
])('the place of %j (key: %j) is %s', (path, atKey, expected) => {
  expect(at(path, atKey)).toBe(`file.yaml:${expected}: here`);
});

test('the place of the whole is its beginning', () => {
  expect(at([])).toBe('file.yaml:2:1: here');
});

test('every syntax error is reported, not only the first', () => {
  const read = readYaml('file.yaml', 'a: "open\nb: [1\n');
  expect(read.ok ? 0 : read.problems.length).toBeGreaterThan(0);
  const doubled = readYaml('file.yaml', 'a: 1\na: 2\nb: 1\nb: 2\n');
  expect(doubled.ok ? [] : doubled.problems.map(each => each.line)).toEqual([2, 4]);
});

test('a file without end is refused before it is parsed', () => {
  const read = readYaml('file.yaml', ' '.repeat(20_000_001));
  expect(read.ok ? [] : read.problems.map(each => each.message)).toEqual([
    'expected at most 20000000 characters',
  ]);
});
