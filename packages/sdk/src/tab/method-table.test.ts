import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { methodTable } from './method-table.ts';
import { printMethodTable } from './print-method-table.ts';

const here = (file: string) => readFileSync(path.join(import.meta.dirname, file), 'utf8');

test('TAB-10 the table of a page’s methods is what the contract prints (npm run contract writes it)', () => {
  expect(here('method-table.ts')).toBe(printMethodTable());
});

test('TAB-10 a page has the 79 methods that the document marks JS, and no other', () => {
  const census = JSON.parse(here('../../../contract/src/fixtures/interface-census.json')) as {
    methods: { name: string; js: boolean }[];
  };
  const documented = census.methods
    .filter(each => each.js)
    .map(each => each.name.slice(0, 1).toLowerCase() + each.name.slice(1));
  const ours = methodTable.map(line => line.slice(0, line.indexOf('(')));
  expect(ours.toSorted()).toEqual(documented.toSorted());
  expect(ours).toHaveLength(79);
});
