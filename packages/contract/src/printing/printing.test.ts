import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Check } from 'typebox/schema';
import { expect, test } from 'vitest';
import { contractDocument, printContractDocument } from './contract-document.ts';
import { printReference } from './reference.ts';

const root = path.resolve(import.meta.dirname, '../../../..');
const committed = (file: string) => readFileSync(path.join(root, file), 'utf8');

test('CON-05 contract.json is what the contract prints (npm run contract writes it)', () => {
  expect(committed('packages/contract/contract.json')).toBe(printContractDocument());
});

test('CON-06 docs/interface.md is what the contract prints (npm run contract writes it)', () => {
  expect(committed('docs/interface.md')).toBe(printReference());
});

test('every reference in contract.json leads to a definition', () => {
  const text = printContractDocument();
  const { $defs } = contractDocument();
  const targets = [...text.matchAll(/"#\/\$defs\/(\w+)"/g)].map(match => match[1] ?? '');
  expect(targets.length).toBeGreaterThan(40);
  expect(targets.filter(name => !(name in $defs))).toEqual([]);
});

test('the printed schemas work on their own: a call is checked by what stands in contract.json', () => {
  const document = JSON.parse(printContractDocument()) as ReturnType<typeof contractDocument>;
  const schema = { $defs: document.$defs, $ref: '#/$defs/IRealTimeInformation' };
  const value = { ServiceGroupID: 1, ServiceGroupName: 'Sales', CallsInQueue: 3 };
  expect(Check(schema, value)).toBe(true);
  expect(Check(schema, { ...value, CallsInQueue: 'three' })).toBe(false);
});
