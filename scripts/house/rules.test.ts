import path from 'node:path';
import { expect, test } from 'vitest';
import { compareRules, ruleBook } from './rules.ts';

test('every rule of docs/SPEC.md has a test, and every id in a title is a rule', () => {
  expect(ruleBook(path.resolve(import.meta.dirname, '../..'))).toEqual({
    doubled: [],
    untested: [],
    unknown: [],
  });
});

const rules = '- **AAA-01** One.\n- **AAA-02** Two.\n';

test('a rule without a test is found', () => {
  expect(compareRules(rules, ["test('AAA-01 one', () => {})"]).untested).toEqual(['AAA-02']);
});

test('a title whose id is no rule is found', () => {
  expect(
    compareRules(rules, ["test('AAA-01 x', f); it.each([1])('AAA-02 y', f); test('ZZZ-09 z', f)"]),
  ).toEqual({
    doubled: [],
    untested: [],
    unknown: ['ZZZ-09'],
  });
});

test('an id that stands twice is found', () => {
  expect(compareRules(`${rules}- **AAA-01** Again.\n`, []).doubled).toEqual(['AAA-01']);
});

test('an id that a test only mentions proves nothing', () => {
  expect(compareRules(rules, ["// AAA-01\ntest('see AAA-02', f)"]).untested).toEqual(['AAA-01', 'AAA-02']);
});
