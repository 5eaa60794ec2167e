import { expect, test } from 'vitest';
import { createAccounts } from './accounts.ts';

const anna = { extension: '1001', ha1: 'a' };
const page = { user: '1001.page', extension: '1001', ha1: 'p' };

test('SPH-03 a page is a phone of the extension under a user of its own, which is no extension', () => {
  const accounts = createAccounts();
  expect(accounts.provide([anna], [page])).toEqual([]);
  expect([accounts.ha1('1001'), accounts.ha1('1001.page')]).toEqual(['a', 'p']);
  expect([accounts.extensionOf('1001'), accounts.extensionOf('1001.page')]).toEqual(['1001', '1001']);
  expect([accounts.isExtension('1001'), accounts.isExtension('1001.page')]).toEqual([true, false]);
  expect([accounts.ha1('nobody'), accounts.extensionOf('nobody')]).toEqual([undefined, '']);
});

test('SPH-03 a page has no extension that there is not, and takes the place of none', () => {
  const accounts = createAccounts();
  accounts.provide(
    [anna, { extension: '1002', ha1: 'b' }],
    [
      { user: 'x', extension: '1009', ha1: 'x' },
      { user: '1002', extension: '1001', ha1: 'x' },
    ],
  );
  expect(accounts.ha1('x')).toBeUndefined();
  expect([accounts.ha1('1002'), accounts.extensionOf('1002')]).toEqual(['b', '1002']);
});

test('SPH-04 whose credentials are gone or other ones is said', () => {
  const accounts = createAccounts();
  accounts.provide([anna], [page]);
  expect(accounts.provide([anna], [page])).toEqual([]);
  expect(accounts.provide([anna], [])).toEqual([{ user: '1001.page', extension: '1001' }]);
  expect(accounts.provide([{ ...anna, ha1: 'new' }], [])).toEqual([{ user: '1001', extension: '1001' }]);
});
