import { expect, test } from 'vitest';
import { scriptName, withBothNames } from './both-names.ts';

test.each([
  ['CallerName', 'callerName'],
  ['ID', 'id'],
  ['IVRData', 'ivrData'],
  ['OASID', 'oasid'],
  ['OASServerName', 'oasServerName'],
  ['LoginID', 'loginID'],
  ['InDockBar', 'inDockBar'],
  ['label', 'label'],
])('TAB-11 the property %s is %s in scripts', (documented, script) =>
  expect(scriptName(documented)).toBe(script),
);

test('TAB-11 a result has both names, in depth, and prints as documented', () => {
  const call = withBothNames({ ID: 7, CallInfo: { IVRData: ['a'] }, Fields: [{ Label: 'x' }] });
  expect(call).toMatchObject({ id: 7, callInfo: { ivrData: ['a'] } });
  expect((call as unknown as { fields: { label: string }[] }).fields[0]?.label).toBe('x');
  expect(JSON.stringify(call)).toBe('{"ID":7,"CallInfo":{"IVRData":["a"]},"Fields":[{"Label":"x"}]}');
});

test('TAB-11 a value that is no object is what it is', () => {
  expect([withBothNames(true), withBothNames(null), withBothNames('ID')]).toEqual([true, null, 'ID']);
});
