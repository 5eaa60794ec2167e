import path from 'node:path';
import { expect, test } from 'vitest';
import { interfaceCoverage, printCoverage } from './interface-coverage.ts';

const coverage = interfaceCoverage(path.resolve(import.meta.dirname, '../..'));
const row = (name: string) => [...coverage.methods, ...coverage.events].find(each => each.name === name);

test('the coverage has every method and event, and what nothing answers counts as not implemented', () => {
  expect(coverage.methods).toHaveLength(88);
  expect(coverage.events).toHaveLength(17);
  expect(row('initialize')).toMatchObject({ by: 'client', implemented: true });
  expect(row('getCalls')).toMatchObject({ by: 'application', implemented: true });
  expect(row('sendSMS')).toMatchObject({ by: 'workspace', implemented: false });
  expect(row('retrieveDispatchEmail')).toMatchObject({ by: 'site', implemented: false });
});

test('a method that a loop over the tables tests alone does not count as tested', () => {
  expect(row('setEmailReadyStatus')?.tested).not.toBe('client side');
  expect(row('closeApplication')?.tested).not.toBe('no');
});

test('the printed table has a line for each, and totals', () => {
  const text = printCoverage(coverage);
  expect(text).toMatch(/sendSMS +workspace +no +-/);
  expect(text).toContain('methods: 88, implemented ');
});
